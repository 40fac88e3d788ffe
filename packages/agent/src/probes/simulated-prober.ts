import type { WireConfig } from '@opensag/protocol'
import { ipv4ToNumber, numberToIpv4 } from '@opensag/rules'
import { networkOf } from '../network/cidr.ts'
import type { EchoOutcome, Prober } from './prober.ts'

export interface SimulatedNetwork {
  /** What the gateway is configured as; undefined: nothing. */
  config(): WireConfig | undefined
  /** Whether the machine with this address or name does not answer. */
  isSilent(host: string): boolean
}

/** The time an answer takes is below this. */
const longestMs = 40

/**
 * The probes of a gateway that carries no packets: every machine answers but those that were silenced. As on a real one nothing is
 * sent from an address that the gateway does not have.
 */
export function simulatedProber({ config, isSilent }: SimulatedNetwork): Prober {
  function outcome(host: string, timeoutMs: number): EchoOutcome {
    const afterMs = usualMs(host)
    return isSilent(host) || afterMs > timeoutMs ? { is: 'lost' } : { is: 'answered', afterMs }
  }

  return {
    async echo({ from, to, timeoutMs }) {
      return ownAddresses(config()).includes(from) ? outcome(to, timeoutMs) : { is: 'unsent' }
    },
    async probe({ protocol, from, to, timeoutMs }) {
      if (from !== undefined && !ownAddresses(config()).includes(from)) return { is: 'unsent' }
      return outcome(protocol === 'http' ? new URL(to).hostname : to, timeoutMs)
    },
  }
}

/** Of one machine always the same. */
function usualMs(host: string): number {
  const number = ipv4ToNumber(host) ?? [...host].reduce((sum, character) => sum + character.charCodeAt(0), 0)
  return 1 + (number % longestMs)
}

/** The first of each block, as a gateway on Linux has them, and those it was given. */
function ownAddresses(config: WireConfig | undefined): readonly string[] {
  if (config === undefined) return []
  const { cidrs, remoteAccessIp, probeAddresses } = config
  const ofBlocks = cidrs.map(networkOf).map(({ first, length }) => numberToIpv4(length >= 31 ? first : first + 1))
  return [...ofBlocks, ...probeAddresses, ...(remoteAccessIp === undefined ? [] : [remoteAccessIp])]
}
