import type { Cluster, Lens } from './lenses.ts'

/** Which side of its mark the label of a cluster stands on. */
export type Side = 'right' | 'left' | 'above' | 'below'

interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** Half of a mark, and how far from the middle of its mark a label begins, in pixels, which is outside of it; as the style sheet has it. */
const halfMark = 17
const beside = 22
const apart = 20
const halfLabel = 14
const vertical: readonly Side[] = ['below', 'above']

/** Labels for those in trouble, as many as cover neither one another nor a mark; the list beside the map has all of them. */
export function labelsOf(
  lens: Lens,
  size: { readonly width: number; readonly height: number },
  textOf: (cluster: Cluster) => string,
): ReadonlyMap<Cluster, Side> {
  const labels = new Map<Cluster, Side>()
  if (size.width === 0) return labels
  const middleOf = ({ x, y }: Cluster): readonly [number, number] => [
    ((x - lens.left) / lens.width) * size.width,
    ((y - lens.top) / lens.height) * size.height,
  ]
  /** By all marks, and by the labels so far. */
  const taken = lens.clusters.map((cluster): Box => {
    const [x, y] = middleOf(cluster)
    return { left: x - halfMark, right: x + halfMark, top: y - halfMark, bottom: y + halfMark }
  })
  for (const cluster of lens.clusters.filter(({ trouble }) => trouble > 0)) {
    const [x, y] = middleOf(cluster)
    const width = widthOf(textOf(cluster))
    const boxOn = (side: Side): Box => {
      const [centreX, centreY] = {
        right: [x + beside + width / 2, y] as const,
        left: [x - beside - width / 2, y] as const,
        above: [x, y - apart - halfLabel] as const,
        below: [x, y + apart + halfLabel] as const,
      }[side]
      return {
        ...{ left: centreX - width / 2, right: centreX + width / 2 },
        ...{ top: centreY - halfLabel, bottom: centreY + halfLabel },
      }
    }
    const sides: readonly Side[] = x > size.width / 2 ? ['left', 'right', ...vertical] : ['right', 'left', ...vertical]
    const side = sides.find((one) => {
      const box = boxOn(one)
      const isIn = box.left >= 0 && box.right <= size.width && box.top >= 0 && box.bottom <= size.height
      return isIn && !taken.some((other) => overlaps(box, other))
    })
    if (side === undefined) continue
    labels.set(cluster, side)
    taken.push(boxOn(side))
  }
  return labels
}

/** About, and rather too wide: a letter of 12 px, a Chinese one, and the border and padding around. */
function widthOf(text: string): number {
  return [...text].reduce((sum, letter) => sum + (letter > '\u2e80' ? 13 : 7.2), 24)
}

function overlaps(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom
}
