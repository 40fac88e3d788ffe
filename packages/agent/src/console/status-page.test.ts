import { expect, test } from 'vitest'
import { createMemoryDisk } from '../disk.ts'
import { openLocalSettings } from '../local-settings.ts'
import { type ConsoleStatus, statusPage } from './status-page.ts'
import { textsIn } from './texts.ts'

const inForce = {
  instanceId: 'sag-one',
  revision: 7,
  config: {
    cidrs: ['10.0.0.0/24'],
    routingStrategy: 'static',
    securityLockThreshold: 0,
    snat: [],
    probeAddresses: [],
  },
} as const

async function shown(language: 'en' | 'zh', more: Partial<ConsoleStatus>): Promise<string> {
  const status: ConsoleStatus = {
    serial: 'sag32a30000',
    model: 'SAG-1000',
    version: '2.3.1.1',
    connection: { is: 'online' },
    passwordChangedAt: undefined,
    ...more,
  }
  const settings = await openLocalSettings({ disk: createMemoryDisk(), serial: status.serial })
  return statusPage({ texts: textsIn(language), language, device: status }, status, settings)
}

const applied = { instanceId: 'sag-one', revision: 7 }

test.each([
  ['in force', { inForce, status: { applied } }, ['in force'], ['on trial', 'Given up']],
  ['on trial', { inForce, status: { applied, trial: 2 } }, ['on trial'], ['Given up']],
  ['failing', { inForce, status: { applied, failing: true } }, ['this system does not take it'], ['Given up']],
  [
    'with one given up',
    { inForce, status: { applied, reverted: { instanceId: 'sag-one', revision: 8, reason: 'unconfirmed' } } },
    ['in force', 'revision 8: the server could not be reached with it'],
    ['on trial'],
  ],
  [
    'with the first one given up',
    { status: { reverted: { instanceId: 'sag-one', revision: 1, reason: 'restarts' } } },
    ['has not been given one', 'revision 1: this gateway started again and again with it'],
    [],
  ],
] as const)('a configuration %s', async (_, status, there, absent) => {
  const page = await shown('en', status)
  for (const text of there) expect(page).toContain(text)
  for (const text of absent) expect(page).not.toContain(text)
  expect(await shown('zh', status)).toMatch(/[\u4e00-\u9fa5]/)
})

test('a time is shown in UTC, whatever the zone of the gateway', async () => {
  const page = await shown('en', { passwordChangedAt: Date.UTC(2026, 0, 31, 23, 30) })
  expect(page).toMatch(/<time datetime="2026-01-31T23:30:00\.000Z">Jan 31, 2026.*11:30:00\sPM UTC<\/time>/)
})
