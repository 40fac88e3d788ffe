import { expect, test } from 'vitest'
import { csvText } from './csv.ts'

test('texts are quoted where they must be', () => {
  expect(
    csvText([
      ['a', 1, undefined, 'b,c'],
      ['say "no"', '两', '', 'x\ny'],
    ]),
  ).toBe('a,1,,"b,c"\r\n"say ""no""",两,,"x\ny"\r\n')
})

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('a spreadsheet computes nothing of %j', (text) => {
  expect(csvText([[text]]).replaceAll('"', '')).toBe(`'${text}\r\n`)
})

test('a number may be negative', () => {
  expect(csvText([[-1]])).toBe('-1\r\n')
})
