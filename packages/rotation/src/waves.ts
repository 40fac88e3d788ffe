import { waveSizes as sizesOf } from '@opensag/rules'
import { type Amount, amountOf } from './amount.ts'
import type { Gateway } from './gateway.ts'

export interface WaveSettings {
  /** The first wave: at least one gateway. */
  readonly canary: Amount
  /** Each wave is so many times the one before; 1 or more. */
  readonly growth: number
  /** No wave is larger. */
  readonly largest: number
}

/** How many gateways each wave takes; together `total`. */
export function waveSizes(total: number, { canary, growth, largest }: WaveSettings): readonly number[] {
  return sizesOf(total, { first: amountOf(canary, total), growth, largest })
}

/**
 * In which order, and which together. The canary wave meets as many kinds of gateway as it has room for. The two devices of
 * a pair never change in one wave, and the standby one goes first: what goes wrong with it leaves the branch connected.
 */
export function planWaves(gateways: readonly Gateway[], settings: WaveSettings): readonly (readonly Gateway[])[] {
  const [first, second] = apart(gateways)
  const sizes = [...waveSizes(gateways.length, settings)]
  const waves: Gateway[][] = []
  for (const part of [mixed(first), mixed(second)]) {
    let from = 0
    while (from < part.length) {
      const size = sizes.shift() ?? 1
      const wave = part.slice(from, from + size)
      waves.push(wave)
      from += wave.length
      // What a wave at the border left unused is room for the next, or the last sizes would not suffice.
      if (wave.length < size) sizes.unshift(size)
    }
  }
  return waves
}

/** One device of each instance, the standby one where there is one; and the others. */
function apart(gateways: readonly Gateway[]): readonly [readonly Gateway[], readonly Gateway[]] {
  const chosen = new Map<string, Gateway>()
  for (const gateway of gateways) {
    const instance = `${gateway.regionId}/${gateway.instanceId}`
    const present = chosen.get(instance)
    if (present === undefined || (present.role === 'active' && gateway.role === 'standby')) {
      chosen.set(instance, gateway)
    }
  }
  const first = new Set(chosen.values())
  return [gateways.filter((gateway) => first.has(gateway)), gateways.filter((gateway) => !first.has(gateway))]
}

/** One of each kind in turn. */
function mixed(gateways: readonly Gateway[]): readonly Gateway[] {
  const kinds = new Map<string, Gateway[]>()
  for (const gateway of gateways) {
    const kind = `${gateway.regionId} ${gateway.model} ${gateway.version}`
    const alike = kinds.get(kind)
    if (alike === undefined) kinds.set(kind, [gateway])
    else alike.push(gateway)
  }
  const result: Gateway[] = []
  for (let turn = 0; result.length < gateways.length; turn++) {
    for (const alike of kinds.values()) {
      const gateway = alike[turn]
      if (gateway !== undefined) result.push(gateway)
    }
  }
  return result
}
