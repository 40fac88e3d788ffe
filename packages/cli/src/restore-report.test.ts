import type { Manifest } from '@opensag/server/backup'
import { expect, test } from 'vitest'
import { reportOf } from './restore-report.ts'
import { speak } from './say.ts'

const restored = {
  restoredAt: Date.UTC(2026, 10, 28, 12),
  signatureFence: Date.UTC(2026, 10, 28, 12, 10),
  sessionsEnded: 2,
  remoteUsersLoggedOff: 0,
  changesFailed: 1,
  keysDeactivated: 0,
  returned: {
    accounts: 1,
    activeKeys: [
      { accessKeyId: 'LTAI1', accountId: '1', user: undefined },
      { accessKeyId: 'LTAI2', accountId: '1', user: 'bob' },
    ],
    users: 1,
    roles: 0,
    logons: 1,
    identities: 2,
    securityKeys: 1,
    mfaDevices: 0,
    attachments: [{ accountId: '1', policy: 'AdministratorAccess', to: 'user bob' }],
    devices: 3,
    gateways: ['sag1', 'sag2'],
    instances: 3,
    remoteUsers: 0,
  },
}
const manifest: Manifest = {
  kind: 'opensag-backup',
  format: 1,
  version: '0.1.0',
  createdAt: '2026-11-27T12:00:00.000Z',
  schema: '',
  rows: {},
  masterKey: 'included',
  note: '',
  files: [],
}

test('what came back is named, so that it can be compared: keys, attached policies, gateways', () => {
  const text = reportOf({ ...restored, manifest, movedTo: '/data.before-x' }, { data: '/data', isDatabase: false })
  expect(text).toContain('/data contains the backup of 2026-11-27T12:00:00.000Z (OpenSAG 0.1.0).')
  expect(text).toContain('The previous data folder is now /data.before-x.')
  expect(text).toContain('\n  2 identities of single sign-on, 1 security key, 0 MFA devices\n')
  expect(text).toContain('  2 active access keys\n    LTAI1 of the account (1)\n    LTAI2 of bob (1)\n')
  expect(text).toContain('  1 attached policy\n    AdministratorAccess on user bob (1)\n')
  expect(text).toContain('  3 instances, 3 devices, of which 2 have enrolled')
  expect(text).not.toContain('Careful')
})

test('what is fenced is told with the time up to which signatures do not count', () => {
  const text = reportOf({ ...restored, manifest }, { data: '/data', isDatabase: false })
  expect(text).toContain('Requests signed at or before 2026-11-28T12:10:00.000Z are refused')
  expect(text).toContain('2 sessions of roles and of the console ended')
  expect(text).toContain('1 undecided password change failed')
  for (const heading of ['Restored', 'Fenced', 'What to do next']) expect(text).toContain(`\n\n${heading}\n`)
})

test('a clock that is behind the backup is told: the fence would be too low', () => {
  const late = { ...manifest, createdAt: '2026-11-28T12:00:01.000Z' }
  expect(reportOf({ ...restored, manifest: late }, { data: '/data', isDatabase: false })).toContain(
    'Warning: the clock of this machine says 2026-11-28T12:00:00',
  )
})

test('a folder that was only marked says nothing of a backup', () => {
  expect(reportOf(restored, { data: '/data', isDatabase: false })).toMatch(
    /^\/data is marked as restored at 2026-11-28T12:00:00\.000Z\.\n\nRestored\n/,
  )
})

test('commands to paste name the data folder, unless it is the default one', () => {
  expect(reportOf(restored, { data: '/data', isDatabase: false })).toContain(
    'opensag operator device list --data /data\n',
  )
  expect(reportOf(restored, { data: '.opensag', isDatabase: false })).toContain('opensag operator device list\n')
})

test('a database has the key of its nodes beside it, which each of them needs', () => {
  const text = reportOf({ ...restored, manifest }, { data: '/node', isDatabase: true })
  expect(text).toContain('The database contains the backup of 2026-11-27T12:00:00.000Z')
  expect(text).toContain(
    'Its master key is in /node: copy master.key, with mode 0600, into the data folder of each other node.',
  )
  expect(reportOf(restored, { data: '/node', isDatabase: true })).toContain('Start every server of it only now.')
})

test('in Chinese no line of it is left in English', async () => {
  await speak('zh')
  const late = { ...manifest, createdAt: '2026-11-28T12:00:01.000Z' }
  const none = { ...restored, returned: { ...restored.returned, gateways: [] } }
  const texts = [
    reportOf(
      { ...restored, manifest: late, movedTo: '/before', keysDeactivated: 3 },
      { data: '/data', isDatabase: true },
    ),
    reportOf(none, { data: '/node', isDatabase: true }),
  ]
  await speak('en')
  const english = /(?<![\w./:<-])(the|and|is|was|are|of|for|with)(?![\w./:>-])/
  const left = texts.flatMap((text) => text.split('\n').filter((line) => english.test(line)))
  expect(left).toEqual([])
  expect(texts[0]).toContain('  2 个有效的 AccessKey（现已停用另外 3 个）\n    LTAI1（账号，1）\n    LTAI2（bob，1）\n')
})
