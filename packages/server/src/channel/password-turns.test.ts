import { createManualTime, type FromServer } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { createPasswordTurns, type PasswordTurnsOptions } from './password-turns.ts'

const limits = (ms: number) => ({ timeoutMs: ms, leaseMs: ms })
const sealed = { enc: 'A'.repeat(43), ciphertext: 'AAAA' }

function create({
  decide = async ({ outcome }) => outcome,
  close = async () => {},
}: Partial<Pick<PasswordTurnsOptions, 'decide' | 'close'>> = {}) {
  const time = createManualTime()
  const sent: FromServer[] = []
  const closed: string[] = []
  const problems: unknown[] = []
  const turns = createPasswordTurns({
    timers: time.timers,
    send: (message) => sent.push(message),
    decide,
    async close(reason) {
      closed.push(reason)
      turns.end()
      await close(reason)
    },
    problem: (error) => problems.push(error),
  })
  return { time, turns, sent, closed, problems }
}

/** Whether it has resolved by now, and by whatever needs nobody else. */
async function isDone(promise: Promise<unknown>): Promise<boolean> {
  let isOver = false
  void promise.then(() => {
    isOver = true
  })
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
  return isOver
}

test('a turn comes only once the gateway is ready, with the next generation', async () => {
  const { turns } = create()
  const turn = turns.reserve('one', limits(1000))
  turns.start(7)
  expect(await turn).toBe(8)
})

test('the second change waits for the first, also until it is confirmed', async () => {
  const { turns, sent } = create()
  turns.start(0)
  await turns.reserve('one', limits(1000))
  const second = turns.reserve('two', limits(1000))
  const first = turns.change('one', sealed, 1000)
  await Promise.resolve()
  turns.answered('ack', 'one')
  expect(await first).toBe('accepted')
  expect(await second).toBe(2)
  expect(sent.map(({ kind }) => kind)).toEqual(['set', 'settle'])
})

test('a turn that is not used lapses, and one that waits too long is not given', async () => {
  const { time, turns } = create()
  turns.start(0)
  await turns.reserve('one', limits(1000))
  const impatient = turns.reserve('two', limits(400))
  const patient = turns.reserve('three', limits(2000))
  time.advance(500)
  expect(await impatient).toBe('busy')
  time.advance(500)
  expect(await patient).toBe(2)
  expect(await turns.change('one', sealed, 1000)).toBe('lapsed')
})

test('a change that asks again while it waits is told once and for all, and its turn lapses when the later one says', async () => {
  const { time, turns } = create()
  const first = turns.reserve('one', limits(1000))
  time.advance(500)
  const again = turns.reserve('one', limits(1000))
  turns.start(0)
  expect(await Promise.all([first, again])).toEqual([1, 1])
  time.advance(600)
  expect(await isDone(turns.reserve('two', limits(5000)))).toBe(false)
  time.advance(400)
  expect(await turns.change('one', sealed, 1000)).toBe('lapsed')
})

test('past the deadline the connection is closed, and whoever waits is told', async () => {
  const { time, turns, closed } = create()
  turns.start(0)
  await turns.reserve('one', limits(1000))
  const outcome = turns.change('one', sealed, 1000)
  const waiting = turns.reserve('two', limits(5000))
  await Promise.resolve()
  time.advance(1000)
  expect(await outcome).toBe('unreachable')
  expect(await waiting).toBe('gone')
  expect(closed).toHaveLength(1)
  expect(await turns.reserve('three', limits(1000))).toBe('gone')
  expect(await turns.change('three', sealed, 1000)).toBeUndefined()
  expect(time.pending()).toBe(0)
})

test('a refusal keeps the connection and frees the turn', async () => {
  const { turns, closed } = create()
  turns.start(0)
  await turns.reserve('one', limits(1000))
  const outcome = turns.change('one', sealed, 1000)
  await Promise.resolve()
  turns.answered('nack', 'one')
  expect(await outcome).toBe('refused')
  expect(closed).toEqual([])
  expect(await turns.reserve('two', limits(1000))).toBe(2)
})

test('an answer to another change counts for nothing', async () => {
  const { time, turns } = create()
  turns.start(0)
  await turns.reserve('one', limits(1000))
  const outcome = turns.change('one', sealed, 1000)
  await Promise.resolve()
  turns.answered('ack', 'two')
  time.advance(1000)
  expect(await outcome).toBe('unreachable')
})

