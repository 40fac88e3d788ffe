import { expect, test } from 'vitest'
import type { MarkedConfig } from '../messages.ts'
import {
  type ConfigFacts,
  type ConfigInput,
  configFactsAfter,
  configStatus,
  configStep,
  mostStarts,
  trialInEffect,
} from './gateway-machine.ts'
import { type ConfigRecord, emptyConfigRecord } from './record.ts'

const withinMs = 1000

function revision(number: number, content = number): MarkedConfig {
  return {
    instanceId: 'sag-one',
    revision: number,
    config: {
      cidrs: [],
      routingStrategy: 'static',
      securityLockThreshold: content,
      snat: [],
      probeAddresses: [],
    },
  }
}

function after(facts: ConfigFacts, ...inputs: readonly ConfigInput[]): ConfigFacts {
  let now = facts
  for (const input of inputs) for (const effect of configStep(now, input)) now = configFactsAfter(now, effect)
  return now
}

const configure = (desired: MarkedConfig | null): ConfigInput => ({ is: 'configure', desired, withinMs })
const fresh: ConfigFacts = { record: emptyConfigRecord, inEffect: true }
const holding = (config: MarkedConfig): ConfigFacts => ({
  record: { ...emptyConfigRecord, inForce: config, trials: 1 },
  inEffect: true,
})
const onTrial = after(holding(revision(1)), configure(revision(2)))

test('what it is sent is written, its time runs, it is put in force, and then told', () => {
  const effects = configStep(holding(revision(1)), configure(revision(2)))
  expect(effects.map((effect) => effect.do)).toEqual(['write', 'await', 'apply', 'tell'])
  expect(onTrial.record).toEqual({
    inForce: revision(2),
    trial: { number: 2, previous: revision(1), withinMs, starts: 0 },
    reverted: null,
    trials: 2,
  } satisfies ConfigRecord)
})

test('a confirmation over a connection made with it in effect settles it', () => {
  const during = trialInEffect(onTrial)
  expect(during).toBe(2)
  expect(configStatus(after(onTrial, { is: 'confirm', trial: 2, during }))).toEqual({
    applied: { instanceId: 'sag-one', revision: 2 },
  })
})

test.each([
  ['a connection made before', { is: 'confirm', trial: 2, during: 0 }],
  ['a connection made during another trial', { is: 'confirm', trial: 2, during: 1 }],
  ['a confirmation of another trial', { is: 'confirm', trial: 1, during: 2 }],
] as const)('%s confirms nothing', (_, input) => {
  expect(configStep(onTrial, input)).toEqual([])
})

test('a connection made between the write and its being in force confirms nothing', () => {
  const [write] = configStep(holding(revision(1)), configure(revision(2)))
  if (write === undefined) throw new Error('It does nothing.')
  expect(trialInEffect(configFactsAfter(holding(revision(1)), write))).toBe(0)
})

test('without confirmation in its time it goes back to the last one that was confirmed, and says why', () => {
  const third = after(onTrial, configure(revision(3)))
  const back = after(third, { is: 'deadline', trial: 3 })
  expect(configStatus(back)).toEqual({
    applied: { instanceId: 'sag-one', revision: 1 },
    reverted: { instanceId: 'sag-one', revision: 3, reason: 'unconfirmed' },
  })
  expect(back.inEffect).toBe(true)
})

test('the time of an earlier trial is nothing to a later one', () => {
  expect(configStep(after(onTrial, configure(revision(3))), { is: 'deadline', trial: 2 })).toEqual([])
})

test('what the system does not take is given up at once', () => {
  expect(configStatus(after(onTrial, { is: 'apply-failed' }))).toEqual({
    applied: { instanceId: 'sag-one', revision: 1 },
    reverted: { instanceId: 'sag-one', revision: 2, reason: 'failed' },
  })
})

