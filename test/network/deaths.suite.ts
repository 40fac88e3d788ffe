import { expect, test } from 'vitest'
import type { Machine } from '../linux/box.ts'
import { until } from '../support/time.ts'
import { sh } from './bench.ts'
import { answered, untilReached } from './ping.ts'
import { addressIn, cloud, type Site } from './site.ts'

/** Programs that end as programs do when the kernel runs out of memory. */
export function testDeaths(site: () => Site): void {
  test.each([
    ['strongSwan of a gateway', 'charon', (all: Site) => all.one.gateway],
    ['BIRD of a gateway', 'bird', (all: Site) => all.one.gateway],
    ['strongSwan of the point of presence', 'charon', (all: Site) => all.pop.machine],
    ['BIRD of the point of presence', 'bird', (all: Site) => all.pop.machine],
  ])('%s is killed, and packets flow again', async (_, name, where) => {
    const { one, two } = site()
    const machine = where(site())
    const before = await pidsOf(machine, name)
    expect(before.length).toBeGreaterThan(0)
    await sh(machine, `pkill -KILL -x ${name}`)
    await until(`${name} runs anew`, async () => {
      const now = await pidsOf(machine, name)
      return now.length >= before.length && now.every((pid) => !before.includes(pid))
    })
    await untilReached(one.terminal.machine, cloud)
    await untilReached(one.terminal.machine, await addressIn(two, '172.16.20.'))
  })

  test('the DHCP server of a gateway is killed, and a terminal gets a lease', async () => {
    const { one } = site()
    await sh(one.gateway, 'pkill -KILL -x dnsmasq')
    await one.terminal.replug()
    await until('no lease', () => one.terminal.lease() === undefined)
    await untilReached(one.terminal.machine, cloud)
  })

  test('the agent and the program of the point of presence are killed: packets flow meanwhile, and after', async () => {
    const { world, one, pop } = site()
    await Promise.all([one.program.stop(), pop.program.stop()])
    // The daemons are theirs no longer, and go on.
    expect(await answered(one.terminal.machine, cloud, 5)).toBe(5)
    pop.start()
    one.start()
    await until('it is on line', async () => (await world.api.state(one.instance, one.serial)) === 'Normal')
    await untilReached(one.terminal.machine, cloud)
    // What is changed afterwards is carried out.
    await world.api.call('UnbindSmartAccessGateway', { SmartAGId: one.instance, CcnId: site().first })
    await until('it is cut off', async () => (await answered(one.terminal.machine, cloud, 3)) === 0)
    await world.api.call('BindSmartAccessGateway', { SmartAGId: one.instance, CcnId: site().first })
    await untilReached(one.terminal.machine, cloud)
  })

  test('the disk of a gateway is full: it is told of a change, and carries it out when it begins anew with room', async () => {
    const { world, one, two } = site()
    await sh(two.gateway, 'dd if=/dev/zero of=/var/lib/opensag-agent/filler bs=4k count=1000 2>/dev/null || true')
    await world.modify(two, { CidrBlock: '172.16.21.0/24' })
    await sh(two.gateway, 'rm /var/lib/opensag-agent/filler')
    // Without that the server offers it again after a minute.
    two.program.signal('SIGKILL')
    await untilReached(one.terminal.machine, await addressIn(two, '172.16.21.'))
  })
}

async function pidsOf(machine: Machine, name: string): Promise<readonly string[]> {
  return (await sh(machine, `pgrep -x ${name} || true`)).split('\n').filter((pid) => pid !== '')
}
