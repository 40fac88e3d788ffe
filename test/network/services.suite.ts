import { expect, test } from 'vitest'
import type { Machine } from '../linux/box.ts'
import { until } from '../support/time.ts'
import { sh } from './bench.ts'
import { port, rateOf, seenAs, serve } from './one-connection.ts'
import { untilCutOff, untilReached } from './ping.ts'
import { addressIn, cloud, type Site } from './site.ts'

/** What is promised of an instance beside who it reaches: translation, bandwidth, the local console. */
export function testServices(site: () => Site): void {
  test('a range that an SNAT entry hides is seen as its address and not reached, until the entry is deleted', async () => {
    const { world, one, two, cloudOfFirst } = site()
    const own = await addressIn(one, '172.16.1.')
    const other = two.terminal.machine
    await untilReached(other, own)
    expect(await seenAs(one.terminal.machine, cloudOfFirst, cloud)).toBe(own)
    const entry = { SmartAGId: one.instance, CidrBlock: '172.16.1.0/24', SnatIp: '10.99.0.1' }
    const { InstanceId } = await world.api.call('AddSnatEntry', entry)
    await until(
      'seen as the address',
      async () => (await seenAs(one.terminal.machine, cloudOfFirst, cloud)) === '10.99.0.1',
    )
    await untilCutOff(other, own)
    await world.api.call('DeleteSnatEntry', { SmartAGId: one.instance, InstanceId: String(InstanceId) })
    await untilReached(other, own)
    expect(await seenAs(one.terminal.machine, cloudOfFirst, cloud)).toBe(own)
  })

  test('a port of a DNAT entry is a host of the branch, for its own network only, and nothing once the entry is deleted', async () => {
    const { world, one, two, cloudOfFirst, cloudOfStranger } = site()
    const host = one.terminal.machine
    const entry = { ExternalIp: '10.99.0.2', ExternalPort: '80', InternalIp: await addressIn(one, '172.16.1.') }
    const given = { SagId: one.instance, IpProtocol: 'tcp', InternalPort: String(port), ...entry }
    const { DnatEntryId } = await world.api.call('AddDnatEntry', given)
    const serving = await serve(host, "socket.on('error', () => {}); socket.end(socket.remoteAddress)")
    const answered = (from: Machine, at: string): Promise<string> => said(from, `/dev/tcp/${at}`)
    await until('the cloud is answered', async () => (await answered(cloudOfFirst, '10.99.0.2/80')) === cloud)
    const other = await addressIn(two, '172.16.2')
    expect(await answered(two.terminal.machine, '10.99.0.2/80')).toBe(other)
    expect(await answered(cloudOfStranger, '10.99.0.2/80')).toBe('')
    await world.api.call('DeleteDnatEntry', { SagId: one.instance, DnatEntryId: String(DnatEntryId) })
    await until('nothing answers', async () => (await answered(cloudOfFirst, '10.99.0.2/80')) === '')
    // It serves on, at its own address.
    expect(await answered(cloudOfFirst, `${entry.InternalIp}/${port}`)).toBe(cloud)
    await sh(host, `kill $(ss -Hltnp sport = ${port} | sed 's/.*pid=//; s/,.*//')`)
    await serving.over
  })

  test('a branch sends and gets no more than the bandwidth of its instance', async () => {
    const { one, stranger, cloudOfFirst, cloudOfStranger } = site()
    for (const { terminal } of [one, stranger]) await untilReached(terminal.machine, cloud)
    // 50 and 10 Mbit/s were bought. A machine that is busy takes bytes late and then many at once: hence the fifth.
    const sent = await rateOf(stranger.terminal.machine, cloudOfStranger, cloud, 2_000_000)
    const address = await addressIn(stranger, '172.16.1.')
    const got = await rateOf(cloudOfStranger, stranger.terminal.machine, address, 2_000_000)
    expect(Math.max(sent, got)).toBeLessThan(10 * 1.2)
    const more = await rateOf(one.terminal.machine, cloudOfFirst, cloud, 4_000_000)
    expect(more).toBeLessThan(50 * 1.2)
    // What held the other back was its bandwidth.
    expect(more).toBeGreaterThan(sent * 1.5)
  })

  test('the local console is reached at its address for remote access from the network, and not from the branch', async () => {
    const { world, one, cloudOfFirst } = site()
    const at = '172.16.1.200'
    const given = { SmartAGId: one.instance, SerialNumber: one.serial }
    await world.api.call('ModifySagRemoteAccess', { ...given, RemoteAccessIp: at })
    await until('the console answers the cloud', async () => (await console_(cloudOfFirst, at)) === '200')
    expect(await console_(one.terminal.machine, at)).toBe('000')
    await world.api.call('ClearSagRouteableAddress', { SagId: one.instance })
    await until('the console is gone', async () => (await console_(cloudOfFirst, at)) === '000')
  })

  /** What a server by TCP says to whoever connects; nothing when nobody answers. */
  async function said(from: Machine, path: string): Promise<string> {
    const { stdout } = await from.run(['timeout', '1', 'bash', '-c', `cat <${path}`])
    return stdout.trim().replace('::ffff:', '')
  }

  /** The status of the console's first page; `000`: nothing answers. */
  async function console_(from: Machine, address: string): Promise<string> {
    const asked = ['curl', '-s', '-o', '/dev/null', '-m', '2', '-L', '-w', '%{http_code}', `http://${address}:8080/`]
    return (await from.run(asked as [string, ...string[]])).stdout
  }
}
