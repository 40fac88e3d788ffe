import type { WireConfig } from '@opensag/protocol'
import { ipv4ToNumber } from '@opensag/rules'
import { networkOf } from '../network/cidr.ts'
import { planLan } from '../network/gateway/lan-plan.ts'
import type { EchoOutcome, Prober } from './prober.ts'

export interface SimulatedNetwork {
  /** What the gateway is configured as; undefined: nothing. */
  config(): WireConfig | undefined
  /** Its port to the branch; undefined: none that could be set. */
  readonly lanPort: string | undefined
  /** Whether the machine with this address or name does not answer. */
  isSilent(host: string): boolean
}

/** The time an answer takes is below this. */
const longestMs = 40

/**
 * The probes of a gateway that carries no packets: every machine answers but those that were silenced. As on a real one nothing is
 * sent from an address that the gateway does not have.
 */
export function simulatedProber({ config, lanPort, isSilent }: SimulatedNetwork): Prober {
  function outcome(host: string, timeoutMs: number): EchoOutcome {
    const afterMs = usualMs(host)
    return isSilent(host) || afterMs > timeoutMs ? { is: 'lost' } : { is: 'answered', afterMs }
  }

  const isOwn = (address: string): boolean => ownAddresses(config(), lanPort).includes(address)

  return {
    async echo({ from, to, timeoutMs }) {
      return isOwn(from) ? outcome(to, timeoutMs) : { is: 'unsent' }
    },
    async probe({ protocol, from, to, timeoutMs }) {
      if (from !== undefined && !isOwn(from)) return { is: 'unsent' }
      return outcome(protocol === 'http' ? new URL(to).hostname : to, timeoutMs)
    },
  }
}

/** Of one machine always the same. */
function usualMs(host: string): number {
  const number = ipv4ToNumber(host) ?? [...host].reduce((sum, character) => sum + character.charCodeAt(0), 0)
  return 1 + (number % longestMs)
}

/** Those of its blocks, as a gateway on Linux has them, and those it was given. */
export function ownAddresses(config: WireConfig | undefined, lanPort = ''): readonly string[] {
  if (config === undefined) return []
  const { cidrs, remoteAccessIp, probeAddresses, box } = config
  const ofBlocks = planLan(cidrs.map(networkOf), box, lanPort).blocks.map(({ address }) => address)
  return [...ofBlocks, ...probeAddresses, ...(remoteAccessIp === undefined ? [] : [remoteAccessIp])]
}