test('a journal that cannot be asked leaves the outcome open and ends the connection', async () => {
  const { turns, closed, problems } = create({
    decide: async () => {
      throw new Error('The store is gone.')
    },
  })
  turns.start(0)
  await turns.reserve('one', limits(1000))
  const outcome = turns.change('one', sealed, 1000)
  await Promise.resolve()
  turns.answered('ack', 'one')
  expect(await outcome).toBeUndefined()
  expect(closed).toHaveLength(1)
  expect(problems).toHaveLength(1)
})

test('no more than a bounded number waits', async () => {
  const { turns } = create()
  turns.start(0)
  await turns.reserve('one', limits(1000))
  for (let waiting = 0; waiting < 64; waiting++) void turns.reserve(`waiting ${waiting}`, limits(1000))
  expect(await turns.reserve('too many', limits(1000))).toBe('busy')
  turns.end()
})

test('all is decided only once a decision that is under way is in the journal, although the connection has ended', async () => {
  let journalled = (): void => {}
  const { turns } = create({
    decide: ({ outcome }) =>
      new Promise((resolve) => {
        journalled = () => resolve(outcome)
      }),
  })
  turns.start(0)
  await turns.decided()
  await turns.reserve('one', limits(1000))
  const outcome = turns.change('one', sealed, 1000)
  turns.answered('ack', 'one')
  await Promise.resolve()
  turns.end()
  const decided = turns.decided()
  expect(await isDone(decided)).toBe(false)
  journalled()
  expect(await isDone(decided)).toBe(true)
  expect(await outcome).toBe('accepted')
})

test('a change that the end of the connection decides is waited for too', async () => {
  let isJournalled = false
  const { turns } = create({
    async decide({ outcome }) {
      await Promise.resolve()
      isJournalled = true
      return outcome
    },
  })
  turns.start(0)
  await turns.reserve('one', limits(1000))
  void turns.change('one', sealed, 1000)
  turns.end()
  expect(isJournalled).toBe(false)
  await turns.decided()
  expect(isJournalled).toBe(true)
})

test('closing may wait until all is decided, and the answer waits until the connection is closed', async () => {
  let offline = (): void => {}
  const { time, turns } = create({
    async close() {
      await turns.decided()
      await new Promise<void>((resolve) => {
        offline = resolve
      })
    },
  })
  turns.start(0)
  await turns.reserve('one', limits(1000))
  const outcome = turns.change('one', sealed, 1000)
  time.advance(1000)
  expect(await isDone(outcome)).toBe(false)
  offline()
  expect(await outcome).toBe('unreachable')
})

test('a gateway that cannot be told its password counts as one that may hold it', async () => {
  const { turns, sent, closed, problems } = create()
  sent.push = () => {
    throw new Error('The connection is broken.')
  }
  turns.start(0)
  await turns.reserve('one', limits(1000))
  expect(await turns.change('one', sealed, 1000)).toBeUndefined()
  expect([closed.length, problems.length]).toEqual([1, 1])
})

test('between two changes generations go on, also from what a report says meanwhile', async () => {
  const { turns } = create()
  turns.start(3)
  await turns.reserve('one', limits(1000))
  const first = turns.change('one', sealed, 1000)
  expect(await isDone(first)).toBe(false)
  turns.answered('ack', 'one')
  expect(await first).toBe('accepted')
  await isDone(turns.decided())
  expect(turns.attended()).toBeUndefined()
  expect(await turns.reserve('two', limits(1000))).toBe(5)
  expect(turns.attended()).toBe('two')
  const second = turns.change('two', sealed, 1000)
  turns.answered('nack', 'two')
  expect(await second).toBe('refused')
  await isDone(turns.decided())
  turns.raiseGeneration(9)
  expect(await turns.reserve('three', limits(1000))).toBe(10)
})

test('after the end no turn is given, also when nobody waited for one', async () => {
  const { turns, sent } = create()
  turns.start(0)
  turns.end()
  expect(await turns.reserve('one', limits(1000))).toBe('gone')
  expect(await turns.change('one', sealed, 1000)).toBeUndefined()
  expect(sent).toEqual([])
})
