import { spawnSync } from 'node:child_process'
import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askOperator } from '../../packages/cli/src/operator-client.ts'
import { type PostgresServer, postgresBin, startPostgres } from '../postgres/server.ts'
import { type CollectedSpan, type Collector, startCollector } from '../support/collector.ts'
import { type NatsCluster, natsProgram, startNats } from '../support/nats.ts'
import { programsOfFile } from '../support/programs.ts'
import { type Credentials, operatorOf, readCredentials } from '../support/sandbox.ts'
import { send, signedBody } from '../support/signed-request.ts'
import { limit, until } from '../support/time.ts'

const lack =
  postgresBin === undefined || natsProgram === undefined || spawnSync('openssl', ['version']).status !== 0
    ? 'enable with: apt-get install -y postgresql nats-server openssl'
    : undefined
const serial = 'sagtrace00001'
const operation = 'Smartag/ModifySAGAdminPassword'

interface Node {
  readonly data: string
  readonly url: string
  /** Names it in the traces. */
  readonly id: string
}

describe.skipIf(lack !== undefined)(`traces of two nodes${lack ? ` (${lack})` : ''}`, () => {
  const { run, newFolder } = programsOfFile()
  let postgres: PostgresServer
  let nats: NatsCluster
  let collector: Collector
  let asked: Node
  let holder: Node
  let key: Credentials
  let instance: string
  let enrolmentKey: string
  let agent: ReturnType<typeof run>

  async function startNode(databaseUrl: string, first?: Node): Promise<Node> {
    const data = await newFolder('traced-node')
    if (first !== undefined) await copyFile(join(first.data, 'master.key'), join(data, 'master.key'))
    const bus = ['--bus', nats.setting, '--bus-seed-file', nats.seedFile, '--bus-ca', nats.caFile]
    const place = ['--data', data, '--port', '0', '--write-credentials', join(data, 'credentials.json')]
    const running = run(['server', '--database', databaseUrl, ...bus, ...place, '--heartbeat', '2'], undefined, {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_BSP_SCHEDULE_DELAY: '20',
    })
    const [, url = ''] = await running.printed(/listens on (http:\S+)/)
    return { data, url, id: (await readFile(join(data, 'node.id'), 'utf8')).trim() }
  }

  beforeAll(async () => {
    collector = await startCollector()
    postgres = await startPostgres(postgresBin ?? '')
    nats = await startNats(natsProgram ?? '', 1)
    const { url } = await postgres.newDatabase()
    asked = await startNode(url)
    holder = await startNode(url, asked)
    key = await readCredentials(asked.data)
    const server = holder.url.replace('http', 'ws')
    const wanted = { name: 'branch', model: 'sag-1000', cidr: ['10.0.0.0/24'], serial, server }
    const added = (await askOperator(asked.data, 'gateway add', wanted)) as {
      readonly instanceId: string
      readonly enrolmentKey: string
    }
    instance = added.instanceId
    enrolmentKey = added.enrolmentKey
    const box = await newFolder('traced-gateway')
    const keyFile = join(box, 'enrolment-key')
    await writeFile(keyFile, `${enrolmentKey}\n`, { mode: 0o600 })
    const place = ['--serial', serial, '--data', join(box, 'data'), '--console', '127.0.0.1:0']
    agent = run(['agent', '--server', `${server}/channel`, ...place, '--enrolment-key-file', keyFile])
    await operatorOf(asked.data).device(serial)
  }, limit(180_000))
  afterAll(async () => {
    await nats?.stop()
    await postgres?.stop()
    await collector?.close()
  })

  /**
   * Sets a password at a node: the trace of that call, and what must be nowhere in it.
   *
   * @param last what ends last at the node that holds the gateway; what a node has ended before has come by then
   */
  async function change(at: Node, password: string, last?: string) {
    const body = signedBody(key, 'ModifySAGAdminPassword', {
      SmartAGId: instance,
      SmartAGSn: serial,
      Password: password,
    })
    const answer = await send(at.url, body)
    const ofCall = ({ facts }: CollectedSpan): boolean => facts['opensag.request_id'] === answer.body['RequestId']
    const root = await until('the call is in a trace', () => collector.spans().find(ofCall))
    const spans = await until('the trace is whole', () => {
      const all = collector.spans().filter(({ traceId }) => traceId === root.traceId)
      return (last === undefined || all.some(({ name }) => name === last)) && all
    })
    const params = new URLSearchParams(body)
    return {
      answer,
      root,
      spans,
      secrets: [password, params.get('Signature') ?? '', params.get('SignatureNonce') ?? ''],
    }
  }

  const pathsAt = (spans: readonly CollectedSpan[], { id }: Node): readonly string[] =>
    spans.filter(({ resource }) => resource['service.instance.id'] === id).map(collector.path)

  const atEnd = 'holder change-password'
  const handed = `${operation} > bus change-password`
  const held = `${handed} > ${atEnd}`

  test(
    'a password change at one node is one trace, through the node that holds the gateway to the gateway',
    async () => {
      const { answer, root, spans, secrets } = await change(asked, 'Across_nodes_1', atEnd)
      expect(answer.status).toBe(200)
      expect(root).toMatchObject({ name: operation, parentSpanId: '', facts: { 'cloud.region': key.regionId } })
      expect(pathsAt(spans, asked)).toEqual(
        expect.arrayContaining([
          operation,
          `${operation} > authenticate`,
          `${operation} > store use nonce`,
          `${operation} > bus reserve-password-change`,
          `${operation} > store write > store wait`,
          `${operation} > store write > store commit`,
          handed,
          `${operation} > store record`,
        ]),
      )
      expect([...pathsAt(spans, holder)].sort()).toEqual([
        held,
        `${held} > gateway set password`,
        `${held} > store write`,
        `${held} > store write > store commit`,
        `${held} > store write > store wait`,
        `${operation} > bus reserve-password-change > holder reserve-password-change`,
      ])
      const told = spans.find(({ name }) => name === 'gateway set password')
      expect(told).toMatchObject({ kind: 3, facts: { 'opensag.outcome': 'applied' } })
      const commits = spans.filter(({ name }) => name === 'store commit')
      expect(commits.map(({ facts }) => Number(facts['opensag.store.group_size']) >= 1)).toEqual([true, true])

      const never = [...secrets, key.accessKeySecret, enrolmentKey, serial, instance]
      for (const { bytes } of collector.received) {
        for (const text of never) expect(bytes.includes(text)).toBe(false)
      }
    },
    limit(60_000),
  )

  test(
    'at the node that holds the gateway it is the same trace, without the bus',
    async () => {
      const { answer, spans } = await change(holder, 'At_the_holder_2', atEnd)
      expect(answer.status).toBe(200)
      expect(pathsAt(spans, asked)).toEqual([])
      expect(pathsAt(spans, holder)).toContain(`${held} > gateway set password`)
    },
    limit(60_000),
  )

  test(
    'a gateway that is off line is an error of the call, with its code',
    async () => {
      await agent.kill()
      await operatorOf(asked.data).device(serial, ({ online }) => !online)
      const { answer, root, spans } = await change(asked, 'To_nobody_3')
      expect(answer.status).toBe(400)
      expect(root.status).toEqual({ code: 2, message: answer.body['Code'] })
      expect(spans.filter(({ name }) => name === 'gateway set password')).toEqual([])
    },
    limit(60_000),
  )
})
