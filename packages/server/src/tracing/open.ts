import { AsyncLocalStorage } from 'node:async_hooks'
import { systemTimers, type Timers } from '@opensag/protocol'
import { type Context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { parseTraceParent, W3CTraceContextPropagator } from '@opentelemetry/core'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ConsoleSpanExporter,
  ParentBasedSampler,
  type Sampler,
  SimpleSpanProcessor,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import type { Logger } from 'pino'
import { Refusal } from '../declare/errors.ts'
import { version } from '../version.ts'
import { createOtlpExporter } from './otlp-exporter.ts'
import type { SamplerSettings, TracingSettings } from './settings.ts'
import {
  errorType,
  type OpenedTracing,
  type OpenSpan,
  type SpanStart,
  type Tracing,
  type TracingGiven,
} from './tracing.ts'

/** So long a server that stops waits for a collector at most. */
const flushMs = 2000
const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL } as const

/** Traces by OpenTelemetry. What is not taken in time is dropped: nothing here waits for a collector, and memory is bounded. */
export function openTracing(
  settings: TracingSettings,
  { nodeId, logger, timers = systemTimers }: TracingGiven & { readonly timers?: Timers },
): OpenedTracing {
  const { processor, abort } = processorOf(settings, logger, timers)
  const provider = new TracerProvider({
    sampler: samplerOf(settings.sampler),
    resource: resourceFromAttributes({
      'service.version': version,
      'service.instance.id': nodeId,
      ...settings.resource,
      'service.name': settings.serviceName,
    }),
    spanProcessors: [processor],
  })
  return {
    tracing: tracingOf(provider, settings.takesCallers),
    async close() {
      const cancel = timers.after(flushMs, () => {
        abort()
        logger.warn('the collector did not take the last traces in time: they are dropped')
      })
      // A batch that the collector did not take was logged already.
      await provider.shutdown().catch(() => {})
      cancel()
      abort()
    },
  }
}

function processorOf({ exporter: to, batch }: TracingSettings, logger: Logger, timers: Timers) {
  if (to.is === 'console') {
    return { processor: new SimpleSpanProcessor({ exporter: new ConsoleSpanExporter() }), abort: () => {} }
  }
  const exporter = createOtlpExporter({ to, timers, onExported: lineAState(new URL(to.url).origin, logger) })
  const processor = new BatchSpanProcessor({
    exporter,
    maxQueueSize: batch.queue,
    maxExportBatchSize: batch.batch,
    scheduledDelayMillis: batch.everyMs,
    // The exporter ends by itself before: never is more than one batch beside the queue.
    exportTimeoutMillis: 2 * to.timeoutMs,
  })
  return { processor, abort: exporter.abort }
}

/** One line when the collector is lost, and one when it is back, however many batches there are in between. */
function lineAState(collector: string, logger: Logger): (problem: string | undefined) => void {
  let isLost = false
  return (problem) => {
    if (problem !== undefined && !isLost) {
      logger.warn({ collector, problem }, 'the collector does not take traces: they are dropped until it does')
    }
    if (problem === undefined && isLost) logger.info({ collector }, 'the collector takes traces again')
    isLost = problem !== undefined
  }
}

function samplerOf({ is, ratio, parentBased }: SamplerSettings): Sampler {
  const root = rootSampler(is, ratio)
  return parentBased ? new ParentBasedSampler({ root }) : root
}

function rootSampler(is: SamplerSettings['is'], ratio: number): Sampler {
  if (is === 'traceidratio') return new TraceIdRatioBasedSampler(ratio)
  return is === 'always_on' ? new AlwaysOnSampler() : new AlwaysOffSampler()
}

/** A span that work runs in. A timer that a call has set finds it also when the call was answered long ago. */
interface Running {
  readonly context: Context
  isOver: boolean
}

function tracingOf(provider: TracerProvider, takesCallers: boolean): Tracing {
  const tracer = provider.getTracer('opensag', version)
  const running = new AsyncLocalStorage<Running>()
  const propagator = new W3CTraceContextPropagator()

  function current(): Running | undefined {
    const here = running.getStore()
    return here?.isOver === false ? here : undefined
  }

  function parentOf({ parent, caller }: SpanStart): Context {
    const named = parent ?? (takesCallers ? caller : undefined)
    const spanContext = named === undefined ? null : parseTraceParent(named.traceparent)
    if (spanContext === null) return current()?.context ?? ROOT_CONTEXT
    // Its `tracestate` is left out: nothing is exported that a caller wrote.
    return trace.setSpanContext(ROOT_CONTEXT, { ...spanContext, isRemote: true })
  }

  function begun(start: SpanStart): { readonly span: OpenSpan; readonly context: Context } {
    const parent = parentOf(start)
    const made = tracer.startSpan(start.name, { kind: kinds[start.kind], attributes: { ...start.facts } }, parent)
    let isEnded = false
    const span: OpenSpan = {
      rename: (name) => void made.updateName(name),
      add: (facts) => void made.setAttributes({ ...facts }),
      failed: (error) =>
        void made.setAttribute('error.type', error).setStatus({ code: SpanStatusCode.ERROR, message: error }),
      end() {
        if (!isEnded) made.end()
        isEnded = true
      },
    }
    return { span, context: trace.setSpan(parent, made) }
  }

  return {
    async span(start, work) {
      const { span, context } = begun(start)
      const here: Running = { context, isOver: false }
      try {
        return await running.run(here, work, span)
      } catch (error) {
        // What is asked did what it should: whoever asked refuses the call.
        if (start.kind !== 'client' || !(error instanceof Refusal)) span.failed(errorType(error))
        throw error
      } finally {
        here.isOver = true
        span.end()
      }
    },
    begin: (start) => begun(start).span,
    isWithin: () => current() !== undefined,
    carrier() {
      let traceparent: string | undefined
      const set = (_carrier: unknown, name: string, text: string): void => {
        if (name === 'traceparent') traceparent = text
      }
      propagator.inject(current()?.context ?? ROOT_CONTEXT, {}, { set })
      return traceparent === undefined ? undefined : { traceparent }
    },
    here() {
      const here = current()
      return (work) => (here === undefined ? running.exit(work) : running.run(here, work))
    },
  }
}
