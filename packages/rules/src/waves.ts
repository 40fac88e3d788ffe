export interface WaveShape {
  /** How many the first wave takes; at least one is taken. */
  readonly first: number
  /** Each wave is so many times the one before; 1 or more. */
  readonly growth: number
  /** No wave is larger. */
  readonly largest: number
}

/** How many of `total` each wave takes; together all of them. */
export function waveSizes(total: number, { first, growth, largest }: WaveShape): readonly number[] {
  if (!(growth >= 1)) throw new RangeError('Waves do not shrink.')
  if (!(largest >= 1)) throw new RangeError('A wave has room for one at least.')
  const sizes: number[] = []
  let next = Math.max(1, first)
  for (let left = total; left > 0; ) {
    const size = Math.min(left, largest, Math.floor(next))
    sizes.push(size)
    left -= size
    next = Math.min(largest, next * growth)
  }
  return sizes
}

/**
 * Where those of one part have to have ended before those of the next begin: no wave takes of two parts. What a wave at a
 * border left unused is room for the next.
 */
export function waveSizesInParts(parts: readonly number[], shape: WaveShape): readonly number[] {
  const planned = [
    ...waveSizes(
      parts.reduce((sum, part) => sum + part, 0),
      shape,
    ),
  ]
  const sizes: number[] = []
  for (const part of parts) {
    for (let left = part; left > 0; ) {
      const [room = 1] = planned
      const size = Math.min(room, left)
      if (size === room) planned.shift()
      sizes.push(size)
      left -= size
    }
  }
  return sizes
}

/**
 * Devices in the two parts in which they are changed: of a pair first the standby one, so that what goes wrong leaves the branch
 * connected, and the other one in the second part.
 */
export function inParts<T extends { readonly role: 'active' | 'standby' | undefined }>(
  devices: readonly T[],
  instanceOf: (device: T) => string,
): readonly [readonly T[], readonly T[]] {
  const chosen = new Map<string, T>()
  for (const device of devices) {
    const instance = instanceOf(device)
    if (chosen.get(instance) === undefined || device.role === 'standby') chosen.set(instance, device)
  }
  const first = new Set(chosen.values())
  return [devices.filter((device) => first.has(device)), devices.filter((device) => !first.has(device))]
}
