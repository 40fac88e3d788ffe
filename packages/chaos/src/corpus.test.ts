import { expect, test } from 'vitest'
import { corpus } from './corpus.ts'
import { mutants } from './password/mutants.suite.ts'
import { createPasswordSubject } from './password/run.ts'
import { seedOf } from './random.ts'
import { replayEvents } from './replay.ts'

/** The rule each of them was kept by since. */
const rules: Readonly<Record<string, string>> = {
  'decision-between-look-and-connect': 'connects without comparing again which change succeeded last',
  'row-of-a-dead-node': 'fails a change a gateway reports and leaves the gateway online',
  'row-of-a-connection-whose-end-was-not-recorded':
    'fails what nobody attends to and leaves the row of an older connection online',
  'older-server-is-rolled-back': 'goes back to whatever a server restores',
  'disk-is-rolled-back-after-the-server': 'keeps no deposit of what it adopts',
  'server-and-disk-are-rolled-back': 'goes on below the floor that a restore has set',
  'operator-takes-a-password-back': 'leaves a gateway online whose password is taken back',
  'order-is-forgotten-by-a-restore': 'tells which was rolled back by the generations a gateway has used',
  'server-is-rolled-back-during-a-change': 'deposits the password of a change that may be taken back',
}

const names = corpus.map(({ name }) => name)
const neighbours = 1000
const seed = Number(process.env['OPENSAG_CHAOS_SEED'] ?? Date.now() % 2 ** 31)

test.each(names)('%s: replayed, every promise is kept, and every event happens', (name) => {
  const { subject, events } = entryOf(name)
  const outcome = subject.runEvents(events)
  expect(outcome.violation).toBeUndefined()
  expect(outcome.events.map(subject.textOf)).toEqual(events.map(subject.textOf))
})

test.each(names)('%s: without its rule, the promise is broken', async (name) => {
  const mutant = mutants.find((one) => one.name === rules[name])
  if (mutant === undefined) throw new Error(`No mutant for ${name}.`)
  const again = await replayEvents(createPasswordSubject(mutant.machines), entryOf(name).events)
  expect(again?.violation).toMatch(/^S[1-6] broken: /)
})

test.each(names)(`%s: ${neighbours} neighbours of seed ${seed} keep every promise`, (name) => {
  const { near } = entryOf(name)
  for (let index = 0; index < neighbours; index++) {
    const one = seedOf(seed, index)
    const { violation } = near.runSeed(one)
    expect(violation, `opensag simulate --chaos --replay ${name}:${one}`).toBeUndefined()
  }
})

function entryOf(name: string): (typeof corpus)[number] {
  const entry = corpus.find((one) => one.name === name)
  if (entry === undefined) throw new Error(`The corpus has no ${name}.`)
  return entry
}
