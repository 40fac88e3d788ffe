import type { Outcome, PlannedGateway } from '@opensag/rotation'
import { summarise } from '@opensag/rotation'
import { expect, test } from 'vitest'
import { createProgress } from './progress.ts'

const gateway = { regionId: 'cn-shanghai', instanceId: 'sag-1', serial: 's1' } as PlannedGateway
const changed: Outcome = { is: 'changed' }
const kept: Outcome = { is: 'kept', why: 'ConfigUnsynchronized' }

function watched({ json = false, isTTY = false }: { readonly json?: boolean; readonly isTTY?: boolean }) {
  const [out, err]: [string[], string[]] = [[], []]
  const progress = createProgress({
    json,
    out: { write: (text) => out.push(text) },
    err: { write: (text) => err.push(text), isTTY, columns: 60 },
    monotonic: () => 0,
  })
  progress.begin(3, summarise([undefined, undefined, undefined]))
  progress.wave(0, 3)
  progress.decided(gateway, changed)
  progress.decided(gateway, kept)
  progress.note('Attention.')
  progress.end()
  return { out: out.join(''), err: err.join('') }
}

test('without a terminal: a line for each wave and for what went wrong, nothing on standard output', () => {
  const { out, err } = watched({})
  expect(out).toBe('')
  expect(err.split('\n')).toEqual([
    'Wave 1: 3 gateways. 0/3',
    's1 (sag-1): kept, ConfigUnsynchronized',
    'Attention.',
    '2/3: 1 changed, 1 kept',
    '',
  ])
})

test('on a terminal: one line that is drawn again, never longer than it', () => {
  const { err } = watched({ isTTY: true })
  const drawn = err.replaceAll('\r\u001b[2K', '\n').split('\n')
  expect(drawn.every((line) => line.length < 60)).toBe(true)
  expect(drawn).toContain('Attention.')
  expect(drawn.at(-2)).toBe('Wave 1 [#############-------] 2/3: 1 changed, 1 kept')
})

test('for a program: an object a line on standard output', () => {
  const { out, err } = watched({ json: true })
  expect(err).toBe('Attention.\n')
  const events = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(events.map(({ event }) => event)).toEqual(['began', 'wave', 'gateway', 'gateway'])
  expect(events.at(-1)).toMatchObject({ serial: 's1', result: 'kept', why: 'ConfigUnsynchronized' })
})
