import { expect, test } from 'vitest'
import { tracingAsked } from './settings.ts'

const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' }

function settingsOf(environment: Readonly<Record<string, string>>) {
  const { settings, problems } = tracingAsked(environment)
  expect(problems).toEqual([])
  if (settings === undefined) throw new Error('No traces were asked for.')
  return settings
}

function otlpOf(environment: Readonly<Record<string, string>>) {
  const { exporter } = settingsOf(environment)
  if (exporter.is !== 'otlp') throw new Error('It is not OTLP.')
  return exporter
}

test.each([
  ['nothing', {}],
  ['an empty variable', { OTEL_EXPORTER_OTLP_ENDPOINT: ' ' }],
  ['a name alone', { OTEL_SERVICE_NAME: 'sag', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }],
  ['an endpoint of metrics', { OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: 'http://collector:4318' }],
  ['the exporter none', { ...endpoint, OTEL_TRACES_EXPORTER: 'none', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }],
  ['a disabled SDK', { ...endpoint, OTEL_SDK_DISABLED: 'TRUE', OTEL_TRACES_SAMPLER: 'never' }],
])('%s asks for no traces, and is not checked', (_what, environment) => {
  expect(tracingAsked(environment)).toEqual({ settings: undefined, problems: [] })
})

test('an endpoint alone asks for traces, by the defaults of the specification', () => {
  expect(settingsOf(endpoint)).toEqual({
    exporter: {
      is: 'otlp',
      url: 'http://collector:4318/v1/traces',
      protocol: 'http/protobuf',
      headers: {},
      isCompressed: false,
      timeoutMs: 10_000,
    },
    sampler: { is: 'always_on', ratio: 1, parentBased: true },
    serviceName: 'opensag',
    resource: {},
    takesCallers: true,
    batch: { queue: 2048, batch: 512, everyMs: 5000 },
  })
})

