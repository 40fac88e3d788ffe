import { inParts, waveSizes as sizesOf, type WaveShape, waveSizesInParts } from '@opensag/rules'
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
export function waveSizes(total: number, settings: WaveSettings): readonly number[] {
  return sizesOf(total, shapeOf(total, settings))
}

function shapeOf(total: number, { canary, growth, largest }: WaveSettings): WaveShape {
  return { first: amountOf(canary, total), growth, largest }
}

/**
 * In which order, and which together. The canary wave meets as many kinds of gateway as it has room for. The two devices of
 * a pair never change in one wave, and the standby one goes first: what goes wrong with it leaves the branch connected.
 */
export function planWaves(gateways: readonly Gateway[], settings: WaveSettings): readonly (readonly Gateway[])[] {
  const parts = inParts(gateways, ({ regionId, instanceId }) => `${regionId}/${instanceId}`).map(mixed)
  const all = parts.flat()
  const lengths = parts.map(({ length }) => length)
  let from = 0
  return waveSizesInParts(lengths, shapeOf(gateways.length, settings)).map((size) => {
    from += size
    return all.slice(from - size, from)
  })
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
