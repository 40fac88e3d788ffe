import type { BoxConfig, BoxReport } from '@opensag/protocol'
import type { GatewaySetup } from './setup.ts'
import type { LimitState } from './wan-limit.ts'

type Line = BoxReport['wan'][number]

/** What decides it. */
export interface Here {
  readonly setup: GatewaySetup
  readonly line: Line | undefined
  readonly limit: LimitState
  readonly hasTags: boolean
  /** Another gateway shares its branch. */
  readonly isPair: boolean
}

/** What of the settings a machine cannot do, and why: a program or a device that it does not have, or what is another's. */
export function refusedHere(
  box: BoxConfig | undefined,
  { setup, line, limit, hasTags, isPair }: Here,
): BoxReport['refused'] {
  const wan = lineProblem(box, line, limit)
  const roles = rolesProblem(setup, box)
  const ha = haProblem(setup, box, isPair)
  return [
    ...(wan === undefined ? [] : [{ section: 'wan' as const, reason: wan }]),
    ...(hasTags || !(box?.ecc ?? []).some(({ vlan }) => vlan !== 0)
      ? []
      : [{ section: 'ecc' as const, reason: 'The kernel of this machine has no VLANs (CONFIG_VLAN_8021Q).' }]),
    ...(ha === undefined ? [] : [{ section: 'ha' as const, reason: ha }]),
    ...(roles === undefined ? [] : [{ section: 'roles' as const, reason: roles }]),
    ...(box?.wifi?.isOn === true ? [{ section: 'wifi' as const, reason: 'This machine has no radio for it.' }] : []),
  ]
}

function haProblem(
  { lan, wan }: GatewaySetup,
  { ha = { mode: 'NONE' } }: BoxConfig = {},
  isPair: boolean,
): string | undefined {
  if (ha.mode === 'NONE') return undefined
  if (!isPair) return 'It shares its branch with no other gateway: that wants a point of presence.'
  if (ha.mode === 'DYNAMIC') return 'This machine shares its branch by addresses only.'
  return [lan, wan].includes(ha.port) ? undefined : `${ha.port} of this machine can have no such address.`
}

/** The interfaces of the branch and to the Internet are what a person has said they are. */
function rolesProblem({ lan, wan, spare = [] }: GatewaySetup, { roles = [] }: BoxConfig = {}): string | undefined {
  for (const { port, role } of roles) {
    if (port === lan && role !== 'LAN') return `${port} leads to the branch: the file of the gateway says so.`
    if (port === wan && role !== 'WAN') return `${port} leads to the Internet: the file of the gateway says so.`
    if (spare.includes(port) && role !== 'NONE' && role !== 'ECC')
      return `${port} of this machine can be a leased line or nothing.`
  }
  return undefined
}

function lineProblem({ wan = [] }: BoxConfig = {}, line: Line | undefined, limit: LimitState): string | undefined {
  const set = wan.find(({ port }) => port === line?.port)
  if (set === undefined) return undefined
  if (set.type === 'PPPOE') return 'This machine has no PPPoE.'
  if (set.type === 'DHCP' && line?.type === 'STATIC')
    return 'The system of this machine has set the address of the port.'
  if (set.bandwidth !== undefined && limit === 'foreign') return 'Something else on this machine limits the port.'
  return undefined
}
