import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { limit, until } from '../support/time.ts'
import { sh } from './bench.ts'
import { answered, startPing, untilReached } from './ping.ts'
import { addressIn, cloud, type Site, statusOf } from './site.ts'
import type { Branch } from './world.ts'

/** How long the control plane is away at least; `OPENSAG_NETWORK_AWAY=600`: ten minutes. */
const seconds = Number(process.env['OPENSAG_NETWORK_AWAY'] ?? 0)
/** Of the gateway that locks itself. */
const threshold = 5

/** The control plane is away: the network goes on by the last configuration, and heals by itself. */
export function testAbsence(site: () => Site): void {
  test(
    'the control plane is away: tunnels, leases and routes go on and begin anew, a lock falls, and a change comes through when it is back',
    async () => {
      const { world, one, two, stranger, pop } = site()
      await world.modify(stranger, { SecurityLockThreshold: String(threshold) })
      await until('the gateway has the threshold', () => isSynchronized(stranger))
      await untilReached(stranger.terminal.machine, cloud)
      const back = performance.now() + seconds * 1000
      world.server.signal('SIGSTOP')
      try {
        for (const { program } of [one, pop]) program.signal('SIGKILL')
        for (const machine of [one.gateway, pop.machine]) await sh(machine, 'pkill -KILL -x "bird|charon"')
        await sh(one.gateway, 'pkill -KILL -x dnsmasq')
        await until('the programs are there', () => one.program.pid !== undefined && pop.program.pid !== undefined)
        await untilReached(one.terminal.machine, cloud)
        await untilReached(two.terminal.machine, await addressIn(one, '172.16.1.'))
        for (const branch of [one, two]) await renewed(branch)
        await one.terminal.replug()
        await untilReached(one.terminal.machine, cloud)
        // It could also be out of reach for a moment because the point of presence had no program.
        await until('the lock has fallen', async () => (await statusOf(stranger)).locked)
        expect(await answered(stranger.terminal.machine, cloud, 3)).toBe(0)
        const pings = startPing(one.terminal.machine, cloud)
        await until('it has been away for so long', () => performance.now() > back, limit(seconds * 1000 + 1_000))
        const { sent, lost } = await pings.stop()
        // A terminal takes its address off for a moment whenever it renews, and BFD is late on a loaded machine.
        expect(lost).toBeLessThanOrEqual(Math.max(1, sent / 20))
        expect(await answered(stranger.terminal.machine, cloud, 3)).toBe(0)
      } finally {
        world.server.signal('SIGCONT')
      }
      await world.modify(two, { CidrBlock: '172.16.22.0/24' })
      await untilReached(one.terminal.machine, await addressIn(two, '172.16.22.'))
      // Only a person opens a lock.
      await until(
        'the others are on line again',
        async () => (await world.api.state(one.instance, one.serial)) === 'Normal',
      )
      expect(await answered(stranger.terminal.machine, cloud, 3)).toBe(0)
      await world.api.call('UnlockSmartAccessGateway', { SmartAGId: stranger.instance })
      await untilReached(stranger.terminal.machine, cloud)
      await world.modify(stranger, { SecurityLockThreshold: '0' })
    },
    limit(120_000 + seconds * 1000),
  )

  async function isSynchronized({ instance, serial }: Branch): Promise<boolean> {
    const params = { SmartAGId: instance, SmartAGSn: serial }
    return (await site().world.api.call('DescribeSAGDeviceInfo', params))['SynStatus'] === 'Synchronized'
  }
}

/** Resolves when the terminal's lease ends later than before: its gateway has renewed it. */
async function renewed({ gateway, terminal }: Branch): Promise<void> {
  const { address } = await terminal.leased(() => true)
  const end = (): number => {
    const leases = readFileSync(gateway.path('/run/opensag/gateway/dnsmasq.leases'), 'utf8').split('\n')
    return Number(leases.find((line) => line.split(' ')[2] === address)?.split(' ')[0] ?? 0)
  }
  const before = end()
  await until('the lease is renewed', async () => {
    await terminal.renew()
    return end() > before
  })
}
