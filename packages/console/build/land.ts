import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Plugin } from 'vite'
import { gridX, gridY } from '../src/map/mercator.ts'

interface Topology {
  readonly arcs: readonly (readonly (readonly [number, number])[])[]
  readonly transform: { readonly scale: readonly [number, number]; readonly translate: readonly [number, number] }
  readonly objects: { readonly land: { readonly geometries: readonly { readonly arcs: readonly number[][][] }[] } }
}

type Point = readonly [longitude: number, latitude: number]

const name = 'virtual:land'

/**
 * The outline of the land as one path on the grid of `mercator.ts`: Natural Earth (public domain) by world-atlas, land and no
 * borders. Made while the console is built, so that nothing is fetched from elsewhere and nothing generated is kept.
 */
export function land(): Plugin {
  return {
    name: 'opensag-land',
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load: (id) => (id === `\0${name}` ? `export const land = ${JSON.stringify(landPath())}` : undefined),
  }
}

export function landPath(): string {
  const file = createRequire(import.meta.url).resolve('world-atlas/land-110m.json')
  const topology = JSON.parse(readFileSync(file, 'utf8')) as Topology
  const rings = topology.objects.land.geometries.flatMap(({ arcs }) => arcs).flat()
  return rings.map((ring) => ringPaths(pointsOf(ring, topology))).join('')
}

/** Land on both sides of 180 degrees is drawn at both ends of the grid: the jump from one to the other would be a line across the map. */
function ringPaths(ring: readonly Point[]): string {
  let turns = 0
  let before = ring[0]?.[0] ?? 0
  const points = ring.map(([longitude, latitude]): Point => {
    if (Math.abs(longitude - before) > 180) turns += longitude < before ? 360 : -360
    before = longitude
    return [longitude + turns, latitude]
  })
  const reached = points.map(([longitude]) => longitude)
  const shifts = [0, ...(Math.max(...reached) > 180 ? [-360] : []), ...(Math.min(...reached) < -180 ? [360] : [])]
  return shifts.map((shift) => pathOf(points.map(([longitude, latitude]) => [longitude + shift, latitude]))).join('')
}

/** An arc with a negative number runs the other way; each begins where the one before ended. */
function pointsOf(ring: readonly number[], { arcs, transform }: Topology): readonly Point[] {
  return ring.flatMap((number, index) => {
    const found = decoded(arcs[number < 0 ? ~number : number] ?? [], transform)
    const along = number < 0 ? [...found].reverse() : found
    return index === 0 ? along : along.slice(1)
  })
}

function pathOf(points: readonly Point[]): string {
  let [x, y] = [0, 0]
  let path = ''
  for (const [longitude, latitude] of points) {
    const [nextX, nextY] = [Math.round(gridX(longitude)), Math.round(gridY(latitude))]
    if (path === '') path = `M${nextX} ${nextY}`
    else if (nextX !== x || nextY !== y) path += `l${nextX - x} ${nextY - y}`
    x = nextX
    y = nextY
  }
  return `${path}z`
}

/** The points of an arc are written as differences, on a grid of their own. */
function decoded(
  arc: readonly (readonly [number, number])[],
  { scale, translate }: Topology['transform'],
): readonly Point[] {
  let [x, y] = [0, 0]
  return arc.map(([dx, dy]) => {
    x += dx
    y += dy
    return [x * scale[0] + translate[0], y * scale[1] + translate[1]] as const
  })
}
