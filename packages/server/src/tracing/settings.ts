/** Which traces an operator asked for, by the variables that every program with OpenTelemetry has. */
export interface TracingSettings {
  readonly exporter: OtlpExporter | { readonly is: 'console' }
  readonly sampler: SamplerSettings
  readonly serviceName: string
  /** Of `OTEL_RESOURCE_ATTRIBUTES`. */
  readonly resource: Readonly<Record<string, string>>
  /** Whether a span of the caller, which `traceparent` names, becomes the parent. */
  readonly takesCallers: boolean
  readonly batch: BatchLimits
}

export interface OtlpExporter {
  readonly is: 'otlp'
  readonly url: string
  readonly protocol: 'http/protobuf' | 'http/json'
  /** May hold the key of a service: shown nowhere. */
  readonly headers: Readonly<Record<string, string>>
  readonly isCompressed: boolean
  /** How long it may take to send one batch, further attempts included. */
  readonly timeoutMs: number
}

export interface SamplerSettings {
  readonly is: 'always_on' | 'always_off' | 'traceidratio'
  /** From 0 to 1, of `traceidratio`. */
  readonly ratio: number
  /** Whether the caller decides where it has a span. */
  readonly parentBased: boolean
}

export interface BatchLimits {
  readonly queue: number
  readonly batch: number
  readonly everyMs: number
}

export interface AskedTracing {
  /** Undefined: no traces were asked for, or only wrongly. */
  readonly settings: TracingSettings | undefined
  /** What keeps a server from starting, each a sentence that repeats no value which may hold a secret. */
  readonly problems: readonly string[]
}

type Environment = Readonly<Record<string, string | undefined>>

const defaultUrl = 'http://localhost:4318'
const minute = 60_000

/**
 * Reads the `OTEL_*` variables. Traces are asked for by an endpoint or by `OTEL_TRACES_EXPORTER`, and not while that is `none` or
 * `OTEL_SDK_DISABLED` is `true`; nothing is checked then.
 *
 * Source: OpenTelemetry, "Environment Variable Specification" and "OpenTelemetry Protocol Exporter", 1.x. Where these have a
 * program warn and go on, the server refuses to start: nobody would miss the traces until they are needed.
 */
