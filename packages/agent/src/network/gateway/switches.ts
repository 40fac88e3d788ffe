import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { textIfThere } from '../../text-file.ts'
import type { System } from '../system.ts'
import type { GatewayPlan } from './plan.ts'
import { isPublished } from './render-dnat.ts'

/** As they were before a gateway of ours changed them, by their path under `/proc/sys`. */
const beforeSchema = z.record(z.string(), z.string())

const forwarding = 'net/ipv4/ip_forward'
const accounting = 'net/netfilter/nf_conntrack_acct'
const reverseFilter = (name: string): string => `net/ipv4/conf/${name}/rp_filter`

/**
 * The switches of the kernel (`/proc/sys`) that a gateway needs: it forwards, and what comes by one link may be answered by
 * the other, or come from behind a router of the branch that the machine's own routes do not know. Who may send what is checked at the
 * point of presence. Where the branch is reached from the Internet, the filter there has to look for the way of the answer. Connections
 * that are recorded are counted.
 */
export async function setSwitches(system: System, folder: string, plan: GatewayPlan): Promise<void> {
  const { lan, wan, links, leased } = plan
  // The stricter of the two counts, and 2 takes the place of 1.
  const loose = (await system.sysctlValue(reverseFilter('all'))) === '0' ? '0' : '2'
  const made = [...links, ...leased.filter(({ vlan }) => vlan !== 0)]
  const own = made.map(({ name }) => [reverseFilter(name), loose] as const)
  const lines = leased.filter(({ vlan }) => vlan === 0).map(({ name }) => [reverseFilter(name), loose] as const)
  const marked = isPublished(plan) ? [[`net/ipv4/conf/${wan}/src_valid_mark`, '1'] as const] : []
  const counted = plan.flowLog === undefined && plan.dpi === undefined ? [] : [[accounting, '1'] as const]
  const shared = [[forwarding, '1'] as const, [reverseFilter(lan), loose] as const, ...lines, ...marked, ...counted]
  await remember(
    system,
    folder,
    shared.map(([path]) => path),
  )
  for (const [path, value] of [...shared, ...own])
    if ((await system.sysctlValue(path)) !== value) await system.sysctl(path, value)
}

/** Sets them as they were. Without a record nothing is changed. */
export async function restoreSwitches(system: System, folder: string): Promise<void> {
  const before = await recorded(folder)
  for (const [path, value] of Object.entries(before ?? {})) await system.sysctl(path, value)
}

/** Before the first change, and never again: it is what was there before all of them. */
async function remember(system: System, folder: string, paths: readonly string[]): Promise<void> {
  const before = (await recorded(folder)) ?? {}
  const missing = paths.filter((path) => before[path] === undefined)
  if (missing.length === 0) return
  const values = await Promise.all(missing.map(async (path) => [path, await system.sysctlValue(path)] as const))
  await writeFile(join(folder, file), JSON.stringify({ ...before, ...Object.fromEntries(values) }), { mode: 0o600 })
}

const file = 'switches.json'

async function recorded(folder: string): Promise<Readonly<Record<string, string>> | undefined> {
  const text = await textIfThere(join(folder, file))
  return text === undefined ? undefined : beforeSchema.parse(JSON.parse(text))
}
