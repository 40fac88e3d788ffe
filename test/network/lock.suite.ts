import { expect, test } from 'vitest'
import { limit, until } from '../support/time.ts'
import { answered, startPing, untilReached } from './ping.ts'
import { cloud, type Site } from './site.ts'

const seconds = 5

/** The security lock of a gateway whose agent is dead. */
export function testLock(site: () => Site): void {
  let killed = 0

  test('forwarding stops when the threshold is over, though the agent is dead, and not much earlier', async () => {
    const { world, one } = site()
    await world.modify(one, { SecurityLockThreshold: String(seconds) })
    await until('the gateway has it', async () => {
      const { instance, serial } = one
      const params = { SmartAGId: instance, SmartAGSn: serial }
      return (await world.api.call('DescribeSAGDeviceInfo', params))['SynStatus'] === 'Synchronized'
    })
    await untilReached(one.terminal.machine, cloud)
    const pings = startPing(one.terminal.machine, cloud)
    await until('pings are answered', () => pings.lastAnswered() > 0)
    killed = Date.now()
    await one.program.stop()
    await until('the lock', async () => (await answered(one.terminal.machine, cloud, 3)) === 0)
    const last = pings.lastAnswered() - killed
    await pings.stop()
    expect(last).toBeLessThan(seconds * 1000 + limit(1000))
    // The last heartbeat was a moment before; a lock that falls at once would be none.
    expect(last).toBeGreaterThan((seconds * 1000) / 2)
  })

  test('the gateway stays locked when its agent is back, until it is unlocked', async () => {
    const { world, one } = site()
    // An agent that begins anew counts from its last mark on, which may be five seconds late.
    await until('its absence is beyond doubt', () => Date.now() > killed + 2 * seconds * 1000)
    one.start()
    await until('it is connected', () => one.program.output().includes('"connection":"online"'))
    expect(await answered(one.terminal.machine, cloud, 3)).toBe(0)
    await world.api.call('UnlockSmartAccessGateway', { SmartAGId: one.instance })
    await untilReached(one.terminal.machine, cloud)
    await world.modify(one, { SecurityLockThreshold: '0' })
  })
}
