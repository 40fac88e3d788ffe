import { type FleetRow, type Health, healthOf, healths, healthTones } from '../fleet/row.ts'
import type { Tone } from '../ui/tones.ts'
import { gridX, gridY } from './mercator.ts'
import { placeOf } from './place.ts'

/** Parts of the world that get a map of their own, the first that a place is in. */
export const parts = ['china', 'europe', 'asia', 'africa', 'americas'] as const

export type Part = (typeof parts)[number]

export interface Pin {
  readonly row: FleetRow
  readonly health: Health
  readonly x: number
  readonly y: number
}

/** Gateways whose marks would cover one another. */
export interface Cluster {
  readonly x: number
  readonly y: number
  /** The worst first. */
  readonly pins: readonly Pin[]
  readonly trouble: number
  readonly tone: Tone
}

/** One part of the world that has gateways, fitted to them, on the grid of `mercator.ts`. */
export interface Lens {
  readonly part: Part
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  readonly count: number
  readonly trouble: number
  readonly clusters: readonly Cluster[]
}

export interface MapOf {
  readonly lenses: readonly Lens[]
  /** Those nobody can tell the place of. */
  readonly nowhere: readonly FleetRow[]
}

/** Width to height of a lens, and of one that has the room of two. */
const narrow = 4 / 3
const wide = 8 / 3
/** A lens shows as many degrees of longitude at least: a single city is seen with its coast. */
const narrowest = gridX(26) - gridX(0)
/** Of the height of its lens, between two marks. */
const apart = 1 / 12

/** Of an odd number in two columns the first is a wide one, so that no place beside the last is empty. */
export function mapOf(rows: readonly FleetRow[], { columns = 1 }: { readonly columns?: 1 | 2 } = {}): MapOf {
  const nowhere: FleetRow[] = []
  const found = new Map<Part, Pin[]>()
  for (const row of rows) {
    const place = placeOf(row.Position)
    // People come in from anywhere: remote access has no place.
    if (row.InstanceType === 'app') continue
    if (place === undefined) nowhere.push(row)
    else {
      const pin = { row, health: healthOf(row), x: gridX(place.longitude), y: gridY(place.latitude) }
      const part = partOf(place)
      found.set(part, [...(found.get(part) ?? []), pin])
    }
  }
  const own = parts.flatMap((part) => {
    const pins = found.get(part)
    return pins === undefined ? [] : [{ part, pins }]
  })
  const hasWide = columns === 2 && own.length % 2 === 1
  return {
    nowhere,
    lenses: own.map(({ part, pins }, index) => lensOf(part, pins, hasWide && index === 0 ? wide : narrow)),
  }
}

export function isTrouble(health: Health): boolean {
  return health !== 'online' && health !== 'waiting'
}

function partOf({ latitude, longitude }: { readonly latitude: number; readonly longitude: number }): Part {
  const isIn = (west: number, east: number, south: number, north: number): boolean =>
    longitude >= west && longitude <= east && latitude >= south && latitude <= north
  if (isIn(73, 135, 17, 54)) return 'china'
  if (isIn(-25, 45, 34, 72)) return 'europe'
  if (longitude < -25) return 'americas'
  return isIn(-25, 52, -36, 38) ? 'africa' : 'asia'
}

function lensOf(part: Part, pins: readonly Pin[], ratio: number): Lens {
  const [xs, ys] = [pins.map(({ x }) => x), pins.map(({ y }) => y)]
  const [west, east, north, south] = [least(xs), most(xs), least(ys), most(ys)]
  // Room around them for marks and labels.
  const width = Math.max((narrowest * ratio) / narrow, (east - west) * 1.3, (south - north) * 1.3 * ratio)
  const height = width / ratio
  const clusters = clustersOf(pins, height * apart)
  return {
    part,
    ...{ width, height, left: (west + east - width) / 2, top: (north + south - height) / 2 },
    ...{ count: pins.length, trouble: pins.filter(({ health }) => isTrouble(health)).length, clusters },
  }
}

// `Math.min(...xs)` takes no tens of thousands.
const least = (numbers: readonly number[]): number => numbers.reduce((one, other) => Math.min(one, other))
const most = (numbers: readonly number[]): number => numbers.reduce((one, other) => Math.max(one, other))

function clustersOf(pins: readonly Pin[], distance: number): readonly Cluster[] {
  const groups: { readonly x: number; readonly y: number; readonly pins: Pin[] }[] = []
  for (const pin of pins) {
    const near = groups.find(({ x, y }) => Math.hypot(pin.x - x, pin.y - y) < distance)
    if (near === undefined) groups.push({ x: pin.x, y: pin.y, pins: [pin] })
    else near.pins.push(pin)
  }
  const rank = ({ health }: Pin): number => healths.indexOf(health)
  return groups.map((group) => {
    const sorted = [...group.pins].sort((one, other) => rank(one) - rank(other))
    const tones = sorted.map(({ health }) => healthTones[health])
    return {
      ...{ x: group.x, y: group.y, pins: sorted, tone: tones[0] ?? 'idle' },
      trouble: sorted.filter(({ health }) => isTrouble(health)).length,
    }
  })
}
