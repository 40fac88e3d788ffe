import { createManualTime } from '@opensag/protocol'
import { pino } from 'pino'
import { beforeEach, expect, test } from 'vitest'
import { createMemoryDisk, type Disk } from './disk.ts'
import { openPasswordAge, type PasswordAge } from './password-age.ts'

const time = createManualTime()
let disk: Disk
let hash: string | undefined
let changed: () => void
beforeEach(() => {
  disk = createMemoryDisk()
  hash = undefined
})

/** The program on the gateway starts. */
function open(): Promise<PasswordAge> {
  return openPasswordAge({
    disk,
    vault: { current: async () => hash },
    adminPassword: {
      onChange(listener) {
        changed = listener
      },
    },
    wallClock: time.wallClock,
    logger: pino({ enabled: false }),
  })
}

async function set(next: string | undefined, age: PasswordAge): Promise<number> {
  time.advance(1000)
  hash = next
  changed()
  await age.settled()
  return time.wallClock()
}

test('a box without a password has none, and one that is set has the date it was set, also after a restart', async () => {
  const age = await open()
  expect(await age.of(hash)).toEqual({ isSet: false })
  const changedAt = await set('first', age)
  expect(await age.of('first')).toEqual({ isSet: true, changedAt })
  time.advance(1000)
  expect(await (await open()).of('first')).toEqual({ isSet: true, changedAt })
})

test('a password that was there at the first start has no date until it changes', async () => {
  hash = 'as it came'
  const age = await open()
  expect(await age.of(hash)).toEqual({ isSet: true })
  expect(await (await open()).of(hash)).toEqual({ isSet: true })
  const changedAt = await set('another', age)
  expect(await age.of('another')).toEqual({ isSet: true, changedAt })
})

test('a change that is taken back leaves the date, or the want of one, from before', async () => {
  hash = 'as it came'
  const age = await open()
  await set('refused', age)
  await set('as it came', age)
  expect(await age.of('as it came')).toEqual({ isSet: true })
  const changedAt = await set('kept', age)
  await set('refused too', age)
  await set('kept', age)
  expect(await age.of('kept')).toEqual({ isSet: true, changedAt })
})

test('a change that is not settled is told as the password before it, and has its date once it is settled', async () => {
  hash = 'as it came'
  const age = await open()
  const changedAt = await set('sent', age)
  expect(await age.of('as it came')).toEqual({ isSet: true })
  time.advance(1000)
  expect(await age.of('sent')).toEqual({ isSet: true, changedAt })
})

test('a change by another program is noticed by the next report or start', async () => {
  hash = 'as it came'
  const age = await open()
  time.advance(1000)
  hash = 'by passwd'
  expect(await age.of(hash)).toEqual({ isSet: true, changedAt: time.wallClock() })
})

test('the reset button takes password and date away', async () => {
  const age = await open()
  await set('first', age)
  await set(undefined, age)
  expect(await age.of(undefined)).toEqual({ isSet: false })
  const changedAt = await set('second', age)
  expect(await age.of('second')).toEqual({ isSet: true, changedAt })
})

test('what 0.1.0 wrote down is the date of the password it left', async () => {
  hash = 'set then'
  await disk.write('password-age.json', '{"changedAt":5}\n')
  expect(await (await open()).of(hash)).toEqual({ isSet: true, changedAt: 5 })
})

test('a disk that does not take the date is no reason to fail', async () => {
  const age = await open()
  disk.write = async () => {
    throw new Error('no space')
  }
  const changedAt = await set('first', age)
  expect(await age.of('first')).toEqual({ isSet: true, changedAt })
})

test('nothing of the hash is on the disk', async () => {
  const age = await open()
  await set('$argon2id$v=19$secret', age)
  expect(await disk.read('password-dates.json')).not.toContain('argon2')
})
