// A point of presence's OpenVPN and machines of remote users, all real, before the rules of a real store. What lies between
// them in production, the connection of the point of presence, is one call here; every message keeps to its form.
import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type FromGateway, fromGatewaySchema, fromServerSchema, Secret, systemTimers } from '@opensag/protocol'
import { pino } from 'pino'
import { createLogOnConnection } from '../../packages/agent/src/connection-log-ons.ts'
import { openTunnel, type TunnelClient, type TunnelEnd } from '../../packages/agent/src/network/openvpn/client.ts'
import { openRemoteAccess, type RemoteAccess } from '../../packages/agent/src/network/openvpn/remote-access.ts'
import { createAuthority } from '../../packages/server/src/channel/authority.ts'
import { isOfUser, PopUsers } from '../../packages/server/src/channel/pop-users.ts'
import { findRemoteAccess, numberApps } from '../../packages/server/src/store/pops/apps.ts'
import { whatBoxesNeed } from '../linux/box.ts'
import { until } from '../support/time.ts'
import { password as firstPassword, openSite, type Site } from './site.ts'

export const pop = 'pop1'
export const hostInCloud = '10.10.0.10'

/** What keeps tunnels from being tried here, with what would change it; undefined when nothing does. */
export function whatTunnelsNeed(): string | undefined {
  const lack = whatBoxesNeed({ openvpn: 'openvpn', tc: 'iproute2', ping: 'iputils-ping', iperf3: 'iperf3' })
  if (lack !== undefined) return lack
  return existsSync('/dev/net/tun') ? undefined : 'needs /dev/net/tun'
}

export interface TunnelWorld {
  readonly site: Site
  readonly instance: string
  readonly remoteAccess: RemoteAccess
  user(name: string, password: string, machine?: Machine): Promise<User>
  /** A command in a network. @returns what it printed; undefined when it failed */
  run(where: Machine | 'ccn' | 'cloud' | 'pop', ...command: readonly string[]): string | undefined
  /** Megabits a second between a remote user and the cloud, over a second. */
  speed(direction: 'up' | 'down'): Promise<number>
  /** Has to be there for that. */
  serveSpeed(): Promise<void>
  /** How often the point of presence has heard that a session has ended, and not why. */
  endedForNow(): number
  /** The classes of clients, at both interfaces. */
  shares(): readonly string[]
  /** The OpenVPN of the point of presence is gone from one instant to the next. */
  killServer(): void
  /** All remote users go. */
  leave(): Promise<void>
  /** Another certificate, as when half of the life of the last one is over. */
  certify(): Promise<void>
  close(): Promise<void>
}

export type Machine = 'anna' | 'bert'

export interface User extends TunnelClient {
  /** The addresses it was online with, one for each time. */
  readonly online: readonly string[]
  /** How its tunnel has ended; undefined: it has not. */
  readonly end: TunnelEnd | undefined
}