export function tracingAsked(environment: Environment): AskedTracing {
  const problems: string[] = []
  const none = { settings: undefined, problems }
  // An empty variable counts as one that is not set (specification).
  const value = (name: string): string | undefined => environment[name]?.trim() || undefined
  const ofTraces = (name: string): readonly [string, string | undefined] => {
    const [special, general] = [`OTEL_EXPORTER_OTLP_TRACES_${name}`, `OTEL_EXPORTER_OTLP_${name}`]
    return value(special) === undefined ? [general, value(general)] : [special, value(special)]
  }
  if (value('OTEL_SDK_DISABLED')?.toLowerCase() === 'true') return none
  const exporter = value('OTEL_TRACES_EXPORTER')
  const [, endpoint] = ofTraces('ENDPOINT')
  if (exporter === 'none' || (exporter === undefined && endpoint === undefined)) return none

  function oneOf<T extends string>(name: string, text: string | undefined, allowed: readonly T[], otherwise: T): T {
    const found = allowed.find((one) => one === (text ?? otherwise))
    if (found === undefined) problems.push(`${name}: ${quoted(text)} is none of ${allowed.join(', ')}.`)
    return found ?? otherwise
  }

  function whole(name: string, otherwise: number, most: number, text = value(name)): number {
    if (text === undefined) return otherwise
    const number = /^\d{1,9}$/.test(text) ? Number(text) : 0
    if (number >= 1 && number <= most) return number
    problems.push(`${name}: ${quoted(text)} is no whole number from 1 to ${most}.`)
    return otherwise
  }

  function pairs(name: string, text: string | undefined): Readonly<Record<string, string>> {
    const read: Record<string, string> = {}
    for (const pair of (text ?? '').split(',').filter((one) => one.trim() !== '')) {
      const at = pair.indexOf('=')
      const key = pair.slice(0, Math.max(at, 0)).trim()
      const decoded = decodedText(pair.slice(at + 1).trim())
      if (key === '' || decoded === undefined) problems.push(`${name} is not of the form name=value,name=value.`)
      else read[key] = decoded
    }
    return read
  }

  function otlp(): OtlpExporter {
    const [protocolName, protocol] = ofTraces('PROTOCOL')
    if (protocol === 'grpc') {
      problems.push(
        `${protocolName}: grpc is not supported. Use http/protobuf, at the collector's port for OTLP over HTTP (usually 4318).`,
      )
    }
    const [headersName, headers] = ofTraces('HEADERS')
    const [compressionName, compression] = ofTraces('COMPRESSION')
    const [timeoutName, timeout] = ofTraces('TIMEOUT')
    for (const name of ['CERTIFICATE', 'CLIENT_KEY', 'CLIENT_CERTIFICATE']) {
      const [variable, given] = ofTraces(name)
      if (given !== undefined)
        problems.push(`${variable} is not supported. NODE_EXTRA_CA_CERTS names further authorities.`)
    }
    return {
      is: 'otlp',
      url: urlOf(),
      protocol:
        protocol === 'grpc'
          ? 'http/protobuf'
          : oneOf(protocolName, protocol, ['http/protobuf', 'http/json'], 'http/protobuf'),
      headers: sendable(headersName, pairs(headersName, headers)),
      isCompressed: oneOf(compressionName, compression, ['none', 'gzip'], 'none') === 'gzip',
      timeoutMs: whole(timeoutName, 10_000, 10 * minute, timeout),
    }
  }

  function sendable(name: string, headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    const isWrong = Object.entries(headers).some(
      ([key, text]) => !/^[\w!#$%&'*+.^`|~-]+$/.test(key) || !/^[\t\x20-\x7e\x80-\xff]*$/.test(text),
    )
    if (isWrong) problems.push(`${name} has a name or a value that no header of HTTP may have.`)
    return headers
  }

  /** That of traces is taken as it is; to the general one the path is added (specification). */
  function urlOf(): string {
    const [name, text = defaultUrl] = ofTraces('ENDPOINT')
    if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
      problems.push(`${name} is not the URL of a collector: it begins with http:// or https://.`)
      return defaultUrl
    }
    const url = new URL(text)
    if (url.username !== '' || url.password !== '') {
      problems.push(`${name} has a user or a password in it. Give them in OTEL_EXPORTER_OTLP_HEADERS.`)
    }
    if (name === 'OTEL_EXPORTER_OTLP_ENDPOINT') url.pathname = `${url.pathname.replace(/\/$/, '')}/v1/traces`
    return url.href
  }

  function sampler(): SamplerSettings {
    const kinds = ['always_on', 'always_off', 'traceidratio'] as const
    const names = kinds.flatMap((kind) => [kind, `parentbased_${kind}` as const])
    const name = oneOf('OTEL_TRACES_SAMPLER', value('OTEL_TRACES_SAMPLER'), names, 'parentbased_always_on')
    const is = kinds.find((kind) => name.endsWith(kind)) ?? 'always_on'
    const given = value('OTEL_TRACES_SAMPLER_ARG')
    const ratio = given === undefined ? 1 : /^(\d+(\.\d*)?|\.\d+)$/.test(given) ? Number(given) : Number.NaN
    const isUsable = is !== 'traceidratio' || (ratio >= 0 && ratio <= 1)
    if (!isUsable) problems.push(`OTEL_TRACES_SAMPLER_ARG: ${quoted(given)} is no number from 0 to 1.`)
    return { is, ratio: isUsable && is === 'traceidratio' ? ratio : 1, parentBased: name.startsWith('parentbased_') }
  }

  function takesCallers(): boolean {
    const given = (value('OTEL_PROPAGATORS') ?? 'tracecontext').split(',').map((one) => one.trim())
    // The default of the specification names `baggage` too. Nothing here reads or sends any.
    const known = ['tracecontext', 'baggage', 'none']
    const unknown = given.find((one) => !known.includes(one))
    if (unknown !== undefined) {
      problems.push(`OTEL_PROPAGATORS: ${quoted(unknown)} is not supported. Name tracecontext or none.`)
    }
    return given.includes('tracecontext')
  }

  const resource = pairs('OTEL_RESOURCE_ATTRIBUTES', value('OTEL_RESOURCE_ATTRIBUTES'))
  const queue = whole('OTEL_BSP_MAX_QUEUE_SIZE', 2048, 65_536)
  const settings: TracingSettings = {
    exporter:
      oneOf('OTEL_TRACES_EXPORTER', exporter, ['otlp', 'console', 'none'], 'otlp') === 'console'
        ? { is: 'console' }
        : otlp(),
    sampler: sampler(),
    serviceName: value('OTEL_SERVICE_NAME') ?? resource['service.name'] ?? 'opensag',
    resource,
    takesCallers: takesCallers(),
    batch: {
      queue,
      batch: Math.min(queue, whole('OTEL_BSP_MAX_EXPORT_BATCH_SIZE', 512, 65_536)),
      everyMs: whole('OTEL_BSP_SCHEDULE_DELAY', 5000, 10 * minute),
    },
  }
  return problems.length > 0 ? { settings: undefined, problems } : { settings, problems }
}

function quoted(text: string | undefined): string {
  const short = text ?? ''
  return JSON.stringify(short.length > 40 ? `${short.slice(0, 40)}…` : short)
}

function decodedText(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
