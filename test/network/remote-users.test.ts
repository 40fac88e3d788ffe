import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Machine } from '../linux/box.ts'
import { operator } from '../linux/fault-world.ts'
import { whatTunnelsNeed } from '../remote-access/tunnel-world.ts'
import { root } from '../support/process.ts'
import { limit, until } from '../support/time.ts'
import { sh } from './bench.ts'
import { whatNetworksNeed } from './lack.ts'
import { rateOf } from './one-connection.ts'
import { openWorld, type World } from './world.ts'

const lack = whatNetworksNeed() ?? whatTunnelsNeed()
const user = 'anna-test'
const pop = 'POP00001'
const host = '10.10.0.10'

/** The programs themselves: `opensag server`, `opensag pop`, `opensag app`. */
describe.skipIf(lack !== undefined)(`remote users${lack ? ` (${lack})` : ''}`, () => {
  let world: World
  let app: string
  let machine: Machine
  let cloud: Machine

  beforeAll(async () => {
    world = await openWorld()
    const ccn = await world.addCcn('office')
    const { hosts } = await world.addPop(pop, [{ ccn, network: '10.10.0' }])
    cloud = hosts[0] as Machine
    const bought = { ChargeType: 'PREPAY', Period: '12', AutoPay: 'true', UserCount: '5', DataPlan: '5' }
    app = String(
      (await world.api.call('CreateSmartAccessGatewaySoftware', { RegionId: 'cn-shanghai', ...bought }))['SmartAGId'],
    )
    await world.api.call('ModifySmartAccessGateway', {
      SmartAGId: app,
      CidrBlock: '10.20.0.0/24',
      RoutingStrategy: 'static',
      SecurityLockThreshold: '0',
    })
    await world.api.call('BindSmartAccessGateway', { SmartAGId: app, CcnId: ccn })
    await world.api.call('ModifySmartAccessGateway', { SmartAGId: app, EnableSoftwareConnectionAudit: 'true' })
    const account = {
      SmartAGId: app,
      UserName: user,
      UserMail: 'anna@example.com',
      Bandwidth: '2000',
      Password: 'First_pass1',
    }
    await world.api.call('CreateSmartAccessGatewayClientUser', account)
    await setDns('10.10.0.53', '10.10.0.5')
    machine = await world.bench.machine()
    await world.bench.plugIntoInternet(machine)
  }, limit(120_000))
  afterAll(() => world?.close(), limit(60_000))

  function logIn(password: string): { readonly child: ChildProcess; said(): string; over(): boolean } {
    const { host: server, port, folder } = world.place
    const given = ['--server', `https://${server}:${port}`, '--instance', app, '--user', user]
    const trusting = ['env', `NODE_EXTRA_CA_CERTS=${join(folder, 'server.pem')}`] as const
    const child = machine.start([
      ...trusting,
      process.execPath,
      join(root, 'packages/cli/bin/opensag.js'),
      'app',
      'login',
      ...given,
    ])
    let text = ''
    let isOver = false
    child.once('close', () => {
      isOver = true
    })
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
    child.stdin?.end(`${password}\n`)
    return { child, said: () => text, over: () => isOver }
  }

  async function setDns(...servers: readonly string[]): Promise<void> {
    const AppDNS = Object.fromEntries(servers.map((server, index) => [`AppDNS.${index + 1}`, server]))
    await world.api.call('ModifyClientUserDNS', { SmartAGId: app, ...AppDNS })
  }

  /** The DNS servers that programs of the machine ask. */
  async function resolvers(): Promise<readonly string[]> {
    return [...(await sh(machine, 'cat /etc/resolv.conf')).matchAll(/^nameserver (\S+)$/gm)].map(([, at]) => `${at}`)
  }

  /** The point of presence holds what follows from the calls so far. */
  async function told(): Promise<void> {
    await until('the pop has been told', async () => {
      type Revisions = Readonly<Record<'desiredRevision' | 'heldRevision', number>>
      const { desiredRevision, heldRevision } = await operator<Revisions>(world.place, 'pop', 'show', pop)
      return desiredRevision === heldRevision
    })
  }

  /** What the audit of connections says, the newest first. */
  async function audited(): Promise<readonly (readonly [unknown, unknown])[]> {
    const found = await world.api.call('ListClientConnections', { SmartAGId: app }, '2026-12-01')
    return (found['Connections'] as readonly Record<string, unknown>[]).map(({ Event, Reason }) => [Event, Reason])
  }

  test(
    'logs on, reaches the cloud by its DNS servers, is out when the password is reset, and has the bandwidth of its account',
    async () => {
      const ownResolvers = await resolvers()
      // The pop has been told, and has its certificate.
      const first = await until(
        'online',
        async () => {
          const one = logIn('First_pass1')
          await until('it says something', () => one.said().includes('Online') || one.over(), limit(30_000)).catch(
            () => undefined,
          )
          if (one.said().includes('Online')) return one
          one.child.kill()
          return undefined
        },
        limit(60_000),
      )
      await sh(machine, `ping -c1 -W3 ${host}`)
      await until('its DNS servers are shown', () => first.said().includes('DNS servers: 10.10.0.53, 10.10.0.5\n'))
      expect(await resolvers()).toEqual(['10.10.0.53', '10.10.0.5'])
      // Who is connected keeps what it was told, and its connection; the next logon is told the others.
      await setDns('10.10.0.54')
      await told()
      expect(await resolvers()).toEqual(['10.10.0.53', '10.10.0.5'])
      await sh(machine, `ping -c1 -W3 ${host}`)
      expect(first.said().match(/Online/g)).toHaveLength(1)
      await world.api.call('ResetSmartAccessGatewayClientUserPassword', {
        SmartAGId: app,
        UserName: user,
        Password: 'Other_pass2',
      })
      await until('it has ended', () => first.over())
      expect(await resolvers()).toEqual(ownResolvers)
      const late = logIn('First_pass1')
      await until('it is refused', () => late.over())
      expect(late.said()).toContain('LogonFailed')
      // A refusal is recorded after its answer.
      await until('the refusal is in the audit', async () => (await audited()).length === 3)
      expect(await audited()).toEqual([
        ['Refused', 'LogonFailed'],
        ['Logoff', 'PasswordReset'],
        ['Logon', undefined],
      ])
      const second = logIn('Other_pass2')
      await until('online', () => second.said().includes('DNS servers: 10.10.0.54\n'))
      expect(await resolvers()).toEqual(['10.10.0.54'])
      await sh(machine, `ping -c1 -W3 ${host}`)

      // 2 Mbit/s, and while the tunnel is up 1.
      const before = await rateOf(machine, cloud, host, 600_000)
      await world.api.call('ModifySmartAccessGatewayClientUser', { SmartAGId: app, UserName: user, Bandwidth: '1000' })
      await until('it is slower', async () => (await rateOf(machine, cloud, host, 300_000)) < before * 0.65)
      expect(before).toBeLessThan(2 * 1.2)
      expect(await rateOf(machine, cloud, host, 300_000)).toBeLessThan(1 * 1.2)
      expect(second.over()).toBe(false)
    },
    limit(120_000),
  )
})
