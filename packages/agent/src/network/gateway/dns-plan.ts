import type { WireConfig } from '@opensag/protocol'
import type { GatewaySetup } from './setup.ts'

/** A server that names are asked of. */
export interface DnsServer {
  readonly ip: string
  /** The address that it is asked from, or the interface through which; undefined: as the machine's routes say. */
  readonly from: string | undefined
}

/** How a gateway answers the branch that asks it for names. */
export interface DnsPlan {
  /** In the order in which they are asked. */
  readonly servers: readonly DnsServer[]
  /** Domains whose names are asked of others; none of them: there is no way to them, and their names are not found. */
  readonly forwards: readonly { readonly domain: string; readonly servers: readonly DnsServer[] }[]
}

interface Around extends Pick<GatewaySetup, 'wan'> {
  /** Of the gateway in its branch; undefined: none, so nobody can ask it. */
  readonly address: string | undefined
  /** Named by the line to the Internet. */
  readonly learnt: readonly string[]
  /** Whether an address is one of the network of the branch, or of nobody. */
  readonly isInside: (ip: string) => boolean
}

/**
 * Undefined where nobody has set anything of it: the branch asks whom it asked before.
 * A server inside the network is asked as the branch would ask it: from the gateway's address there, which the routes of the branch are
 * for, so that nothing of it ever leaves in the clear.
 */
export function planDns(box: WireConfig['box'], { address, learnt, isInside, wan }: Around): DnsPlan | undefined {
  if ((box?.dns === undefined && box?.forwards === undefined) || address === undefined) return undefined
  const { dns = {}, forwards = [] } = box
  const server = (ip: string, way: Way): DnsServer => {
    if (way === 'wan') return { ip, from: wan }
    return { ip, from: way === 'tunnel' || isInside(ip) ? address : undefined }
  }
  const asked = ({ master, slave }: Servers, way?: Way): readonly DnsServer[] =>
    // A machine has no mobile line.
    way === 'modem' ? [] : [master, slave].flatMap((ip) => (ip === undefined ? [] : [server(ip, way)]))
  const all = forwards.map((one) => ({ domain: one.domain, servers: asked(one, one.way) }))
  const set = all.find(({ domain }) => domain === '*')?.servers ?? asked(dns)
  const isFree = set.length === 0 && !all.some(({ domain }) => domain === '*')
  return {
    servers: isFree ? learnt.filter((ip) => ip !== address).map((ip) => ({ ip, from: undefined })) : set,
    forwards: all.filter(({ domain }) => domain !== '*'),
  }
}

type Way = NonNullable<NonNullable<WireConfig['box']>['forwards']>[number]['way']
type Servers = NonNullable<NonNullable<WireConfig['box']>['dns']>
