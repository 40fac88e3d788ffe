import type { ParityLine } from '@opensag/smartag-client'
import { expect, test } from 'vitest'
import { lineOf, recordingIn } from './recording.ts'

const written: readonly ParityLine[] = [
  { parity: 1, recorded: '2026-11-29', opensag: '0.2.0', service: 'public', regionId: 'cn-shanghai', calls: 2 },
  {
    call: 1,
    action: 'DescribeRegions',
    version: '2018-03-13',
    params: { AcceptLanguage: 'en-US' },
    keep: { region1: 'Regions.Region[0].RegionId' },
    writes: false,
    answer: { status: 200, body: { Regions: { Region: [] } } },
  },
  { call: 2, action: 'ListUsers', version: '2015-05-01', params: {}, writes: false, why: 'no answer within 30 s' },
  { end: true },
]
const lines = written.map(lineOf)

test('a recording is read as it was written', () => {
  const [header, ...calls] = written
  expect(recordingIn(lines.join(''), 'a.jsonl')).toEqual({ header, calls: calls.slice(0, 2), isWhole: true })
})

test.each([
  ['without its end', lines.slice(0, 3).join(''), 2],
  ['with half a line at its end', `${lines.slice(0, 2).join('')}{"call":2,"act`, 1],
])('a recording %s has the calls that are whole', (_title, text, calls) => {
  const read = recordingIn(text, 'a.jsonl')
  expect({ calls: read.calls.length, isWhole: read.isWhole }).toEqual({ calls, isWhole: false })
})

test.each<readonly [string, readonly string[], string]>([
  ['that is no JSON', lines.with(2, '{"call":2,\n'), 'a.jsonl, line 3 is not valid JSON'],
  ['with a line that is no object', lines.with(2, '2\n'), 'a.jsonl, line 3: an object is needed'],
  ['without a header', lines.slice(1), 'a.jsonl, line 1: '],
  ['of a later version', lines.with(0, '{"parity":2}\n'), 'a.jsonl, line 1: this format is of another version'],
  ['that lacks a call', lines.toSpliced(1, 1), 'a.jsonl: lines are missing, doubled or in another order'],
  ['that goes on after its end', lines.toSpliced(1, 0, '{"end":true}\n'), 'a.jsonl: lines are missing, doubled'],
  [
    'with an unknown member',
    lines.with(1, (lines[1] ?? '').replace('{', '{"more":1,')),
    'line 2: more is missing, unknown or wrong',
  ],
  [
    'with a wrong value',
    lines.with(1, (lines[1] ?? '').replace('200', '"OK"')),
    'line 2: answer.status is missing, unknown or wrong',
  ],
  ['that is empty', [], 'a.jsonl is no recording of "opensag parity record"'],
])('a recording %s is refused with the line', (_title, changed, message) => {
  expect(() => recordingIn(changed.join(''), 'a.jsonl')).toThrow(message)
})
