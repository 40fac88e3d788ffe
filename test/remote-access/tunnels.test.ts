import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Operation } from '../../packages/server/src/apis/operation.ts'
import { disableSmartAccessGatewayUser } from '../../packages/server/src/apis/smartag/client-users/disable-smart-access-gateway-user.ts'
import { enableSmartAccessGatewayUser } from '../../packages/server/src/apis/smartag/client-users/enable-smart-access-gateway-user.ts'
import { kickOutClients } from '../../packages/server/src/apis/smartag/client-users/kick-out-clients.ts'
import { modifySmartAccessGatewayClientUser } from '../../packages/server/src/apis/smartag/client-users/modify-smart-access-gateway-client-user.ts'
import { resetSmartAccessGatewayClientUserPassword } from '../../packages/server/src/apis/smartag/client-users/reset-smart-access-gateway-client-user-password.ts'
import { describeUserFlowStatistics } from '../../packages/server/src/apis/smartag/monitoring/describe-user-flow-statistics.ts'
import { limit, until } from '../support/time.ts'
import { password } from './site.ts'
import { hostInCloud, openTunnelWorld, type TunnelWorld, type User, whatTunnelsNeed } from './tunnel-world.ts'

const lack = whatTunnelsNeed()
const name = 'anna-test'

describe.skipIf(lack !== undefined)(`the tunnels of remote users${lack ? ` (${lack})` : ''}`, () => {
  let world: TunnelWorld
  /** What opens the account now. */
  let current = password

  beforeAll(async () => {
    world = await openTunnelWorld()
    await world.site.set(world.instance, { connection_audit: 1 })
  }, limit(60_000))
  afterEach(() => world.leave())
  afterAll(() => world?.close())

  const online = (user: User, times = 1): Promise<string> =>
    until('the tunnel is up', () => user.online.length >= times && user.online.at(-1), limit(60_000))
  const sees = (where: 'anna' | 'bert', address: string): boolean =>
    world.run(where, 'ping', '-c1', '-W2', address) !== undefined
  const operate = (operation: Operation, more: Readonly<Record<string, string>> = {}): Promise<unknown> =>
    world.site.operate(operation, { SmartAGId: world.instance, UserName: name, ...more })
  const kick = (): Promise<unknown> => world.site.operate(kickOutClients, { SmartAGId: world.instance, Username: name })
  async function logOn(machine: 'anna' | 'bert' = 'anna'): Promise<User> {
    const user = await world.user(name, current, machine)
    await until('the tunnel is up, or has ended', () => user.online.length > 0 || user.end, limit(60_000))
    if (user.end === undefined) return user
    // On a machine that is this late nobody has decided in time: who wants in tries again.
    expect(user.end).toEqual({ is: 'refused', code: 'ServerBusy' })
    return logOn(machine)
  }

  test('a user logs on with the address of its session and reaches the cloud; nobody sees the password', async () => {
    const user = await world.user(name, current)
    const address = await online(user)
    expect(world.run('anna', 'ip', 'address')).toContain(`${address}/24`)
    expect(sees('anna', hostInCloud)).toBe(true)
    expect(await world.site.audit()).toEqual([`logon ${name} ${address} 198.51.100.2 OpenVPN linux `])

    const lines = commandLines()
    expect(lines.filter((line) => line.includes('openvpn')).length).toBeGreaterThanOrEqual(2)
    expect(lines.filter((line) => line.includes(current))).toEqual([])
    expect(world.site.log()).not.toContain(current)
  })

  test('what a user carries is in the statistics of the month: while it is online, at its end, and of the next session too', async () => {
    const bytes = async (): Promise<number> => {
      const asked = { SmartAGId: world.instance, 'UserNames.1': name }
      const { SagStatistics } = (await world.site.operate(describeUserFlowStatistics, asked)) as {
        readonly SagStatistics: readonly { readonly TotalBytes: string }[]
      }
      return Number(SagStatistics[0]?.TotalBytes)
    }
    const carry = (): unknown => world.run('anna', 'ping', '-c5', '-i0.01', '-s1000', hostInCloud)
    await logOn()
    const before = await bytes()
    carry()
    await until('five requests and answers count', async () => (await bytes()) >= before + 10_280)
    const during = await bytes()
    carry()
    await world.leave()
    await until('so do those before the end', async () => (await bytes()) >= during + 10_280)
    await logOn()
    const between = await bytes()
    carry()
    await until('and those of the next one', async () => (await bytes()) >= between + 10_280)
    expect(await bytes()).toBeLessThan(before + 60_000)
  })

  test('a wrong password opens nothing', async () => {
    const user = await world.user(name, 'wrong-pass')
    expect(await user.ended).toEqual({ is: 'refused', code: 'LogonFailed' })
    expect(user.online).toEqual([])
    expect(sees('anna', hostInCloud)).toBe(false)
  })

  test('a new password ends the tunnel, the old one is refused and the new one accepted; the audit says so', async () => {
    const user = await logOn()
    const before = (await world.site.audit()).length
    await operate(resetSmartAccessGatewayClientUserPassword, { Password: 'another1' })
    expect(await user.ended).toEqual({ is: 'halted' })
    expect(sees('anna', hostInCloud)).toBe(false)
    const late = await world.user(name, current)
    expect(await late.ended).toEqual({ is: 'refused', code: 'LogonFailed' })
    current = 'another1'
    await logOn()
    expect((await world.site.audit()).slice(before).map((row) => row.split(' ').filter((_, at) => at !== 2))).toEqual([
      ['logoff', name, '198.51.100.2', 'OpenVPN', 'linux', 'PasswordReset'],
      ['refused', name, '198.51.100.2', 'OpenVPN', 'linux', 'LogonFailed'],
      ['logon', name, '198.51.100.2', 'OpenVPN', 'linux', ''],
    ])
  })

  test('a client that does not stop when it is told to is not let in by its token, nor by the password it had', async () => {
    const user = await logOn()
    // Nobody tells the pop; it finds out by its next sign of life, and a plain kill lets the client try again.
    const told = world.site.world.sessionsChanged
    world.site.world.sessionsChanged = () => {}
    await operate(resetSmartAccessGatewayClientUserPassword, { Password: 'another2' })
    current = 'another2'
    expect(await user.ended).toEqual({ is: 'refused', code: 'LogonFailed' })
    expect(user.online).toHaveLength(1)
    world.site.world.sessionsChanged = told
  })

  test('a disabled account is thrown out and refused, and let in again when it is enabled', async () => {
    const user = await logOn()
    await operate(disableSmartAccessGatewayUser)
    expect(await user.ended).toEqual({ is: 'halted' })
    const barred = await world.user(name, current)
    expect(await barred.ended).toEqual({ is: 'refused', code: 'UserDisabled' })
    await operate(enableSmartAccessGatewayUser)
    await logOn()
  })

  test('who is kicked out is out, and may log on again', async () => {
    const user = await logOn()
    await kick()
    expect(await user.ended).toEqual({ is: 'halted' })
    await logOn()
  })

  test('who is kicked out stays out also when a sign of life is answered first', async () => {
    const user = await logOn()
    const told = world.site.world.sessionsChanged
    let tellLater = (): void => {}
    world.site.world.sessionsChanged = (...news) => {
      tellLater = () => told(...news)
    }
    const before = world.endedForNow()
    await kick()
    await until('a sign of life is answered', () => world.endedForNow() > before)
    world.site.world.sessionsChanged = told
    tellLater()
    const is = await until('it is out, or back', () => user.end ?? (user.online.length > 1 ? 'back' : undefined))
    expect(is).toEqual({ is: 'halted' })
  })

  test('of two machines with one account the later one has the tunnel', async () => {
    const first = await logOn('anna')
    await logOn('bert')
    expect(await first.ended).toEqual({ is: 'halted' })
    expect(sees('bert', hostInCloud)).toBe(true)
    expect(sees('anna', hostInCloud)).toBe(false)
  })

  test('a machine that moves to another address keeps its tunnel and its session', async () => {
    const user = await logOn()
    const before = await world.site.audit()
    for (const [where, script] of [
      ['pop', 'ip addr add 198.51.100.9/30 dev anna'],
      [
        'anna',
        'ip addr add 198.51.100.10/30 dev wan; ip route replace default via 198.51.100.9; ip addr del 198.51.100.2/30 dev wan',
      ],
    ] as const)
      expect(world.run(where, 'sh', '-ec', script)).toBeDefined()
    await until('it reaches the cloud again', () => sees('anna', hostInCloud))
    expect(user.online).toHaveLength(1)
    expect(await world.site.audit()).toEqual(before)
    // It is still known by its session.
    await kick()
    expect(await user.ended).toEqual({ is: 'halted' })
    for (const [where, script] of [
      [
        'anna',
        'ip addr add 198.51.100.2/30 dev wan; ip route replace default via 198.51.100.1; ip addr del 198.51.100.10/30 dev wan',
      ],
      ['pop', 'ip addr del 198.51.100.9/30 dev anna'],
    ] as const)
      expect(world.run(where, 'sh', '-ec', script)).toBeDefined()
  })

  test('with another certificate, or when OpenVPN is killed, clients come back by themselves', async () => {
    const user = await logOn()
    await world.certify()
    await online(user, 2)
    expect(sees('anna', hostInCloud)).toBe(true)
    world.killServer()
    await online(user, 3)
    await until('it reaches the cloud again', () => sees('anna', hostInCloud))
  })

  test('the bandwidth of an account holds in both directions, and a change of it for the running tunnel', async () => {
    await operate(modifySmartAccessGatewayClientUser, { Bandwidth: '8000' })
    const user = await logOn()
    await world.serveSpeed()
    const [up, down] = [await world.speed('up'), await world.speed('down')]
    await operate(modifySmartAccessGatewayClientUser, { Bandwidth: '2000' })
    await until('the tunnel is slower', () => world.shares().every((share) => share.includes('rate 2Mbit')))
    const [upLater, downLater] = [await world.speed('up'), await world.speed('down')]
    expect(up / upLater).toBeGreaterThan(2)
    expect(down / downLater).toBeGreaterThan(2)
    expect(user.online).toHaveLength(1)
  })
})

function commandLines(): readonly string[] {
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return []
    try {
      return [readFileSync(`/proc/${pid}/cmdline`, 'latin1')]
    } catch {
      // It has ended.
      return []
    }
  })
}
