import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createManualTime } from '@opensag/protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { batch, from, noPause } from '../../../../test/support/forwarded.ts'
import { type Cursor, openCursor } from './cursor.ts'
import type { Batch } from './entry.ts'
import { type ForwardOptions, forward } from './forward.ts'

function memoryCursor(trail = 'key.0', after = 0): Cursor {
  let place = { trail, after }
  return {
    after: () => place.after,
    trail: () => place.trail,
    async advance(after) {
      place = { ...place, after }
    },
    async begin(trail) {
      place = { trail, after: 0 }
    },
    async close() {},
  }
}

/** A trail of these batches, which then ends. */
function opening(batches: readonly Batch[], name = 'key.0', settledTo = 100) {
  return async () => ({ name, settledTo, batches: from(batches), close() {} })
}

function optionsOf(more: Partial<ForwardOptions>): ForwardOptions {
  return {
    target: { deliver: async () => {} },
    cursor: memoryCursor(),
    open: opening([batch([1])]),
    timeoutMs: 7,
    timers: { after: (ms, run) => (ms === 7 ? () => {} : noPause.after(ms, run)) },
    chance: () => 0,
    stop: new AbortController().signal,
    abandon: new AbortController().signal,
    note: () => {},
    ...more,
  }
}

test('whatever fails, and however often it is killed, every entry arrives and one that comes again has its number', async () => {
  const course = fc.array(fc.constantFrom('works', 'fails before', 'fails after', 'killed after', 'server ends'), {
    maxLength: 40,
  })
  const run = async (course: readonly string[]): Promise<void> => {
    const folder = await mkdtemp(join(tmpdir(), 'opensag-forward-'))
    const trail = Array.from({ length: 12 }, (_, index) => index + 1)
    const arrived: number[] = []
    let turn = 0
    for (let runs = 0; runs < 60 && !arrived.includes(12); runs++) {
      const stop = new AbortController()
      const cursor = await openCursor(folder, 'to')
      async function* batches(after: number): AsyncGenerator<Batch> {
        const rest = trail.filter((id) => id > after)
        if (rest.length === 0) return stop.abort()
        for (let at = 0; at < rest.length; at += 2) {
          if (course[turn] === 'server ends') {
            turn += 1
            throw new Error('The server closed the connection.')
          }
          yield batch(rest.slice(at, at + 2))
        }
      }
      await forward(
        optionsOf({
          cursor,
          target: {
            async deliver({ entries }) {
              const what = course[turn++] ?? 'works'
              if (what === 'fails before') throw new Error('away')
              arrived.push(...entries.map(({ id }) => id))
              if (what === 'fails after') throw new Error('away')
              if (what !== 'killed after') return
              stop.abort()
              // As a process that is gone: nothing after this is written.
              throw new Error('killed')
            },
          },
          open: async (after) => ({ name: 'key.0', settledTo: 12, batches: batches(after), close() {} }),
          stop: stop.signal,
        }),
      )
      await cursor.close()
    }
    expect(new Set(arrived)).toEqual(new Set(trail))
    // In order, apart from what is sent again.
    const firsts = trail.map((id) => arrived.indexOf(id))
    expect(firsts).toEqual([...firsts].sort((a, b) => a - b))
    await rm(folder, { recursive: true })
  }
  await fc.assert(fc.asyncProperty(course, run), { numRuns: 60 })
})

test('what fails again and again is told once, and once that it works again', async () => {
  const notes: string[] = []
  let left = 5
  const stop = new AbortController()
  const target = {
    async deliver() {
      if (left-- > 0) throw new Error('no route')
      stop.abort()
    },
  }
  await forward(optionsOf({ target, stop: stop.signal, note: (text) => void notes.push(text) }))
  expect(notes).toEqual(['Entries cannot be delivered: no route Trying again.', 'Entries are delivered again.'])
})

test('pauses grow up to a minute while a receiver is away', async () => {
  const pauses: number[] = []
  const stop = new AbortController()
  const target = { deliver: () => Promise.reject(new Error('away')) }
  const timers: ForwardOptions['timers'] = {
    after(ms, run) {
      if (ms === 7) return () => {}
      pauses.push(ms)
      if (pauses.length === 9) stop.abort()
      return noPause.after(ms, run)
    },
  }
  await forward(optionsOf({ target, timers, timeoutMs: 7, stop: stop.signal, chance: () => 1 }))
  expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000])
})