test.each([
  [{ OTEL_TRACES_EXPORTER: 'otlp' }, 'http://localhost:4318/v1/traces'],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector/otlp/' }, 'https://collector/otlp/v1/traces'],
  [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://collector/mine' }, 'https://collector/mine'],
  [{ ...endpoint, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://other:1/' }, 'http://other:1/'],
])('%j sends to %s', (environment, url) => {
  expect(otlpOf(environment).url).toBe(url)
})

test('a variable of traces goes before the general one', () => {
  const exporter = otlpOf({
    ...endpoint,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
    OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/json',
    OTEL_EXPORTER_OTLP_HEADERS: 'a=1',
    OTEL_EXPORTER_OTLP_TRACES_HEADERS: ' authorization = Bearer%20x , b=2=3 ',
    OTEL_EXPORTER_OTLP_TIMEOUT: '1',
    OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: '2000',
    OTEL_EXPORTER_OTLP_TRACES_COMPRESSION: 'gzip',
  })
  expect(exporter).toMatchObject({ protocol: 'http/json', isCompressed: true, timeoutMs: 2000 })
  expect(exporter.headers).toEqual({ authorization: 'Bearer x', b: '2=3' })
})

test.each([
  [{ OTEL_SERVICE_NAME: 'sag', OTEL_RESOURCE_ATTRIBUTES: 'service.name=other,zone=a' }, 'sag'],
  [{ OTEL_RESOURCE_ATTRIBUTES: 'service.name=other,zone=a' }, 'other'],
])('the service has the name of %j', (named, name) => {
  const { serviceName, resource } = settingsOf({ ...endpoint, ...named })
  expect(serviceName).toBe(name)
  expect(resource['zone']).toBe('a')
})

test.each([
  ['always_on', undefined, { is: 'always_on', ratio: 1, parentBased: false }],
  ['always_off', undefined, { is: 'always_off', ratio: 1, parentBased: false }],
  ['traceidratio', '0.25', { is: 'traceidratio', ratio: 0.25, parentBased: false }],
  ['parentbased_traceidratio', undefined, { is: 'traceidratio', ratio: 1, parentBased: true }],
  ['parentbased_always_off', '7', { is: 'always_off', ratio: 1, parentBased: true }],
])('the sampler %s with %s', (name, ratio, sampler) => {
  const given = { ...endpoint, OTEL_TRACES_SAMPLER: name, ...(ratio ? { OTEL_TRACES_SAMPLER_ARG: ratio } : {}) }
  expect(settingsOf(given).sampler).toEqual(sampler)
})

test.each([
  ['tracecontext,baggage', true],
  ['tracecontext', true],
  ['baggage', false],
  ['none', false],
])('with the propagators %s a parent of the caller is taken: %s', (OTEL_PROPAGATORS, takes) => {
  expect(settingsOf({ ...endpoint, OTEL_PROPAGATORS }).takesCallers).toBe(takes)
})

test('a batch is not larger than the queue', () => {
  const { batch } = settingsOf({ ...endpoint, OTEL_BSP_MAX_QUEUE_SIZE: '100', OTEL_BSP_SCHEDULE_DELAY: '50' })
  expect(batch).toEqual({ queue: 100, batch: 100, everyMs: 50 })
})

const secret = 'of-the-collector'

test.each([
  ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc', 'grpc is not supported. Use http/protobuf'],
  ['OTEL_EXPORTER_OTLP_PROTOCOL', 'http', '"http" is none of http/protobuf, http/json'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318', 'is not the URL of a collector'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'no url', 'is not the URL of a collector'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', `http://me:${secret}@collector`, 'has a user or a password in it'],
  ['OTEL_EXPORTER_OTLP_HEADERS', secret, 'is not of the form name=value'],
  ['OTEL_EXPORTER_OTLP_HEADERS', `key=%zz${secret}`, 'is not of the form name=value'],
  ['OTEL_EXPORTER_OTLP_HEADERS', `key=${secret}%0a`, 'has a name or a value that no header'],
  ['OTEL_EXPORTER_OTLP_HEADERS', `a key=${secret}`, 'has a name or a value that no header'],
  ['OTEL_EXPORTER_OTLP_TIMEOUT', '0', '"0" is no whole number from 1'],
  ['OTEL_EXPORTER_OTLP_COMPRESSION', 'zstd', '"zstd" is none of none, gzip'],
  ['OTEL_EXPORTER_OTLP_CLIENT_KEY', '/key.pem', 'is not supported'],
  ['OTEL_EXPORTER_OTLP_CERTIFICATE', '/ca.pem', 'NODE_EXTRA_CA_CERTS'],
  ['OTEL_TRACES_EXPORTER', 'jaeger', '"jaeger" is none of otlp, console, none'],
  ['OTEL_TRACES_SAMPLER', 'jaeger_remote', '"jaeger_remote" is none of always_on'],
  ['OTEL_PROPAGATORS', 'tracecontext,b3', '"b3" is not supported'],
  ['OTEL_RESOURCE_ATTRIBUTES', 'zone', 'is not of the form name=value'],
  ['OTEL_BSP_MAX_QUEUE_SIZE', '1000000', 'is no whole number from 1 to 65536'],
  ['OTEL_BSP_MAX_EXPORT_BATCH_SIZE', '-1', 'is no whole number'],
  ['OTEL_BSP_SCHEDULE_DELAY', 'soon', 'is no whole number'],
])('%s=%s is a problem, told without a secret', (name, value, told) => {
  const { settings, problems } = tracingAsked({ ...endpoint, [name]: value })
  expect(settings).toBeUndefined()
  expect(problems).toHaveLength(1)
  expect(problems[0]).toContain(told)
  expect(problems[0]).toContain(name)
  expect(problems[0]).not.toContain(secret)
})

test.each(['1.5', '-0.1', 'all', '1e-1'])('a ratio of %s is a problem', (ratio) => {
  const given = { ...endpoint, OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: ratio }
  expect(tracingAsked(given).problems).toEqual([`OTEL_TRACES_SAMPLER_ARG: "${ratio}" is no number from 0 to 1.`])
})

test('all that is wrong is told at once', () => {
  const given = { OTEL_EXPORTER_OTLP_ENDPOINT: 'x', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc', OTEL_TRACES_SAMPLER: 'x' }
  expect(tracingAsked(given).problems).toHaveLength(3)
})
