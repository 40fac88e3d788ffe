import { type FleetRow, type Health, healthOf, healths } from './row.ts'

/** One shape of the picture: an instance, or many of one kind and health. */
export interface PictureNode {
  readonly key: string
  readonly kind: FleetRow['InstanceType']
  readonly health: Health
  readonly count: number
  /** The instance itself, when the node is a single one. */
  readonly row: FleetRow | undefined
  readonly x: number
  readonly y: number
  /** Half its width. */
  readonly radius: number
}

export interface PictureSize {
  readonly width: number
  readonly height: number
}

/** More than this many single shapes nobody can tell apart. */
export const mostSingle = 60

/** The members of one network around its middle: each alone, or counted by kind and health when they are many. */
export function layOut(rows: readonly FleetRow[], { width, height }: PictureSize): readonly PictureNode[] {
  const items = rows.length <= mostSingle ? singles(rows) : groups(rows)
  const rings = ringsFor(items.length)
  const grouped = rows.length > mostSingle
  let placed = 0
  return rings.flatMap((count, ring) => {
    const share = (ring + 1) / rings.length
    const reach = rings.length === 1 ? 1 : 0.52 + 0.48 * share
    const nodes = items.slice(placed, placed + count)
    placed += count
    return nodes.map((item, index) => {
      // Starts at the top; every other ring is turned by half a step, so that nothing hides behind anything.
      const angle = -Math.PI / 2 + ((index + (ring % 2) / 2) / count) * 2 * Math.PI
      const radius = grouped ? radiusOf(item.count, rows.length) : items.length > 24 ? 11 : 15
      const margin = grouped ? 40 : 34
      return {
        ...item,
        radius,
        x: width / 2 + Math.cos(angle) * reach * (width / 2 - margin - radius),
        y: height / 2 + Math.sin(angle) * reach * (height / 2 - margin - radius),
      }
    })
  })
}

type Item = Omit<PictureNode, 'x' | 'y' | 'radius'>

function singles(rows: readonly FleetRow[]): readonly Item[] {
  return [...rows]
    .sort((a, b) => byKind(a.InstanceType, b.InstanceType) || (titleKey(a) < titleKey(b) ? -1 : 1))
    .map((row) => ({ key: row.SmartAGId, kind: row.InstanceType, health: healthOf(row), count: 1, row }))
}

function groups(rows: readonly FleetRow[]): readonly Item[] {
  const counts = new Map<string, { kind: FleetRow['InstanceType']; health: Health; count: number }>()
  for (const row of rows) {
    const [kind, health] = [row.InstanceType, healthOf(row)]
    const known = counts.get(`${kind}/${health}`)
    if (known === undefined) counts.set(`${kind}/${health}`, { kind, health, count: 1 })
    else known.count += 1
  }
  return [...counts]
    .map(([key, group]) => ({ key, ...group, row: undefined }))
    .sort((a, b) => byKind(a.kind, b.kind) || healths.indexOf(a.health) - healths.indexOf(b.health))
}

const kinds: readonly FleetRow['InstanceType'][] = ['hardware', 'vcpe', 'app']

function byKind(a: FleetRow['InstanceType'], b: FleetRow['InstanceType']): number {
  return kinds.indexOf(a) - kinds.indexOf(b)
}

function titleKey({ Name = '', SmartAGId }: FleetRow): string {
  return `${Name}\n${SmartAGId}`
}

/** The area tells the share, but the smallest stays large enough for its number. */
function radiusOf(count: number, all: number): number {
  return Math.round(20 + 26 * Math.sqrt(count / all))
}

/** How many on each ring, the innermost first. */
function ringsFor(count: number): readonly number[] {
  if (count <= 14) return [count]
  if (count <= 36) return [Math.floor(count * 0.36), count - Math.floor(count * 0.36)]
  const inner = Math.floor(count * 0.2)
  const middle = Math.floor(count * 0.34)
  return [inner, middle, count - inner - middle]
}
