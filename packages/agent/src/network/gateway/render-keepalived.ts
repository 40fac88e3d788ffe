import { lockTable } from './kernel-lock.ts'
import type { KernelAddress } from './kernel-state.ts'
import type { PairPlan } from './pair-plan.ts'

/**
 * The configuration of keepalived, which puts the addresses of the branch on `lan` of one gateway of a pair, and takes them
 * over within four tenths of a second. It knows nothing of tunnels: what they are worth is in the file `weight`.
 *
 * @param weight the file that {@link weightOf} is written to
 */
export function renderKeepalived(
  lan: string,
  { router, isMain, mark, shared, virtual }: PairPlan,
  weight: string,
): string {
  const address = (one: string, dev = lan): string => `    ${one} dev ${dev} noprefixroute\n`
  const moving = [
    ...shared.map((one) => address(one)),
    ...(virtual === undefined ? [] : [address(virtual.address, virtual.dev)]),
  ]
  // What is advertised is the same on both also while only one of them has been told of another block: who advertises
  // other addresses is not taken for the master.
  return `# Written by opensag agent. Changes are lost.
global_defs {
  router_id opensag
  vrrp_garp_master_delay 1
  vrrp_garp_master_repeat 2
  script_user root
  enable_script_security
}
# The kernel itself is asked: it closes the lock also when the agent is dead.
vrrp_script open {
  script "nft get element inet ${lockTable} alive { \\"${lan}\\" }"
  interval 1
  weight ${lost}
}
track_file worth {
  file "${weight}"
  weight 1
}
vrrp_instance branch {
  interface ${lan}
  state BACKUP
  version 3
  virtual_router_id ${router}
  priority ${isMain ? 150 : 100}
  advert_int 0.1
  virtual_ipaddress {
${address(mark)}  }
${moving.length === 0 ? '' : `  virtual_ipaddress_excluded {\n${moving.join('')}  }\n`}  track_file {
    worth
  }
  track_script {
    open
  }
}
`
}

/** Added to the priority: less than what the two begin with differs by is left of no main gateway that is worth something. */
const lost = -80

/** Added to the priority: whoever cannot carry the branch is worth less than the other one that can. */
export function weightOf(canCarry: boolean): string {
  return canCarry ? '0\n' : `${lost}\n`
}

/** What keepalived puts on interfaces by a text of {@link renderKeepalived}. */
export function addressesIn(text: string): readonly KernelAddress[] {
  return [...text.matchAll(/^ {4}(\S+) dev (\S+) noprefixroute$/gm)].map(([, address = '', dev = '']) => ({
    dev,
    address,
  }))
}
