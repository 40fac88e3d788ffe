import type { Member } from './group.ts'

/**
 * The next part of a group in order whose works may run side by side: their statements go together, each work waits for its
 * own answers only. Those are works that keep to a gateway each, of different gateways. Any other one runs alone.
 *
 * @param from the first work that has not run
 */
export function partFrom(members: readonly Member[], from: number): readonly Member[] {
  const gateways = new Set<string>()
  for (const [index, { job }] of members.slice(from).entries()) {
    const gateway = gatewayOf(job)
    if (gateway === undefined || gateways.has(gateway)) return members.slice(from, from + Math.max(1, index))
    gateways.add(gateway)
  }
  return members.slice(from)
}

/** The gateway that a work keeps to; undefined when it has not said so, or keeps to something else. */
export function gatewayOf({ keepsTo }: Pick<Member['job'], 'keepsTo'>): string | undefined {
  return keepsTo !== undefined && 'gateway' in keepsTo ? keepsTo.gateway : undefined
}
