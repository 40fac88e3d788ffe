import { digits, type Language } from './report.ts'
import { type Measured, meetsGoal } from './rows/row.ts'

const width = 860
const left = 430
const right = 90
const rowHeight = 26
const top = 44
/** The goal stands in the middle; at the end is what is three times as good. */
const most = 3

const titles = {
  en: 'How far each figure is from its goal (right of the line: met)',
  zh: '各项指标与目标的距离（线右侧为达成）',
} as const

/** How good it is by its goal: 1 meets it, 2 is twice as good. */
export function reach({ row: { better, goal }, value }: Pick<Measured, 'row' | 'value'>): number {
  if (!(value > 0)) return better === 'less' ? most : 0
  return better === 'more' ? value / goal : goal / value
}

/** The figures as an SVG picture that reads on light and dark pages. */
export function chart(measured: readonly Measured[], language: Language): string {
  const height = top + measured.length * rowHeight + 16
  const scale = (share: number): number => left + (width - left - right) * placeOf(share)
  const goal = scale(1)
  const bars = measured.map((one, index) => {
    const y = top + index * rowHeight
    const end = scale(reach(one))
    const colour = meetsGoal(one) ? '#2e7d5b' : '#c7762b'
    const shown = `${digits(one.value)}${one.row.unit === undefined ? '' : ` ${one.row.unit}`}`
    return [
      `  <text x="${left - 10}" y="${y + 16}" text-anchor="end">${escaped(one.row.about[language])}</text>`,
      `  <rect x="${left}" y="${y + 4}" width="${round(end - left)}" height="${rowHeight - 10}" rx="2" fill="${colour}"/>`,
      `  <text x="${round(end + 6)}" y="${y + 16}">${escaped(shown)}</text>`,
    ].join('\n')
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${titles[language]}">
  <style>text { font: 12px system-ui, sans-serif; fill: #1c1f23 } @media (prefers-color-scheme: dark) { text { fill: #e6e6e6 } }</style>
  <text x="${width / 2}" y="20" text-anchor="middle" font-weight="600">${titles[language]}</text>
${bars.join('\n')}
  <line x1="${round(goal)}" x2="${round(goal)}" y1="${top - 10}" y2="${height - 10}" stroke="#888" stroke-dasharray="4 3"/>
</svg>
`
}

/** On a logarithmic scale, so that twice as good and half as good are equally far from the goal. */
function placeOf(share: number): number {
  const bounded = Math.min(most, Math.max(1 / most, share))
  return (Math.log(bounded) / Math.log(most) + 1) / 2
}

function round(value: number): string {
  // No minus before a zero.
  return (Math.round(value * 10) / 10 + 0).toFixed(1)
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
