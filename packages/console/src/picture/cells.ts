import { type Health, healths, healthTones } from '../fleet/row.ts'
import type { Tone } from '../ui/tones.ts'

/** How an outline is drawn: as the dots of a thick line, which costs next to nothing, or as it is. */
export type CellShape = 'dots' | 'squares' | 'rings' | 'filled' | 'hatched'

export interface CellPath {
  readonly tone: Tone | 'unknown'
  readonly shape: CellShape
  readonly d: string
}

export interface Cells {
  readonly width: number
  readonly height: number
  /** From one cell to the next. */
  readonly pitch: number
  readonly paths: readonly CellPath[]
}

const shapes: Readonly<Record<Tone, CellShape>> = {
  ok: 'dots',
  warn: 'filled',
  bad: 'squares',
  info: 'filled',
  idle: 'rings',
}

/** Of what is not seen only so many cells are drawn; the number stands beside them. */
const mostUnseen = 200

/** The larger the fleet, the smaller a gateway: the picture must stay one. */
export function pitchFor(total: number): number {
  if (total <= 400) return 16
  if (total <= 1500) return 12
  return total <= 6000 ? 9 : 7
}

/** One cell a member but for the first ones, in rows from the left, as few outlines as there are tones. */
export function cellsOf(
  { counts, unseen }: { readonly counts: Readonly<Record<Health, number>>; readonly unseen: number },
  { skip, columns, pitch }: { readonly skip: number; readonly columns: number; readonly pitch: number },
): Cells {
  const parts = new Map<Tone | 'unknown', string[]>()
  let place = 0
  function add(tone: Tone | 'unknown', count: number): void {
    const known = parts.get(tone)
    const part = known ?? []
    if (known === undefined && count > 0) parts.set(tone, part)
    for (let more = count; more > 0; more -= 1, place += 1) {
      part.push(outline(tone, (place % columns) * pitch, Math.floor(place / columns) * pitch, pitch))
    }
  }
  let left = skip
  for (const health of healths) {
    const skipped = Math.min(left, counts[health])
    left -= skipped
    add(healthTones[health], counts[health] - skipped)
  }
  add('unknown', Math.min(unseen, mostUnseen))
  return {
    width: Math.min(place, columns) * pitch,
    height: Math.ceil(place / columns) * pitch,
    pitch,
    paths: [...parts].map(([tone, part]) => ({
      tone,
      shape: tone === 'unknown' ? 'hatched' : shapes[tone],
      d: part.join(''),
    })),
  }
}

/** Around the middle of a cell whose corner is given, so large that a gap stays. */
function outline(tone: Tone | 'unknown', x: number, y: number, pitch: number): string {
  const [middleX, middleY] = [x + pitch / 2, y + pitch / 2]
  const half = (pitch * 0.78) / 2
  switch (tone) {
    case 'warn':
      return `M${middleX} ${middleY - half}l${half} ${half * 2}h${-half * 2}z`
    case 'info':
      return `M${middleX} ${middleY - half}l${half} ${half}l${-half} ${half}l${-half} ${-half}z`
    case 'unknown':
      return `M${middleX - half} ${middleY - half}h${half * 2}v${half * 2}h${-half * 2}zm0 ${half * 2}l${half * 2} ${-half * 2}`
    default:
      return `M${middleX} ${middleY}h0`
  }
}
