import type { IncomingHttpHeaders } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { type OtlpAttribute, type OtlpRequest, readOtlp } from './otlp-protobuf.ts'

export interface CollectedSpan {
  readonly traceId: string
  readonly spanId: string
  /** Empty: it is the first of its trace. */
  readonly parentSpanId: string
  readonly name: string
  readonly kind: number
  readonly facts: Readonly<Record<string, string | number>>
  /** Of the process that made it. */
  readonly resource: Readonly<Record<string, string | number>>
  /** 2: an error. */
  readonly status: { readonly code: number; readonly message: string }
  readonly events: number
}

export interface Received {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  /** As it came, unpacked. */
  readonly bytes: Buffer
}

export interface Collector {
  readonly url: string
  readonly received: readonly Received[]
  spans(): readonly CollectedSpan[]
  /** The names from the first span of the trace to this one, and of nothing that has not come. */
  path(span: CollectedSpan): string
  /** From now on it answers so; `never` leaves whoever sends waiting. */
  answers(with_: number | 'never'): void
  close(): Promise<void>
}

/** What OpenTelemetry calls a collector: takes traces by OTLP over HTTP, in both encodings. */
export async function startCollector(first: number | 'never' = 200): Promise<Collector> {
  const received: Received[] = []
  let status = first
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const bytes = Buffer.concat(chunks)
      const isPacked = request.headers['content-encoding'] === 'gzip'
      received.push({
        path: request.url ?? '',
        headers: request.headers,
        bytes: isPacked ? gunzipSync(bytes) : bytes,
      })
      if (status !== 'never') response.writeHead(status, { 'content-type': 'application/json' }).end('{}')
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))

  function spans(): readonly CollectedSpan[] {
    return received.flatMap(spansIn)
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    spans,
    path(span) {
      const byId = new Map(spans().map((one) => [one.spanId, one]))
      const names: string[] = []
      for (let one: CollectedSpan | undefined = span; one !== undefined; one = byId.get(one.parentSpanId))
        names.unshift(one.name)
      return names.join(' > ')
    },
    answers(with_) {
      status = with_
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

function spansIn({ headers, bytes }: Received): readonly CollectedSpan[] {
  const isJson = headers['content-type'] === 'application/json'
  const { resourceSpans } = isJson ? (JSON.parse(bytes.toString('utf8')) as OtlpRequest) : readOtlp(bytes)
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans
      .flatMap((scope) => scope.spans)
      .map(({ traceId, spanId, parentSpanId = '', name, kind, attributes = [], status, events = [] }) => ({
        ...{ traceId, spanId, parentSpanId, name, kind },
        facts: factsOf(attributes),
        resource: factsOf(resource.attributes),
        status: { code: status?.code ?? 0, message: status?.message ?? '' },
        events: events.length,
      })),
  )
}

function factsOf(attributes: readonly OtlpAttribute[]): CollectedSpan['facts'] {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? Number(value.intValue)]))
}
