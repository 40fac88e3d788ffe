import { createManualTime } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { word } from '../tracing/known.ts'
import { recording } from '../tracing/recording.suite.ts'
import { createPasswordTurns } from './password-turns.ts'
import { createRestarts } from './restarts.ts'

const sealed = { enc: 'A'.repeat(43), ciphertext: 'AAAA' }
/** Of time that the test itself lets pass. */
const ms = 1000
const limits = { timeoutMs: ms, leaseMs: ms }
const within = { name: word('holder'), kind: 'server' } as const
const deciding = { name: word('journal'), kind: 'internal' } as const

async function changed(how: 'ack' | 'nack' | 'deadline' | 'end') {
  const time = createManualTime()
  const recorded = recording()
  const { tracing } = recorded
  const turns = createPasswordTurns({
    timers: time.timers,
    send() {},
    decide: ({ outcome }) => tracing.span(deciding, async () => outcome),
    close: async () => turns.end(),
    problem: () => {},
  })
  turns.start(0)
  await turns.reserve('one', limits)
  const asked = tracing.span(within, () => turns.change('one', sealed, ms, tracing))
  // The gateway is heard where no span runs.
  if (how === 'deadline') time.advance(ms)
  else if (how === 'end') turns.end()
  else turns.answered(how, 'one')
  await asked
  return recorded
}

test.each([
  ['ack', 'applied', undefined],
  ['nack', 'refused', 'refused'],
  ['deadline', 'unknown', 'unknown'],
  ['end', 'unknown', 'unknown'],
] as const)('a password that a gateway was told ends with %s: %s', async (how, outcome, error) => {
  const recorded = await changed(how)
  expect(recorded.paths()).toEqual(['holder', 'holder > gateway set password', 'holder > journal'])
  expect(recorded.spans[1]).toMatchObject({ kind: 'client', facts: { 'opensag.outcome': outcome }, error, ended: true })
  expect(JSON.stringify(recorded.spans.map(({ facts }) => facts))).not.toContain('AAAA')
})

test.each([
  ['restarting', undefined, 'gateway reboot', 'applied', undefined],
  ['restarting', '3.1', 'gateway upgrade', 'applied', undefined],
  ['not-restarting', '3.1', 'gateway upgrade', 'refused', 'refused'],
  [undefined, undefined, 'gateway reboot', 'unknown', 'unknown'],
] as const)('a restart that is answered %s into version %s is %s, %s', async (kind, version, name, outcome, error) => {
  const time = createManualTime()
  const recorded = recording()
  const { tracing } = recorded
  const restarts = createRestarts({ timers: time.timers, send() {}, record: async () => {} })
  const asked = tracing.span(within, () => restarts.ask({ commandId: 'c', version, timeoutMs: ms }, tracing))
  if (kind === undefined) time.advance(ms)
  else await restarts.answered({ kind, commandId: 'c' })
  await asked
  expect(recorded.paths()).toEqual(['holder', `holder > ${name}`])
  expect(recorded.spans[1]).toMatchObject({ facts: { 'opensag.outcome': outcome }, error, ended: true })
})