test('a cursor that cannot be written ends it: it would send everything again', async () => {
  const cursor = { ...memoryCursor(), advance: () => Promise.reject(new Error('no space left')) }
  await expect(forward(optionsOf({ cursor }))).rejects.toThrow('no space left')
})

test('a delivery that takes too long is given up, and tried again', async () => {
  const time = createManualTime()
  const stop = new AbortController()
  const cursor = memoryCursor()
  const reasons: string[] = []
  let given = (): void => {}
  const isGiven = new Promise<void>((resolve) => {
    given = resolve
  })
  const target = {
    deliver: (_batch: Batch, signal: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        if (reasons.length > 0) {
          stop.abort()
          return resolve()
        }
        signal.addEventListener('abort', () => {
          reasons.push((signal.reason as Error).message)
          reject(signal.reason)
        })
        given()
      }),
  }
  const ended = forward(optionsOf({ cursor, target, timers: time.timers, timeoutMs: 30_000, stop: stop.signal }))
  await isGiven
  time.advance(29_999)
  expect(reasons).toEqual([])
  time.advance(1)
  await new Promise((resolve) => setImmediate(resolve))
  expect(cursor.after()).toBe(0)
  time.advance(1000)
  await ended
  expect(reasons).toEqual(['The receiver did not take them in time.'])
  expect(cursor.after()).toBe(1)
})

test.each([
  ['comes to its end while it is stopped is counted', true],
  ['is given up because it is stopped is not counted', false],
])('a delivery that %s', async (_what, comesToItsEnd) => {
  const stop = new AbortController()
  const abandon = new AbortController()
  const cursor = memoryCursor()
  const target = {
    deliver: (_batch: Batch, signal: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason))
        stop.abort()
        if (comesToItsEnd) resolve()
        else abandon.abort()
      }),
  }
  await forward(optionsOf({ cursor, target, stop: stop.signal, abandon: abandon.signal }))
  expect(cursor.after()).toBe(comesToItsEnd ? 1 : 0)
})

test('a trail that was restored is sent from its beginning, and said', async () => {
  const stop = new AbortController()
  const notes: string[] = []
  const asked: number[] = []
  const cursor = memoryCursor('key.0', 7)
  const target = {
    async deliver({ trail, entries }: Batch) {
      expect([trail, entries[0]?.id]).toEqual(['key.5', 1])
      stop.abort()
    },
  }
  await forward(
    optionsOf({
      cursor,
      target,
      stop: stop.signal,
      note: (text) => void notes.push(text),
      async open(after) {
        asked.push(after)
        const entries = { ...batch([1]), trail: 'key.5' }
        return { name: 'key.5', settledTo: 100, batches: from([entries]), close() {} }
      },
    }),
  )
  expect(asked).toEqual([7, 0])
  expect(notes).toEqual(['The server has another trail since it was restored: it is sent from its beginning.'])
})

test('a trail that lost entries which were forwarded is not gone on with', async () => {
  const stop = new AbortController()
  const notes: string[] = []
  let turns = 0
  const open = opening([batch([8])], 'key.0', 5)
  const note = (text: string): void => void notes.push(text)
  await forward(
    optionsOf({
      cursor: memoryCursor('key.0', 7),
      target: { deliver: () => Promise.reject(new Error('nothing may be sent')) },
      stop: stop.signal,
      note,
      open() {
        if (++turns === 3) stop.abort()
        return open()
      },
    }),
  )
  expect(notes).toEqual([expect.stringContaining('opensag restore --mark-only')])
})

test('a gap is said', async () => {
  const stop = new AbortController()
  const notes: string[] = []
  const open = opening([{ ...batch([9]), gap: { after: 3, through: 8 } }])
  const target = { deliver: async () => stop.abort() }
  await forward(optionsOf({ target, open, stop: stop.signal, note: (text) => void notes.push(text) }))
  expect(notes).toEqual(['Entries 4 to 8 were deleted from the trail before they were forwarded.'])
})
