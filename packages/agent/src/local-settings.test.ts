import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createMemoryDisk } from './disk.ts'
import { factoryConfiguration, parseLocalChanges, UnusableSettings } from './local-configuration.ts'
import { openLocalSettings } from './local-settings.ts'

const serial = 'sag32a30000'

test('a factory-new gateway is synchronized', async () => {
  const settings = await openLocalSettings({ disk: createMemoryDisk(), serial })
  expect([settings.localRevision(), settings.syncedRevision()]).toEqual([0, 0])
  expect(settings.current()).toEqual({ hostname: serial, wanMode: 'dhcp', dnsServers: [] })
})

test('an edit raises the revision, is told, and is there after a restart', async () => {
  const disk = createMemoryDisk()
  const settings = await openLocalSettings({ disk, serial })
  let told = 0
  settings.onChange(() => {
    told += 1
  })
  await settings.edit({ wanMode: 'static' })
  await settings.edit({ wanMode: 'static' })
  expect([settings.localRevision(), settings.syncedRevision(), told]).toEqual([1, 0, 1])
  const again = await openLocalSettings({ disk, serial: 'another' })
  expect([again.current(), again.localRevision()]).toEqual([settings.current(), 1])
})

test('an edit that breaks a rule changes nothing', async () => {
  const settings = await openLocalSettings({ disk: createMemoryDisk(), serial })
  await expect(settings.edit({ hostname: 'two words' })).rejects.toThrow('hostname')
  await expect(settings.edit({ dnsServers: ['localhost'] })).rejects.toThrow('dnsServers')
  expect(settings.localRevision()).toBe(0)
})

test('an edit that cannot be kept is not in force', async () => {
  const disk = createMemoryDisk()
  const settings = await openLocalSettings({
    disk: { ...disk, write: () => Promise.reject(new Error('disk full')) },
    serial,
  })
  await expect(settings.edit({ wanMode: 'static' })).rejects.toThrow('disk full')
  expect([settings.current().wanMode, settings.localRevision()]).toEqual(['dhcp', 0])
})

test('a file that is damaged is an error, not a factory-new gateway', async () => {
  const disk = createMemoryDisk()
  await disk.write('local-settings.json', '{"localRevision":3')
  await expect(openLocalSettings({ disk, serial })).rejects.toThrow()
})

test('the synchronized revision only rises and never passes the local one', async () => {
  const step = fc.oneof(
    fc.record({ edit: fc.constantFrom('a', 'b', 'c') }),
    fc.record({ synced: fc.nat(12) }),
    fc.constant({ reset: true }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
      const settings = await openLocalSettings({ disk: createMemoryDisk(), serial })
      for (const one of steps) {
        const before = { local: settings.localRevision(), synced: settings.syncedRevision() }
        if ('edit' in one) await settings.edit({ hostname: one.edit })
        else if ('synced' in one) await settings.markSynced(one.synced)
        else await settings.reset()
        expect(settings.syncedRevision()).toBeGreaterThanOrEqual(before.synced)
        expect(settings.syncedRevision()).toBeLessThanOrEqual(settings.localRevision())
        expect(settings.localRevision() - before.local).toBeLessThanOrEqual(1)
      }
    }),
  )
})

test('what a person writes is read by name, and refused without being quoted', () => {
  expect(parseLocalChanges([['dnsServers', ' 192.0.2.53, 2001:db8::53 ']])).toEqual({
    dnsServers: ['192.0.2.53', '2001:db8::53'],
  })
  expect(parseLocalChanges([['dnsServers', '']])).toEqual({ dnsServers: [] })
  for (const [name, value] of [
    ['wanMode', 'pigeon'],
    ['colour', 'pigeon'],
    ['hostname', '-pigeon'],
  ] as const) {
    expect(() => parseLocalChanges([[name, value]])).toThrow(UnusableSettings)
    expect(() => parseLocalChanges([[name, value]])).not.toThrow('pigeon')
  }
})

test.each([
  ['sag32a30000', 'sag32a30000'],
  ['-sag-1-', 'sag-1'],
  ['--', 'gateway'],
])('the gateway %s is at first called %s', (serialNumber, hostname) => {
  expect(factoryConfiguration(serialNumber).hostname).toBe(hostname)
})
