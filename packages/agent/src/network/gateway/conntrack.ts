import type { System } from '../system.ts'
import type { GatewayPlan } from './plan.ts'

type Hidden = GatewayPlan['hidden']

/**
 * Connections keep the address they began with: those of ranges that now leave as another one have to begin again. Without
 * `before` it is not known what they began with.
 */
export async function forgetTranslations(system: System, before: Hidden | undefined, now: Hidden): Promise<void> {
  const key = ({ cidr, ip }: Hidden[number]): string => `${cidr} ${ip}`
  const old = (before ?? []).map(key)
  const fresh = now.map(key)
  const changed = [...(before ?? []), ...now].filter((one) => !(old.includes(key(one)) && fresh.includes(key(one))))
  for (const cidr of new Set(changed.map((one) => one.cidr))) await forget(system, cidr)
}

async function forget(system: System, cidr: string): Promise<void> {
  try {
    await system.run(['conntrack', '-D', '-s', cidr])
  } catch (error) {
    // So it ends when there was no connection.
    if (!/0 flow entries have been deleted/.test(String(error))) throw error
  }
}
