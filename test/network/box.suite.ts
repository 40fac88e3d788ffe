import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { startAgent } from '../linux/fault-world.ts'
import { program } from '../linux/service.ts'
import { withRightsOf } from '../linux/unit-rights.ts'
import { runToEnd } from '../support/process.ts'
import { until } from '../support/time.ts'
import { sh } from './bench.ts'
import { answered, untilReached } from './ping.ts'
import { cloud, type Site } from './site.ts'
import type { Branch } from './world.ts'

const version = '2.4.0.0'

/** What is read as `/etc/opensag/agent.env` by the unit. */
const environment = '/etc/opensag/agent.env'
/** Stands for what its service manager is asked. */
const wish = '/run/reboot'
const upgrade = '/etc/opensag/upgrade'
const upgrading = `#!/bin/sh -e
echo "OPENSAG_AGENT_FIRMWARE=$1" > ${environment}
touch ${wish}
`

/** What the API does to a box that carries packets: a reboot, an upgrade. */
export function testBox(site: () => Site): void {
  async function start(): Promise<void> {
    const { world, one } = site()
    const reading = ['sh', '-c', `set -a; . ${environment}; exec "$@"`, 'sh']
    const rights = withRightsOf('opensag-agent.service', 'opensag-agent-network.conf')
    const commands = ['--reboot-command', 'touch', wish, '--upgrade-command', upgrade]
    const options = ['--network', '/etc/opensag/network.json', ...commands]
    one.program = startAgent(one.gateway, world.place, one.serial, options, [...reading, ...rights])
    // This program: the state may still be that of the one before.
    await until('it is connected', () => one.program.output().includes('"connection":"online"'))
    await until('it is on line', async () => (await world.api.state(one.instance, one.serial)) === 'Normal')
  }

  test('a reboot that the API asks for is the program of the machine, which is away and then as it was', async () => {
    const { world, one } = site()
    writeFileSync(one.gateway.path(environment), '')
    writeFileSync(one.gateway.path(upgrade), upgrading, { mode: 0o755 })
    await one.program.stop()
    await start()
    await world.api.call('RebootSmartAccessGateway', { SmartAGId: one.instance, SerialNumber: one.serial })
    expect(await world.api.state(one.instance, one.serial)).not.toBe('Normal')
    await until('it is asked to reboot', () => existsSync(one.gateway.path(wish)))
    await reboot(one)
    expect(await answered(one.terminal.machine, cloud)).toBe(0)
    await start()
    await untilReached(one.terminal.machine, cloud)
  })

  test('an upgrade is the program of the machine, and the version what it comes back with', async () => {
    const { world, one } = site()
    const offer = ['operator', 'firmware', 'add', '--model', 'sag-1000', '--version', version]
    const offered = await runToEnd(process.execPath, [program, ...offer, '--data', world.place.folder])
    expect(offered).toMatchObject({ code: 0 })
    const { instance: SmartAGId, serial: SerialNumber } = one
    const wanted = { SmartAGId, SerialNumber, VersionCode: version }
    await world.api.call('UpdateSmartAccessGatewayVersion', wanted)
    expect(await world.api.state(SmartAGId, SerialNumber)).not.toBe('Normal')
    await until('it is asked to reboot', () => existsSync(one.gateway.path(wish)))
    await reboot(one)
    await start()
    await untilReached(one.terminal.machine, cloud)
    expect(await world.api.call('DescribeSAGDeviceInfo', { SmartAGId, SmartAGSn: SerialNumber })).toMatchObject({
      Version: version,
    })
    // It cannot be brought to what it has.
    expect(await world.api.tell('UpdateSmartAccessGatewayVersion', wanted)).toEqual({
      is: 'failure',
      code: 'VersionTooOld',
    })
  })
}

/** As the kernel does: no program goes on, and nothing is left in its network and in /run. */
async function reboot({ program: agent, gateway }: Branch): Promise<void> {
  rmSync(gateway.path(wish))
  await agent.stop()
  await sh(gateway, 'pkill -KILL -x "charon|bird|dnsmasq" || true')
  const { status, stderr } = await gateway.run([process.execPath, program, 'agent', '--remove'])
  expect({ status, stderr }).toMatchObject({ status: 0 })
  await sh(gateway, 'ip link set lan down; rm -rf /run/opensag')
}
