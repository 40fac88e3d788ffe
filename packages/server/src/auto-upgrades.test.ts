import { systemTimers } from '@opensag/protocol'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { testInWorld } from './apis/testing/harness.suite.ts'
import { addCcn, change } from './apis/testing/networks.suite.ts'
import { upgradeByPolicies } from './auto-upgrades.ts'
import { scheduleDefaults, type UpgradePolicy, windowAt } from './model/upgrade-policy.ts'
import { addFirmware } from './store/gateways/firmware.ts'

const minute = 60_000
/** Four o'clock in Shanghai. */
const four = Date.UTC(2024, 0, 30, 20)

testInWorld('upgrades by policies', (world) => {
  const requests = () => world().gateways.requests

  async function look(at: number): Promise<readonly string[]> {
    const { store, gateways } = world()
    world().now = at
    requests().length = 0
    await upgradeByPolicies({
      store,
      gateways: {
        async upgrade({ serial }, version) {
          requests().push(`${serial} ${version}`)
          return gateways.outcome
        },
      },
      nodeId: 'node',
      businessClock: () => world().now,
      timers: systemTimers,
      logger: pino({ level: 'silent' }),
    })
    return [...requests()]
  }

  const offer = (version: string, type: 'release' | 'beta' = 'release') =>
    world().store.write((tx) => addFirmware(tx, { model: 'sag-1000', version, name: version, type, createdAt: 0 }))

  async function device(policy: Partial<UpgradePolicy> = {}): Promise<{ id: string; serial: string }> {
    const id = await world().addInstance()
    const serial = await world().addDevice(id, { version: '2.3.0.0', startedAt: 1 })
    await world().store.write((tx) =>
      tx.updateTable('device').set({ node: 'node' }).where('serial', '=', serial).execute(),
    )
    await addCcn(world(), {}, id)
    const scheduled = { versionType: 'Device', upgradeType: 'scheduled', schedule: scheduleDefaults } as const
    await change(world(), ({ upgradePolicies }) =>
      upgradePolicies.set({ serial, ...scheduled, seenStart: undefined, ...policy }),
    )
    return { id, serial }
  }

  test('a device takes the newest release inside of its window, once in a window, and never outside', async () => {
    const { serial } = await device()
    for (const version of ['2.2.0.0', '2.4.0.0', '2.5.0.0']) await offer(version)
    await offer('2.6.0.0', 'beta')
    expect(await look(four - minute)).toEqual([])
    expect(await look(four + 60 * minute)).toEqual([])
    expect(await look(four + 6 * minute)).toEqual([`${serial} 2.5.0.0`])
    expect(await look(four + 8 * minute)).toEqual([])
    expect(await look(four + 24 * 60 * minute + 6 * minute)).toEqual([`${serial} 2.5.0.0`])
  })

  test('devices of one window are spread over five minutes', () => {
    const serials = Array.from({ length: 50 }, (_, index) => `sag${index}`)
    const open = (minutes: number) =>
      serials.filter((serial) => windowAt(scheduleDefaults, serial, four + minutes * minute) === four).length
    expect(open(0)).toBeGreaterThan(0)
    expect(open(0)).toBeLessThan(open(2))
    expect(open(4)).toBeLessThan(50)
    expect(open(5)).toBe(50)
  })

  test('a device with the policy `boot` upgrades after its next start, and not in a circle', async () => {
    const { serial } = await device({ upgradeType: 'boot', schedule: undefined, seenStart: 1 })
    await offer('2.4.0.0')
    expect(await look(four)).toEqual([])
    await world().setDevice(serial, { startedAt: 2 })
    expect(await look(four)).toEqual([`${serial} 2.4.0.0`])
    // It came back with the version it had.
    await world().setDevice(serial, { startedAt: 3 })
    expect(await look(four)).toEqual([])
    await offer('2.5.0.0')
    expect(await look(four)).toEqual([])
    await world().setDevice(serial, { startedAt: 4 })
    expect(await look(four)).toEqual([`${serial} 2.5.0.0`])
  })

  test('only a device that somebody could upgrade is: connected here, in a network, paid for, and not by hand', async () => {
    await offer('2.4.0.0')
    const at = four + 10 * minute
    const [away, elsewhere, overdue, alone] = [await device(), await device(), await device(), await device()]
    await device({ upgradeType: 'manual' })
    await device({ versionType: 'Dpi' })
    await world().setDevice(away.serial, { connected: false })
    await world().store.write((tx) =>
      tx.updateTable('device').set({ node: 'other' }).where('serial', '=', elsewhere.serial).execute(),
    )
    await world().fleet.setOverdue(overdue.id, 1)
    await world().store.write((tx) =>
      tx.updateTable('instance').set({ ccn_id: null }).where('id', '=', alone.id).execute(),
    )
    expect(await look(at)).toEqual([])
    const { serial } = await device()
    expect(await look(at)).toEqual([`${serial} 2.4.0.0`])
  })
})
