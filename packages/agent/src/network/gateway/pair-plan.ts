import type { BoxConfig, PairConfig } from '@opensag/protocol'
import { ipv4ToNumber, numberToIpv4 } from '@opensag/rules'
import type { KernelAddress } from './kernel-state.ts'
import type { Block } from './lan-plan.ts'
import type { GatewaySetup } from './setup.ts'

/** How a gateway shares the addresses of its branch with the other gateway of its pair. Addresses have their lengths. */
export interface PairPlan {
  /** Of VRRP: 1 to 255. */
  readonly router: number
  /** It has the addresses while both can carry the branch. */
  readonly isMain: boolean
  /** Its own on the wire of the branch, outside of every block. */
  readonly own: string
  /** Where this one is, the addresses of the branch are. */
  readonly mark: string
  /** In the network of `mark`, and nobody's: it is reached as long as the mark is here. */
  readonly besideMark: string
  /** Of the branch, in the order of the blocks. */
  readonly shared: readonly string[]
  /** One more, at a port, that moves with them; undefined: none is set. */
  readonly virtual: KernelAddress | undefined
}

/** Link-local, of the part that no host gives itself (RFC 3927): two networks of four for each virtual router. */
const first = ipv4ToNumber('169.254.255.0') ?? 0
const length = 30

export function planPair(
  { router, role }: PairConfig,
  blocks: readonly Block[],
  { lan, wan }: Pick<GatewaySetup, 'lan' | 'wan'>,
  ha: BoxConfig['ha'],
): PairPlan {
  const isMain = role === 'main'
  const at = (offset: number): string => numberToIpv4(first + 8 * (router % 32) + offset)
  return {
    router,
    isMain,
    own: `${at(isMain ? 1 : 2)}/${length}`,
    mark: `${at(5)}/${length}`,
    besideMark: at(6),
    virtual:
      ha?.mode === 'STATIC' && [lan, wan].includes(ha.port) ? { dev: ha.port, address: `${ha.ip}/32` } : undefined,
    shared: blocks.map((block) => `${block.address}/${block.length}`),
  }
}
