import type { WireDnat } from '@opensag/protocol'
import { branchTable, publishedMark } from '../marks.ts'
import type { System } from '../system.ts'
import type { GatewayPlan } from './plan.ts'

/** What of a plan changes addresses of packets; of `wan` the address there, if there is one. */
export interface Translations {
  readonly hidden: GatewayPlan['hidden']
  readonly dnat: GatewayPlan['dnat']
  readonly wan: string | undefined
}

/**
 * Connections keep the addresses they began with: those that would begin otherwise now have to begin again, and those of an entry
 * that is gone end. Without `before` it is not known what they began with.
 */
export async function forgetTranslations(
  system: Pick<System, 'run'>,
  before: Translations | undefined,
  now: Translations,
): Promise<void> {
  for (const cidr of new Set(changed(before?.hidden, now.hidden).map((one) => one.cidr))) {
    await forget(system, ['-s', cidr])
  }
  if (before === undefined) {
    // Also of entries that are gone: all that were led to another address, and came from the branch or its network.
    for (const mark of [branchTable, publishedMark]) await forget(system, ['-g', '-m', String(mark)])
  }
  for (const entry of changed(before?.dnat, now.dnat)) {
    for (const at of new Set([before?.wan, now.wan].flatMap((wan) => entry.ip ?? wan ?? []))) {
      await forget(system, ['-d', at, ...askedOf(entry)])
    }
  }
}

function askedOf({ protocol, ports }: WireDnat): readonly string[] {
  if (protocol === 'any') return []
  return ['-p', protocol, ...(ports === undefined ? [] : ['--orig-port-dst', String(ports.from)])]
}

/** What is in one of the two only. */
function changed<T>(before: readonly T[] = [], now: readonly T[]): readonly T[] {
  const [old, fresh] = [before, now].map((all) => new Set(all.map((one) => JSON.stringify(one)))) as [
    Set<string>,
    Set<string>,
  ]
  return [...before, ...now].filter((one) => !(old.has(JSON.stringify(one)) && fresh.has(JSON.stringify(one))))
}

async function forget(system: Pick<System, 'run'>, which: readonly string[]): Promise<void> {
  try {
    await system.run(['conntrack', '-D', ...which])
  } catch (error) {
    // So it ends when there was no connection.
    if (!/0 flow entries have been deleted/.test(String(error))) throw error
  }
}