test('what fails with nothing to go back to is told, and tried again', () => {
  const started = { ...holding(revision(1)), inEffect: false }
  expect(configStatus(started)).toMatchObject({ failing: true })
  expect(configStep(started, { is: 'apply-failed' }).map((effect) => effect.do)).toEqual(['tell', 'apply-later'])
  const tried = after(started, { is: 'again' })
  expect(configStatus(tried)).toEqual({ applied: { instanceId: 'sag-one', revision: 1 } })
  expect(configStep(tried, { is: 'again' })).toEqual([])
})

test('what was given up is not taken again, another one is', () => {
  const back = after(onTrial, { is: 'deadline', trial: 2 })
  expect(configStep(back, configure(revision(2)))).toEqual([{ do: 'tell' }])
  expect(configStatus(after(back, configure(revision(3))))).toEqual({
    applied: { instanceId: 'sag-one', revision: 3 },
    trial: 3,
  })
})

test('what was given up with nobody there is on trial once more, and only once', () => {
  const back = after(onTrial, { is: 'deadline', trial: 2 })
  const alone = after(back, { is: 'unreached', after: 2 })
  expect(configStatus(alone).reverted).toEqual({
    instanceId: 'sag-one',
    revision: 2,
    reason: 'unconfirmed',
    unreached: true,
  })
  const second = after(alone, configure(revision(2)))
  expect(configStatus(second)).toEqual({ applied: { instanceId: 'sag-one', revision: 2 }, trial: 3 })
  const last = after(second, { is: 'deadline', trial: 3 })
  expect(configStep(last, { is: 'unreached', after: 3 })).toEqual([])
  expect(configStatus(last).reverted).toEqual({ instanceId: 'sag-one', revision: 2, reason: 'unconfirmed' })
  expect(configStep(last, configure(revision(2)))).toEqual([{ do: 'tell' }])
})

test.each<[string, ConfigFacts, number]>([
  ['during a trial', onTrial, 2],
  ['that began before the trial that was given up', after(onTrial, { is: 'deadline', trial: 2 }), 1],
  ['after one that the system did not take', after(onTrial, { is: 'apply-failed' }), 2],
  ['with nothing given up', holding(revision(1)), 1],
])('an attempt in vain %s says nothing of what was given up', (_, facts, attempt) => {
  expect(configStep(facts, { is: 'unreached', after: attempt })).toEqual([])
})

test('a start during a trial puts it in force again and gives it its whole time, but not for ever', () => {
  let facts = onTrial
  for (let start = 1; start < mostStarts; start++) {
    facts = after({ ...facts, inEffect: false }, { is: 'started' })
    expect([trialInEffect(facts), facts.record.trial?.starts]).toEqual([2, start])
  }
  const last = after({ ...facts, inEffect: false }, { is: 'started' })
  expect(configStatus(last)).toEqual({
    applied: { instanceId: 'sag-one', revision: 1 },
    reverted: { instanceId: 'sag-one', revision: 2, reason: 'restarts' },
  })
})

test('the same content under another number needs no trial', () => {
  const renumbered = after(holding(revision(1)), configure(revision(2, 1)))
  expect(configStatus(renumbered)).toEqual({ applied: { instanceId: 'sag-one', revision: 2 } })
})

test('being left without any needs none either: that is how it enrolled', () => {
  expect(after(onTrial, configure(null)).record).toEqual({ ...emptyConfigRecord, trials: 2 })
  expect(after(onTrial, { is: 'cleared' }).record).toEqual({ ...emptyConfigRecord, trials: 2 })
})

test('the first one it ever gets goes back to none', () => {
  const back = after(fresh, configure(revision(1)), { is: 'deadline', trial: 1 })
  expect(configStatus(back)).toEqual({
    reverted: { instanceId: 'sag-one', revision: 1, reason: 'unconfirmed' },
  })
})

test('what it holds already is only told', () => {
  expect(configStep(onTrial, configure(revision(2)))).toEqual([{ do: 'tell' }])
})
