import { createManualTime } from '@opensag/protocol'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import type { AuditEntry } from '../store/audit/audit.ts'
import { createFailures, type Failure } from './failures.ts'

function observed(record: (entry: AuditEntry) => Promise<void> = async () => {}) {
  const time = createManualTime()
  const entries: AuditEntry[] = []
  const lines: { readonly msg: string; readonly level: number }[] = []
  const failures = createFailures({
    store: {
      record: async (entry) => {
        entries.push(entry)
        await record(entry)
      },
    },
    wallClock: time.wallClock,
    timers: time.timers,
    logger: pino({ level: 'warn' }, { write: (line) => void lines.push(JSON.parse(line)) }),
  })
  return { time, entries, lines, failures }
}

const alice = { kind: 'RAMUser', accountId: '1', accessKeyId: 'LTAI5tAlice', userId: '7', userName: 'alice' } as const
const wrong: Failure = {
  action: 'AuthenticateCall',
  reason: 'SignatureDoesNotMatch',
  source: '192.0.2.1',
  claimed: alice,
  accessKeyId: 'LTAI5tAlice',
}

test('many failures of one kind are one entry and one line, with their number, the first and the last', () => {
  const { time, entries, lines, failures } = observed()
  const began = time.wallClock()
  for (let attempt = 0; attempt < 1000; attempt++) failures.note(wrong)
  time.advance(1000)
  failures.note(wrong)
  expect(entries).toEqual([])
  time.advance(4000)
  expect(entries).toEqual([
    {
      at: began + 1000,
      firstAt: began,
      times: 1001,
      accountId: '1',
      principal: 'acs:ram::1:user/alice',
      principalId: '7',
      accessKeyId: 'LTAI5tAlice',
      source: '192.0.2.1',
      product: 'OpenSAG',
      action: 'AuthenticateCall',
      level: 'Write',
      regionId: undefined,
      resources: ['acs:ram::1:user/alice'],
      outcome: 'SignatureDoesNotMatch',
      requestId: expect.stringMatching(/^[0-9A-F-]{36}$/),
    },
  ])
  expect(lines).toMatchObject([
    { level: 40, msg: 'authentication failed', reason: 'SignatureDoesNotMatch', source: '192.0.2.1', times: 1001 },
  ])
})

test('after the first they are gathered for a minute', () => {
  const { time, entries, failures } = observed()
  failures.note(wrong)
  time.advance(5000)
  failures.note(wrong)
  time.advance(59_999)
  expect(entries).toHaveLength(1)
  time.advance(1)
  expect(entries).toHaveLength(2)
})

test('key, source and reason each make another entry, the addresses of one /64 do not', () => {
  const { time, entries, failures } = observed()
  for (const more of [
    {},
    { source: '192.0.2.2' },
    { reason: 'InvalidAccessKeyId.Inactive' },
    { claimed: undefined, accessKeyId: 'LTAI5tBob' },
    { action: 'ConsoleSignin' as const },
    { source: '2001:db8::1' },
    { source: '2001:db8::2' },
  ]) {
    failures.note({ ...wrong, ...more })
  }
  time.advance(5000)
  expect(entries.map(({ times }) => times)).toEqual([2, 1, 1, 1, 1, 1])
})

test('whatever an attacker does, entries and memory have a bound, and every failure is counted', () => {
  const { time, entries, lines, failures } = observed()
  const reasons = ['SignatureDoesNotMatch', 'InvalidAccessKeyId.NotFound']
  for (let minute = 0; minute < 3; minute++) {
    for (let attempt = 0; attempt < 20_000; attempt++) {
      const source = `198.51.${attempt >> 8}.${attempt & 255}`
      const reason = reasons[attempt % 2] ?? ''
      failures.note({ ...wrong, claimed: undefined, accessKeyId: `LTAI5t${attempt}`, source, reason })
    }
    for (let attempt = 0; attempt < 5; attempt++) failures.note(wrong)
    time.advance(60_000)
  }
  expect(entries.length).toBe(3 * (1 + 8 + 2))
  expect(lines.length).toBe(entries.length)
  expect(entries.reduce((sum, { times = 0 }) => sum + times, 0)).toBe(3 * 20_005)
  // Guesses at a key that exists are not hidden among all the others.
  expect(entries.filter(({ principalId }) => principalId === '7').map(({ times }) => times)).toEqual([5, 5, 5])
  expect(entries.filter(({ source }) => source === 'various')).toHaveLength(6)
  expect(failures.counts().map(({ count }) => count)).toEqual([30_015, 30_000])
})

test('of those that come when the memory is full only the reason is kept', () => {
  const { time, entries, failures } = observed()
  const invented = { ...wrong, claimed: undefined }
  for (let source = 0; source < 500; source++)
    failures.note({ ...invented, source: `198.51.${source >> 8}.${source & 255}` })
  for (let attempt = 0; attempt < 100; attempt++) failures.note({ ...invented, source: '192.0.2.9' })
  time.advance(5000)
  expect(entries.map(({ source }) => source)).not.toContain('192.0.2.9')
  expect(entries.find(({ source }) => source === 'various')).toMatchObject({ times: 592 })
})

test('what was sent in the place of a key is kept only when it is one', () => {
  const { time, entries, failures } = observed()
  for (const accessKeyId of ['my_Password_1', 'LTAI5t"}\n', `LTAI${'a'.repeat(99)}`, 'LTAI5tGood', 'STS.Good']) {
    failures.note({ ...wrong, claimed: undefined, accessKeyId })
  }
  time.advance(5000)
  expect(entries.map(({ accessKeyId }) => accessKeyId).sort()).toEqual(['', 'LTAI5tGood', 'STS.Good'])
  expect(JSON.stringify(entries)).not.toContain('my_Password_1')
})

test('a remote user’s account is named, one that nobody has is not', () => {
  const { time, entries, failures } = observed()
  const claimed = {
    kind: 'RemoteUser',
    accountId: '1',
    principal: 'remote-user/sag-1/anna',
    resource: 'acs:smartag:*:1:smartag/sag-1',
  } as const
  failures.note({ action: 'RemoteLogon', reason: 'LogonFailed', source: 'x', claimed })
  failures.note({ action: 'RemoteLogon', reason: 'LogonFailed', source: 'x' })
  time.advance(5000)
  expect(entries).toMatchObject([
    { principal: 'remote-user/sag-1/anna', accountId: '1', resources: ['acs:smartag:*:1:smartag/sag-1'] },
    { principal: 'unknown', accountId: '', resources: [] },
  ])
})

test('what was counted is recorded when the server stops, and nothing is waited for after that', async () => {
  const { time, entries, failures } = observed()
  failures.note(wrong)
  await failures.close()
  expect(entries).toHaveLength(1)
  failures.note(wrong)
  expect([time.pending(), failures.counts()[0]?.count]).toEqual([0, 2])
})

test('a trail that cannot be written is one line, and ends nothing', async () => {
  const { time, lines, failures } = observed(() => Promise.reject(new Error('disk full')))
  failures.note(wrong)
  time.advance(5000)
  await failures.close()
  expect(lines.map(({ msg }) => msg)).toEqual(['authentication failed', 'recording failed authentications failed'])
})
