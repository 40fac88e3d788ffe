import { XMLParser } from 'fast-xml-parser'
import { expect, test } from 'vitest'
import { chart, reach } from '../../bench/src/chart.ts'
import { processorTimes } from '../../bench/src/machine.ts'
import { betweenMarkers } from '../../bench/src/readme.ts'
import { digits, table } from '../../bench/src/report.ts'
import type { Measured } from '../../bench/src/rows/row.ts'

const write: Measured = {
  row: { id: 'write', about: { en: 'write ÷ peer', zh: '写 ÷ 对照' }, better: 'more', goal: 1.5 },
  value: 1.234,
  noise: 0.1,
  from: '',
}
const memory: Measured = {
  row: { id: 'memory', about: { en: 'memory < all', zh: '内存' }, better: 'less', goal: 40, unit: 'bytes' },
  value: 20,
  noise: 1,
  from: '',
  scale: { en: 'with 500', zh: '以 500 台' },
}

test('a line of the table shows the figure, its noise, the goal and whether it is met', () => {
  expect(table([write, memory], 'en')).toBe(`| work | measured | goal | met |
| --- | --- | --- | --- |
| write ÷ peer | 1.23 ± 0.10 | ≥ 1.5 |  |
| memory < all (with 500) | 20.0 ± 1.00 bytes | ≤ 40 bytes | ✓ |`)
})

test('the table in Chinese has the same figures', () => {
  const figures = (text: string): readonly string[] => text.match(/[\d.]+ ± [\d.]+/g) ?? []
  expect(table([write, memory], 'zh')).toContain('| 内存（以 500 台） |')
  expect(figures(table([write, memory], 'zh'))).toEqual(figures(table([write, memory], 'en')))
})

test.each([
  [1234.56, '1235'],
  [12.345, '12.3'],
  [0.123, '0.12'],
])('%d is shown as %s', (value, shown) => {
  expect(digits(value)).toBe(shown)
})

test('a figure reaches its goal at 1, whatever is better', () => {
  expect(reach({ ...write, value: 1.5 })).toBe(1)
  expect(reach(memory)).toBe(2)
  expect(reach({ ...memory, value: 80 })).toBe(0.5)
})

test('the chart is a picture with a bar for each figure, longer than to the line where the goal is met', () => {
  const svg = new XMLParser({ ignoreAttributes: false }).parse(chart([write, memory], 'en')).svg
  const goal = Number(svg.line['@_x1'])
  const ends = svg.rect.map((bar: Record<string, string>) => Number(bar['@_x']) + Number(bar['@_width']))
  expect(ends[0]).toBeLessThan(goal)
  expect(ends[1]).toBeGreaterThan(goal)
  expect(JSON.stringify(svg.text)).toContain('memory < all')
})

test('a figure beyond the picture ends at its edge', () => {
  const svg = chart(
    [
      { ...write, value: 1e9 },
      { ...memory, value: 1e9 },
    ],
    'en',
  )
  const widths = [...svg.matchAll(/<rect[^>]* width="([\d.-]+)"/g)].map(([, width]) => Number(width))
  expect(widths).toEqual([340, 0])
})

test('what is between the markers is replaced and the rest stays', () => {
  const text = 'before\n<!-- bench -->\nold\n<!-- /bench -->\nafter'
  expect(betweenMarkers(text, 'new')).toBe('before\n<!-- bench -->\nnew\n<!-- /bench -->\nafter')
  expect(() => betweenMarkers('nothing', 'new')).toThrow('<!-- bench -->')
})

test('waiting for the disk is idle, and what others took is stolen', () => {
  const stat = 'cpu  10 1 5 100 20 2 3 7 4 0\ncpu0 1 1 1 1 1 1 1 1 1 1\n'
  expect(processorTimes(stat)).toEqual({ all: 148, idle: 120, stolen: 7 })
})
