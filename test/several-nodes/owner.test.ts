import { spawnSync } from 'node:child_process'
import { copyFile, writeFile } from 'node:fs/promises'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type PostgresServer, postgresBin, startPostgres } from '../postgres/server.ts'
import { logOn, setFirstPassword } from '../support/local-console.ts'
import { type NatsCluster, natsProgram, startNats } from '../support/nats.ts'
import type { Running } from '../support/process.ts'
import { programsOfEachTest } from '../support/programs.ts'
import { type Credentials, operatorOf, readCredentials } from '../support/sandbox.ts'
import { type Answered, send, signedBody } from '../support/signed-request.ts'
import { limit, until } from '../support/time.ts'

const lack =
  postgresBin === undefined || natsProgram === undefined || spawnSync('openssl', ['version']).status !== 0
    ? 'enable with: apt-get install -y postgresql nats-server openssl'
    : undefined
const serial = 'sag00001'
const patience = limit(240_000)

/** Where the gateway goes; the test leads it to one node or the other. */
interface Way {
  readonly port: number
  /** New connections go there; those there are stay. */
  to(port: number): void
  /** As a cut cable: neither side is told. */
  cut(): void
  close(): void
}

async function openWay(): Promise<Way> {
  let target = 0
  const pairs = new Set<readonly [Socket, Socket]>()
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1')
    const pair = [near, far] as const
    pairs.add(pair)
    near.pipe(far)
    far.pipe(near)
    for (const [one, other] of [pair, [far, near] as const]) {
      one.on('error', () => other.destroy())
      one.on('close', () => other.destroy())
    }
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', () => listening()))
  return {
    port: (server.address() as AddressInfo).port,
    to(port) {
      target = port
    },
    cut() {
      // Only the end of the gateway: the node's stays as it is, and hears nothing.
      for (const [near, far] of pairs) {
        near.unpipe(far)
        far.unpipe(near)
        near.removeAllListeners('close')
        near.destroy()
      }
    },
    close() {
      for (const [near, far] of pairs) {
        near.destroy()
        far.destroy()
      }
      server.close()
    },
  }
}

