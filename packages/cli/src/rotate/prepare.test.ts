import type { JournalRecord, PlannedGateway } from '@opensag/rotation'
import { expect, test } from 'vitest'
import { createPrepare, type PasswordKeeping } from './prepare.ts'

const plan = ['s1', 's2', 's3'].map(
  (serial) => ({ regionId: 'cn-shanghai', instanceId: `sag-${serial}`, serial }) as PlannedGateway,
)
const nowhere: PasswordKeeping = { given: undefined, length: 24, sealing: undefined, tell: undefined }
const sealing = { recipients: ['age1'], seal: async (text: string) => `sealed ${text}` }

/** A step that takes its time, so that whoever does not wait for it is ahead of it. */
async function slowly(work: () => void): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
  work()
}

test('new passwords are on disk, and with whoever keeps them, before they are handed out', async () => {
  const done: string[] = []
  const records: JournalRecord[] = []
  const prepare = createPrepare({
    ...nowhere,
    sealing,
    tell: (lines) => slowly(() => void done.push(`told of ${lines.length}`)),
    run: 1,
    plan,
    journal: {
      write: (...more) =>
        slowly(() => {
          records.push(...more)
          done.push('journalled')
        }),
    },
  })
  const made = await prepare([0, 2])
  expect(done).toEqual(['told of 2', 'journalled'])
  const sealed = `sealed ${[0, 2].map((index) => `${JSON.stringify({ run: 1, ...plan[index], password: made.get(index)?.reveal() })}\n`).join('')}`
  expect(records).toEqual([{ kind: 'sealed', gateways: [0, 2], run: 1, age: sealed }])
  expect(new Set([...made.values()].map((password) => password.reveal())).size).toBe(2)
})

test('a command that does not take them, or a journal that cannot be written, hands out none', async () => {
  const refuse = (): Promise<never> => Promise.reject(new Error('no'))
  const journal = { write: async () => {} }
  const given = { ...nowhere, sealing, run: 1, plan }
  await expect(createPrepare({ ...given, journal, tell: refuse })([0])).rejects.toThrow('no')
  await expect(createPrepare({ ...given, journal: { write: refuse } })([0])).rejects.toThrow('no')
})

test('a password somebody made is that of the gateway it was made for', async () => {
  const given = new Map([
    ['s2', 'password_two'],
    ['s1', 'password_one'],
  ])
  const prepare = createPrepare({ ...nowhere, given, run: 1, plan, journal: { write: async () => {} } })
  const made = await prepare([0, 1])
  expect([...made].map(([index, password]) => [index, password.reveal()])).toEqual([
    [0, 'password_one'],
    [1, 'password_two'],
  ])
  await expect(prepare([2])).rejects.toThrow('There is no password for s3.')
})
