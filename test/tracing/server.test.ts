import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type CollectedSpan, type Collector, startCollector } from '../support/collector.ts'
import { opensag, type Running, root } from '../support/process.ts'
import { programsOfEachTest } from '../support/programs.ts'
import { type Credentials, readCredentials } from '../support/sandbox.ts'
import { type Answered, send, signedBody } from '../support/signed-request.ts'
import { limit, until } from '../support/time.ts'

type Environment = Readonly<Record<string, string>>

interface Started {
  readonly running: Running
  readonly key: Credentials
  call(
    action: string,
    params?: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answered>
}

const { run, newFolder } = programsOfEachTest()
let collector: Collector

beforeEach(async () => {
  collector = await startCollector()
})
afterEach(() => collector.close())

/** With an hour between two batches, unless told: what comes at the end comes because the server stops. */
const asking = (more: Environment = {}): Environment => ({
  OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  OTEL_BSP_SCHEDULE_DELAY: '600000',
  ...more,
})

async function start(environment: Environment): Promise<Started> {
  const data = await newFolder('tracing')
  const place = ['--data', data, '--port', '0', '--write-credentials', join(data, 'credentials.json')]
  const running = run(['server', ...place, '--log-level', 'info'], undefined, environment)
  const [, endpoint = ''] = await running.printed(/listens on (http:\S+)/)
  const key = { ...(await readCredentials(data)), endpoint }
  return {
    running,
    key,
    async call(action, params = {}, headers = {}) {
      const form = { 'content-type': 'application/x-www-form-urlencoded', ...headers }
      const answer = await fetch(endpoint, { method: 'POST', headers: form, body: signedBody(key, action, params) })
      return { status: answer.status, body: (await answer.json()) as Answered['body'] }
    },
  }
}

function rootOf(spans: readonly CollectedSpan[], name: string): CollectedSpan {
  const found = spans.find((span) => span.name === name)
  if (found === undefined) throw new Error(`There is no ${name} among ${spans.map((span) => span.name)}.`)
  return found
}

const linesWith = (running: Running, text: string): number => running.output().split(text).length - 1

test.each(['http/protobuf', 'http/json'])(
  'what was called is sent before a server that is stopped ends, by %s, and no secret with it',
  async (protocol) => {
    const server = await start(
      asking({
        OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
        OTEL_SERVICE_NAME: 'sag-of-the-test',
        OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
      }),
    )
    const traceId = '0af7651916cd43dd8448eb211c80319c'
    const done = await server.call('DescribeRegions', {}, { traceparent: `00-${traceId}-b7ad6b7169203331-01` })
    const refused = await server.call('DescribeSmartAccessGatewayAttribute', { SmartAGId: 'sag-of-nobody' })
    const forged = signedBody({ ...server.key, accessKeySecret: 'another' }, 'DescribeRegions', {})
    expect((await send(server.key.endpoint, forged)).body['Code']).toBe('SignatureDoesNotMatch')
    expect([done.status, refused.status]).toEqual([200, 400])
    expect(collector.received).toEqual([])
    expect(await server.running.stop()).toBe(0)

    const spans = collector.spans()
    const call = rootOf(spans, 'Smartag/DescribeRegions')
    expect(call).toMatchObject({ traceId, parentSpanId: 'b7ad6b7169203331', kind: 2, status: { code: 0 } })
    expect(call.facts).toMatchObject({
      'opensag.request_id': done.body['RequestId'],
      'opensag.account_id': server.key.accountId,
      'http.response.status_code': 200,
    })
    expect(call.resource).toMatchObject({
      'service.name': 'sag-of-the-test',
      'deployment.environment.name': 'test',
      'service.instance.id': expect.stringMatching(/^[\da-f-]{36}$/),
    })
    const inCall = spans.filter((span) => span.traceId === traceId).map(collector.path)
    for (const step of ['authenticate', 'store use nonce', 'authorise', 'store record']) {
      expect(inCall).toContain(`Smartag/DescribeRegions > ${step}`)
    }
    const error = rootOf(spans, 'Smartag/DescribeSmartAccessGatewayAttribute')
    expect(error.facts['error.type']).toBe(refused.body['Code'])
    expect(error.status).toEqual({ code: 2, message: refused.body['Code'] })
    expect(
      spans
        .filter(({ facts }) => facts['error.type'] === 'SignatureDoesNotMatch')
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['Smartag/DescribeRegions', 'authenticate'])
    const { accessKeySecret, accessKeyId } = server.key
    const params = new URLSearchParams(forged)
    const never = [
      accessKeySecret,
      accessKeyId,
      'sag-of-nobody',
      params.get('SignatureNonce') ?? '',
      params.get('Signature') ?? '',
    ]
    for (const { bytes } of collector.received) {
      for (const text of never) expect(bytes.includes(text)).toBe(false)
    }
  },
)

/** Files of the published program that hold a part of OpenTelemetry. */
function filesWithTracing(): readonly string[] {
  const folder = join(root, 'packages/cli/bundle')
  const files = readdirSync(folder).filter((file) => file.endsWith('.js'))
  return files.filter((file) => readFileSync(join(folder, file), 'utf8').includes('TraceIdRatioBased'))
}

test.each([
  ['loads nothing of OpenTelemetry when nothing asks for traces', {}, false],
  ['loads nothing of it when the exporter is none', { OTEL_TRACES_EXPORTER: 'none' }, false],
  ['loads it when an endpoint asks for them', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' }, true],
])('a server %s', async (_what, environment, isLoaded) => {
  const files = filesWithTracing()
  expect(files).toHaveLength(1)
  const preload = join(root, 'test/tracing/loaded-scripts.cjs')
  const server = await start({ ...environment, NODE_OPTIONS: `--require ${preload}` })
  expect((await server.call('DescribeRegions')).status).toBe(200)
  await server.running.stop()
  const loaded = server.running
    .output()
    .split('\n')
    .filter((line) => line.startsWith('loaded '))
  expect(loaded.some((line) => line.includes('/bundle/main.js'))).toBe(true)
  expect(loaded.some((line) => line.endsWith(`/${files[0]}`))).toBe(isLoaded)
})

test(
  'a collector that answers nothing keeps no call waiting, and no server from stopping',
  async () => {
    collector.answers('never')
    const server = await start(asking({ OTEL_BSP_SCHEDULE_DELAY: '1', OTEL_EXPORTER_OTLP_TIMEOUT: '600000' }))
    for (let call = 0; call < 5; call++) expect((await server.call('DescribeRegions')).status).toBe(200)
    await until('it was asked', () => collector.received.length > 0)
    // Without a bound it would wait for ten minutes.
    expect(await server.running.stop()).toBe(0)
    expect(linesWith(server.running, 'the collector did not take the last traces in time')).toBe(1)
  },
  limit(60_000),
)

test('a collector that is away is told of once, however many batches it misses', async () => {
  collector.answers(404)
  const server = await start(asking({ OTEL_BSP_SCHEDULE_DELAY: '1' }))
  await until('it has missed several batches', async () => {
    expect((await server.call('DescribeRegions')).status).toBe(200)
    return collector.received.length > 3
  })
  expect(await server.running.stop()).toBe(0)
  expect(linesWith(server.running, 'the collector does not take traces')).toBe(1)
})

test('traces are printed where the console is asked for', async () => {
  const server = await start({ OTEL_TRACES_EXPORTER: 'console' })
  await server.call('DescribeRegions')
  await server.running.printed(/name: 'Smartag\/DescribeRegions'/)
})

test('wrong variables keep a server from starting, and `config check` names the same ones', async () => {
  const key = 'key-of-the-collector'
  const environment = asking({
    OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
    OTEL_EXPORTER_OTLP_HEADERS: key,
    OTEL_TRACES_SAMPLER: 'sometimes',
    OPENSAG_DATA: await newFolder('tracing'),
  })
  const [started, checked] = [
    await opensag(['server'], { environment }),
    await opensag(['config', 'check'], { environment }),
  ]
  for (const { code, output, errors } of [started, checked]) {
    expect(code).toBe(2)
    expect(errors).toContain('OTEL_EXPORTER_OTLP_PROTOCOL: grpc is not supported')
    expect(errors).toContain('OTEL_EXPORTER_OTLP_HEADERS is not of the form')
    expect(errors).toContain('OTEL_TRACES_SAMPLER: "sometimes"')
    expect(output + errors).not.toContain(key)
  }
})

test('`config check` says where traces go, without the headers', async () => {
  const environment = asking({
    OTEL_EXPORTER_OTLP_HEADERS: 'key=of-the-collector',
    OPENSAG_DATA: await newFolder('tracing'),
  })
  const { code, output } = await opensag(['config', 'check'], { environment })
  expect(code).toBe(0)
  expect(output).toContain(`traces to ${collector.url}/v1/traces (http/protobuf) parentbased_always_on`)
  expect(output).not.toContain('of-the-collector')
})