describe.skipIf(lack !== undefined)(`two servers and one gateway${lack === undefined ? '' : ` (${lack})`}`, () => {
  const { run, newFolder } = programsOfEachTest()
  let postgres: PostgresServer
  let nats: NatsCluster
  let way: Way | undefined

  beforeAll(async () => {
    postgres = await startPostgres(postgresBin ?? '')
    nats = await startNats(natsProgram ?? '')
  }, limit(180_000))
  afterEach(() => way?.close())
  afterAll(async () => {
    await nats?.stop()
    await postgres?.stop()
  }, limit(60_000))

  interface Server {
    readonly data: string
    readonly running: Running
    readonly url: string
    readonly port: number
  }

  async function startNode(data: string, database: string): Promise<Server> {
    const shared = [
      '--database',
      database,
      '--bus',
      nats.setting,
      '--bus-seed-file',
      nats.seedFile,
      '--bus-ca',
      nats.caFile,
    ]
    const own = [
      '--data',
      data,
      '--port',
      '0',
      '--heartbeat',
      '2',
      '--write-credentials',
      join(data, 'credentials.json'),
    ]
    const running = run(['server', ...own, ...shared, '--log-level', 'info'])
    const [, url = ''] = await running.printed(/listens on (http:\S+)/)
    return { data, running, url, port: Number(new URL(url).port) }
  }

  async function openSite() {
    const database = (await postgres.newDatabase()).url
    const [dataA, dataB] = [await newFolder('a'), await newFolder('b')]
    const a = await startNode(dataA, database)
    await copyFile(join(dataA, 'master.key'), join(dataB, 'master.key'))
    const b = await startNode(dataB, database)
    const credentials = await readCredentials(dataA)
    const { operator, device } = operatorOf(dataA)
    const added = await operator<{ readonly instanceId: string; readonly enrolmentKey: string }>(
      ...['gateway', 'add', '--name', 'branch', '--model', 'sag-1000', '--cidr', '10.0.0.0/24', '--serial', serial],
    )
    const box = await newFolder('box')
    const keyFile = join(box, 'enrolment-key')
    await writeFile(keyFile, `${added.enrolmentKey}\n`, { mode: 0o600 })
    way = await openWay()
    way.to(b.port)
    run([
      ...['agent', '--server', `ws://127.0.0.1:${way.port}/channel`, '--serial', serial, '--data', join(box, 'data')],
      ...['--console', '127.0.0.1:0', '--enrolment-key-file', keyFile, '--log-level', 'error'],
    ])
    const console =
      (await device(serial, ({ online, localConsole }) => online && localConsole !== null)).localConsole ?? ''
    await setFirstPassword(console, 'First_pass01')

    function change(at: Server, password: string): Promise<Answered> {
      const key: Credentials = { ...credentials, endpoint: at.url }
      const params = { SmartAGId: added.instanceId, SmartAGSn: serial, Password: password }
      return send(at.url, signedBody(key, 'ModifySAGAdminPassword', params))
    }
    /** Which of these the gateway opens to. */
    async function opensTo(...passwords: readonly string[]): Promise<readonly string[]> {
      const found: string[] = []
      for (const password of passwords) if ((await logOn(console, password)) === 303) found.push(password)
      return found
    }
    return { a, b, database, way, device, change, opensTo }
  }
  const isOnlineAt = (node: Server, times = 1): boolean =>
    node.running.output().split('A gateway is online.').length > times

  test(
    'a password set at one node reaches the gateway of the other; when that node is killed, the gateway is off line in time, and comes back',
    async () => {
      const { a, b, way: path, device, change, opensTo } = await openSite()
      expect(isOnlineAt(b)).toBe(true)
      expect(isOnlineAt(a)).toBe(false)
      expect(await change(a, 'Second_pass2')).toMatchObject({ status: 200 })
      expect(await opensTo('First_pass01', 'Second_pass2')).toEqual(['Second_pass2'])

      // Nobody leads it to the other node yet.
      path.to(1)
      await b.running.kill()
      await device(serial, ({ online }) => !online)
      expect(await change(a, 'Third_pass33')).toMatchObject({ status: 400 })
      path.to(a.port)
      await device(serial)
      expect(isOnlineAt(a)).toBe(true)
      expect(await opensTo('Second_pass2', 'Third_pass33')).toEqual(['Second_pass2'])
      expect(await change(a, 'Fourth_pass4')).toMatchObject({ status: 200 })
      expect(await opensTo('Second_pass2', 'Third_pass33', 'Fourth_pass4')).toEqual(['Fourth_pass4'])
    },
    patience,
  )

  test(
    'a node that was frozen while its gateway went to the other one changes nothing when it goes on',
    async () => {
      const { a, b, way: path, device, change, opensTo } = await openSite()
      b.running.child.kill('SIGSTOP')
      path.to(a.port)
      path.cut()
      await until('it is online at the other node', () => isOnlineAt(a))
      expect(await change(a, 'Second_pass2')).toMatchObject({ status: 200 })
      b.running.child.kill('SIGCONT')
      await until('its old connection has ended', () => b.running.output().includes('A gateway is offline.'))
      expect(await device(serial)).toMatchObject({ online: true })
      // By the node that was frozen too, through the other one.
      expect(await change(b, 'Third_pass33')).toMatchObject({ status: 200 })
      expect(await change(a, 'Fourth_pass4')).toMatchObject({ status: 200 })
      expect(await opensTo('First_pass01', 'Second_pass2', 'Third_pass33', 'Fourth_pass4')).toEqual(['Fourth_pass4'])
      expect(isOnlineAt(a, 2)).toBe(false)
    },
    patience,
  )
})