export async function openTunnelWorld(): Promise<TunnelWorld> {
  const id = randomBytes(3).toString('hex')
  const [home, ccn, cloud] = ['pop', 'ccn', 'cloud'].map((name) => `ovpn-${id}-${name}`) as [string, string, string]
  const machines = { anna: `ovpn-${id}-anna`, bert: `ovpn-${id}-bert` }
  const namespaces = [home, ccn, cloud, ...Object.values(machines)]
  const folder = mkdtempSync(join(tmpdir(), 'opensag-tunnels-'))
  for (const name of namespaces) ip('netns', 'add', name)
  for (const name of namespaces) ip('-n', name, 'link', 'set', 'lo', 'up')
  cable([home, 'anna', '198.51.100.1/30'], [machines.anna, 'wan', '198.51.100.2/30'])
  ip('-n', machines.anna, 'route', 'add', 'default', 'via', '198.51.100.1')
  cable([home, 'bert', '198.51.100.5/30'], [machines.bert, 'wan', '198.51.100.6/30'])
  ip('-n', machines.bert, 'route', 'add', 'default', 'via', '198.51.100.5')
  cable([ccn, 'vpc', '10.10.0.1/24'], [cloud, 'eth0', `${hostInCloud}/24`])
  ip('-n', cloud, 'route', 'add', 'default', 'via', '10.10.0.1')
  ip('netns', 'exec', ccn, 'sysctl', '-qw', 'net.ipv4.ip_forward=1')

  const site = await openSite()
  const instance = await site.app()
  await site.user(instance, 'anna-test')
  await site.pop(pop, '198.51.100.1')
  const { store } = site.world

  const logger = pino({ level: 'silent' })
  const logOns = createLogOnConnection({ random: randomBytes, timers: systemTimers })
  let endedForNow = 0
  const users = new PopUsers(
    {
      send(message) {
        const told = fromServerSchema.parse(wire(message)) as Parameters<typeof logOns.answered>[0]
        if (told.kind === 'user-ended' && !told.final) endedForNow++
        logOns.answered(told)
      },
    },
    { tunnelUsers: site.tunnelUsers, logger },
    pop,
  )
  const link = {
    send(message: FromGateway): void {
      const come = fromGatewaySchema.parse(wire(message))
      if (isOfUser(come)) users.take(come)
    },
  }
  logOns.online(link, 200)
  site.world.sessionsChanged = (_, sessions) => void users.look([...sessions])

  // As a machine that starts before it has an address, and then gets another one.
  let address: string | undefined
  const remoteAccess = await openRemoteAccess({
    folder,
    address: async () => address,
    home,
    logOns,
    pings: { everySeconds: 1, goneSeconds: 5 },
    random: randomBytes,
    timers: systemTimers,
    logger,
  })
  await numberApps(store)
  const served = await store.read((db) => findRemoteAccess(db, pop, site.world.now))
  await remoteAccess.apply(served.map((one) => ({ ...one, namespace: ccn })))
  // Its clients go by the clock of this machine.
  const authority = createAuthority({ store, sealer: site.sealer, random: randomBytes, wallClock: Date.now })

  async function certify(): Promise<void> {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    const spki = publicKey.export({ type: 'spki', format: 'der' }).toString('base64url')
    const answer = await authority.certify(pop, spki)
    await remoteAccess.certified({
      authority: Buffer.from(answer.authority, 'base64url'),
      certificate: Buffer.from(answer.certificate, 'base64url'),
      key: privateKey.export({ type: 'pkcs8', format: 'der' }),
    })
  }
  await certify()
  for (address of ['127.0.0.1', '198.51.100.1']) await remoteAccess.moved()
  const { body } = await site.post('/app/profile', {
    instanceId: instance,
    userName: 'anna-test',
    password: firstPassword,
  })
  const profile = {
    endpoint: body['Endpoint'] ?? '',
    port: Number(body['Port']),
    serverName: body['ServerName'] ?? '',
    authority: body['Authority'] ?? '',
  }

  const opened = new Set<TunnelClient>()
  const speedServers: ChildProcess[] = []
  const networks = { ccn, cloud, pop: home, ...machines }
  return {
    site,
    instance,
    endedForNow: () => endedForNow,
    remoteAccess,
    certify,
    async user(name, password, machine = 'anna') {
      const online: string[] = []
      const client = await openTunnel({
        profile,
        userName: name,
        password: Secret.of(password),
        onOnline: (address) => void online.push(address),
        runBy: ['ip', 'netns', 'exec', machines[machine]],
      })
      opened.add(client)
      const user: User = { ...client, online, end: undefined }
      void client.ended.then((end) => Object.assign(user, { end }))
      return user
    },
    run(where, ...command) {
      const { status, stdout } = spawnSync('ip', ['netns', 'exec', networks[where], ...command], { encoding: 'utf8' })
      return status === 0 ? stdout : undefined
    },
    speed(direction) {
      const command = ['iperf3', '-c', hostInCloud, '-t', '1', '-J', ...(direction === 'down' ? ['-R'] : [])]
      // On a loaded machine a measurement may end without a figure.
      return until('iperf3 has measured', async () => {
        const { stdout } = await promisify(execFile)('ip', ['netns', 'exec', machines.anna, ...command])
        const { sum_received: sum } = JSON.parse(stdout).end
        return sum && sum.bits_per_second / 1e6
      })
    },
    async serveSpeed() {
      const server = spawn('ip', ['netns', 'exec', cloud, 'iperf3', '-s'], { stdio: 'ignore' })
      speedServers.push(server)
      const listening = ['netns', 'exec', cloud, 'ss', '-Htln', 'sport = 5201']
      await until('iperf3 listens', () => spawnSync('ip', listening, { encoding: 'utf8' }).stdout !== '')
    },
    shares() {
      const devices = served.flatMap(({ port }) => [`app${port}`, `ifb${port}`])
      return devices.flatMap((device) => {
        const { stdout } = spawnSync('tc', ['-n', ccn, 'class', 'show', 'dev', device], { encoding: 'utf8' })
        return stdout.split('\n').filter((line) => line.includes('leaf'))
      })
    },
    killServer() {
      const { pid } = JSON.parse(readFileSync(join(folder, `openvpn-${served[0]?.port}.pid`), 'utf8'))
      process.kill(pid, 'SIGKILL')
    },
    async leave() {
      await Promise.all([...opened].map((client) => client.close()))
      opened.clear()
    },
    async close() {
      for (const server of speedServers) server.kill()
      await Promise.all([...opened].map((client) => client.close()))
      await remoteAccess.close()
      logOns.offline()
      await site.close()
      for (const name of namespaces) ip('netns', 'del', name)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Whatever JSON keeps of it. */
function wire(message: unknown): unknown {
  return JSON.parse(JSON.stringify(message))
}

type End = readonly [namespace: string, name: string, address: string]

function cable([one, name, address]: End, [other, otherName, otherAddress]: End): void {
  ip('link', 'add', 'name', name, 'netns', one, 'type', 'veth', 'peer', 'name', otherName, 'netns', other)
  ip('-n', one, 'addr', 'add', address, 'dev', name)
  ip('-n', other, 'addr', 'add', otherAddress, 'dev', otherName)
  ip('-n', one, 'link', 'set', name, 'up')
  ip('-n', other, 'link', 'set', otherName, 'up')
}

function ip(...args: readonly string[]): void {
  const { status, stderr } = spawnSync('ip', args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`ip ${args.join(' ')}: ${stderr}`)
}
