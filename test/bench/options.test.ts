import { expect, test } from 'vitest'
import { readOptions, usage } from '../../bench/src/options.ts'

test('--help and -h ask for the options and for no measurement', () => {
  expect(readOptions(['--help']).help).toBe(true)
  expect(readOptions(['-h']).help).toBe(true)
  expect(readOptions([]).help).toBe(false)
})

test('every option is in what --help prints', () => {
  const named = [...usage.matchAll(/^ {2}(--[a-z]+)/gm)].map(([, flag]) => flag)
  for (const option of Object.keys(readOptions([]))) expect(named).toContain(`--${option}`)
})

test.each([
  [['--rounds', '0'], '--rounds: "0" is not 1 to 10000.'],
  [['--gateways', 'many'], '--gateways: "many" is not 1 to 100000.'],
  [['--generator', 'ab'], '--generator: "ab" is neither wrk nor own.'],
])('%j is refused with a reason', (args, reason) => expect(() => readOptions(args)).toThrow(reason))
