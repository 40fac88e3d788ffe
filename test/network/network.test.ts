import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { limit } from '../support/time.ts'
import { testAbsence } from './away.suite.ts'
import { testBox } from './box.suite.ts'
import { type Capture, startCapture } from './capture.ts'
import { testDeaths } from './deaths.suite.ts'
import { whatNetworksNeed } from './lack.ts'
import { leaksAmong } from './leaks.ts'
import { testLock } from './lock.suite.ts'
import { testReachability } from './reachability.suite.ts'
import { testRemoval } from './removal.suite.ts'
import { testRoutes } from './routes.suite.ts'
import { testServices } from './services.suite.ts'
import { openSite, type Site } from './site.ts'
import { testTransfer } from './transfer.suite.ts'

const lack = whatNetworksNeed()

/** What calls of the API say of a network, as packets of real terminals. The whole run is captured on the internet. */
describe.skipIf(lack !== undefined)(`the network${lack ? ` (${lack})` : ''}`, () => {
  let site: Site
  let capture: Capture

  beforeAll(async () => {
    site = await openSite()
    capture = await startCapture(site.world.bench.internet, 'inet')
  }, limit(120_000))

  afterAll(async () => site?.world.close(), limit(60_000))

  describe('who reaches whom', () => testReachability(() => site))
  describe('routes of a branch', () => testRoutes(() => site))
  describe('the security lock', () => testLock(() => site))
  describe('programs that die', () => testDeaths(() => site))
  describe('without the control plane', () => testAbsence(() => site))
  describe('reboot and upgrade', () => testBox(() => site))

  test('in all this time nothing has left in the clear', async () => {
    const packets = await capture.stop()
    expect(leaksAmong(packets, site.world.place.host)).toEqual([])
    // Tunnels went over this wire.
    expect(packets.filter(({ sourcePort }) => sourcePort === 4500).length).toBeGreaterThan(100)
  })

  // More than a capture could keep up with.
  describe('what else an instance has', () => testServices(() => site))
  describe('long connections', () => testTransfer(() => site))
  describe('taken away', () => testRemoval(() => site))
})
