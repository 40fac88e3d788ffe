import uPlot from 'uplot'
import type { Span } from './steps.ts'

/** A token of the style sheet. */
export type Tone = 'accent' | 'info'

export interface Line {
  readonly name: string
  readonly tone: Tone
  readonly values: readonly (number | null)[]
  /** Of all of them; both where nothing else makes sense of them. */
  readonly only?: 'mean' | 'most' | undefined
  /** It is there to compare with. */
  readonly isDashed?: boolean | undefined
}

export interface Mark {
  readonly at: number
}

export interface Plotted {
  readonly times: readonly number[]
  readonly stepMs: number
  readonly lines: readonly Line[]
  readonly away: readonly Span[]
  readonly marks: readonly Mark[]
  readonly valueText: (value: number) => string
  /** There is nothing between 1 and 2. */
  readonly isWhole?: boolean | undefined
  /** Of a moment on the axis: with the date where the axis has days. */
  readonly timeText: (at: number, isDay: boolean) => string
  /** The step that is pointed at. */
  readonly onPoint: (index: number | undefined) => void
}

const height = 190
const wholeSteps = [0, 1, 2, 3, 4, 5, 6].flatMap((power) => [1, 2, 5].map((one) => one * 10 ** power))
const daySeconds = 86_400

/** Draws it into an element, in the colours that this has now; what draws it anew destroys the old one. */
export function plotInto(element: HTMLElement, plotted: Plotted): uPlot {
  const { times, lines, valueText, timeText, onPoint } = plotted
  const colour = colours(element)
  // An axis without a value has no unit: only its zero is true.
  const isEmpty = lines.every(({ values }) => values.every((value) => !value))
  const font = `11.5px ${getComputedStyle(element).fontFamily}`
  const axis = {
    stroke: colour('--ink-soft'),
    font,
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
  }
  const options: uPlot.Options = {
    width: Math.max(element.clientWidth, 200),
    height,
    legend: { show: false },
    cursor: { y: false, points: { size: 6 }, drag: { x: true, y: false } },
    scales: { y: { range: (_, _least, most) => [0, most > 0 ? most * 1.08 : 1] } },
    axes: [
      {
        ...axis,
        space: 70,
        size: 28,
        values: (_, splits, _axis, _space, step) => splits.map((at) => timeText(at * 1000, step >= daySeconds)),
      },
      {
        ...axis,
        size: 74,
        space: 36,
        values: (_, splits) => splits.map((value) => (isEmpty && value > 0 ? '' : valueText(value))),
        ...(plotted.isWhole === true ? { incrs: wholeSteps } : {}),
      },
    ],
    series: [
      {},
      ...lines.map(({ name, tone, isDashed = false }) => ({
        label: name,
        stroke: colour(`--${tone}`),
        fill: withAlpha(colour(`--${tone}`), isDashed ? 0 : 0.12),
        width: 1.6,
        ...(isDashed ? { dash: [5 * devicePixelRatio, 4 * devicePixelRatio] } : {}),
        // One that has gaps on both sides would not be seen.
        points: { show: true, size: 5, fill: colour(`--${tone}`), filter: alone },
      })),
    ],
    hooks: {
      drawClear: [(plot) => drawAway(plot, plotted.away, colour)],
      draw: [(plot) => drawMarks(plot, plotted.marks, colour('--accent'))],
      setCursor: [({ cursor }) => onPoint(cursor.idx ?? undefined)],
    },
  }
  const data = [times.map((at) => at / 1000), ...lines.map(({ values }) => [...values])] as uPlot.AlignedData
  return new uPlot(options, data, element)
}

/** What a token stands for here: the style sheet chooses it by the scheme. */
function colours(element: HTMLElement): (token: string) => string {
  // One for each: a colour that changes is for a moment the one before, where the style sheet makes changes gradual.
  const found = (token: string): string => {
    const probe = document.createElement('span')
    probe.style.color = `var(${token})`
    element.append(probe)
    const { color } = getComputedStyle(probe)
    probe.remove()
    return color
  }
  const tokens = ['--accent', '--info', '--bad', '--bad-wash', '--line', '--ink-soft']
  const known = new Map(tokens.map((token) => [token, found(token)]))
  return (token) => known.get(token) ?? 'gray'
}

/** @param colour `rgb(1, 2, 3)`, as browsers tell it */
function withAlpha(colour: string, alpha: number): string {
  return colour.replace(/^rgb\((.*)\)$/, `rgba($1, ${alpha})`)
}

function alone(plot: uPlot, index: number): number[] {
  const values = plot.data[index] ?? []
  const isKnown = (at: number): boolean => values[at] !== null && values[at] !== undefined
  return [...values.keys()].filter((at) => isKnown(at) && !isKnown(at - 1) && !isKnown(at + 1))
}

function drawAway(plot: uPlot, away: readonly Span[], colour: (token: string) => string): void {
  const { ctx, bbox } = plot
  for (const { from, to } of away) {
    const left = Math.max(plot.valToPos(from / 1000, 'x', true), bbox.left)
    const right = Math.min(plot.valToPos(to / 1000, 'x', true), bbox.left + bbox.width)
    if (right <= left) continue
    ctx.fillStyle = colour('--bad-wash')
    ctx.fillRect(left, bbox.top, right - left, bbox.height)
    ctx.fillStyle = colour('--bad')
    ctx.fillRect(left, bbox.top, Math.max(1, devicePixelRatio), bbox.height)
  }
}

function drawMarks(plot: uPlot, marks: readonly Mark[], colour: string): void {
  const { ctx, bbox } = plot
  ctx.save()
  ctx.strokeStyle = colour
  ctx.lineWidth = devicePixelRatio
  ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio])
  for (const { at } of marks) {
    const x = Math.round(plot.valToPos(at / 1000, 'x', true))
    if (x < bbox.left || x > bbox.left + bbox.width) continue
    ctx.beginPath()
    ctx.moveTo(x, bbox.top)
    ctx.lineTo(x, bbox.top + bbox.height)
    ctx.stroke()
  }
  ctx.restore()
}
