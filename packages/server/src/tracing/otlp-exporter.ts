import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Timers } from '@opensag/protocol'
import { type ExportResult, ExportResultCode } from '@opentelemetry/core'
import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer'
import type { SpanExporter } from '@opentelemetry/sdk-trace'
import type { OtlpExporter } from './settings.ts'

/** What a collector that takes no more at the moment answers (OTLP/HTTP 1.x, "Retryable Response Codes"). */
const retryable: ReadonlySet<number> = new Set([429, 502, 503, 504])
const attempts = 3
const firstWaitMs = 1000

const formats = {
  'http/protobuf': { serializer: ProtobufTraceSerializer, type: 'application/x-protobuf' },
  'http/json': { serializer: JsonTraceSerializer, type: 'application/json' },
} as const

export interface AbortableExporter extends SpanExporter {
  /** What is being sent is given up at once, and nothing more is sent. */
  abort(): void
}

export interface OtlpExporterOptions {
  readonly to: OtlpExporter
  readonly timers: Timers
  /** Hears of each batch what became of it; undefined: it was taken. */
  readonly onExported: (problem: string | undefined) => void
}

/**
 * Sends batches by OTLP over HTTP. The encoding is that of OpenTelemetry; the sending is here because its own goes on for
 * seconds after a process was told to stop.
 */
export function createOtlpExporter({ to, timers, onExported }: OtlpExporterOptions): AbortableExporter {
  const { serializer, type } = formats[to.protocol]
  const url = new URL(to.url)
  const send = url.protocol === 'https:' ? requestHttps : requestHttp
  const ended = new AbortController()
  /** One batch after the other: a server that stops hands over all it has at once. */
  let last: Promise<void> = Promise.resolve()

  /** The status of the answer. @throws when none comes within so many milliseconds */
  function post(body: Uint8Array, withinMs: number): Promise<number> {
    return new Promise((resolve, reject) => {
      const headers = {
        ...to.headers,
        'content-type': type,
        'content-length': body.length,
        ...(to.isCompressed ? { 'content-encoding': 'gzip' } : {}),
      }
      const made = send(url, { method: 'POST', headers, signal: ended.signal }, (response) => {
        response.on('error', reject)
        response.on('end', () => resolve(response.statusCode ?? 0))
        response.resume()
      })
      const cancel = timers.after(withinMs, () => made.destroy(new Error('no answer in time')))
      made.on('error', reject)
      made.on('close', cancel)
      made.end(body)
    })
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      function over(): void {
        cancel()
        ended.signal.removeEventListener('abort', over)
        resolve()
      }
      const cancel = timers.after(ms, over)
      ended.signal.addEventListener('abort', over)
    })
  }

  /** Undefined: it was taken. */
  async function deliver(body: Uint8Array): Promise<string | undefined> {
    const end = timers.now() + to.timeoutMs
    let problem = ''
    for (let attempt = 0; attempt < attempts && !ended.signal.aborted; attempt++) {
      const waitMs = attempt === 0 ? 0 : firstWaitMs * 2 ** (attempt - 1)
      const leftMs = end - timers.now() - waitMs
      if (leftMs <= 0) return problem
      if (waitMs > 0) await pause(waitMs)
      try {
        const status = await post(body, leftMs)
        if (status >= 200 && status < 300) return undefined
        problem = `it answered ${status}`
        if (!retryable.has(status)) return problem
      } catch (error) {
        problem = (error as NodeJS.ErrnoException).code ?? (error as Error).message
      }
    }
    return problem
  }

  async function exported(spans: Parameters<SpanExporter['export']>[0], done: (result: ExportResult) => void) {
    let problem: string | undefined
    try {
      const bytes = serializer.serializeRequest([...spans]) ?? new Uint8Array()
      problem = await deliver(to.isCompressed ? await promisify(gzip)(bytes) : bytes)
    } catch (error) {
      problem = (error as Error).message
    }
    if (!ended.signal.aborted) onExported(problem)
    done(problem === undefined ? { code: ExportResultCode.SUCCESS } : { code: ExportResultCode.FAILED })
  }

  return {
    export(spans, done) {
      last = last.then(() => exported(spans, done))
    },
    forceFlush: () => last,
    shutdown: () => last,
    abort: () => ended.abort(),
  }
}
