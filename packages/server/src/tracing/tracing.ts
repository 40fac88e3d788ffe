import type { Logger } from 'pino'
import { Refusal } from '../declare/errors.ts'
import { type Known, ownText } from './known.ts'

/** What a span may say, by the names of the conventions of OpenTelemetry where these have one. */
export type Facts = Readonly<Partial<Record<Fact, Known | number>>>

export type Fact =
  | 'rpc.system'
  | 'rpc.service'
  | 'rpc.method'
  | 'http.response.status_code'
  | 'error.type'
  | 'cloud.region'
  | 'db.system.name'
  | 'opensag.request_id'
  | 'opensag.account_id'
  /** Units of work that became durable with the same commit. */
  | 'opensag.store.group_size'
  /** How often a unit of work was run, where that is more than once. */
  | 'opensag.store.runs'
  | 'opensag.outcome'

/** Names a span to another process, as W3C Trace Context writes it. */
export interface Carrier {
  readonly traceparent: string
}

export interface SpanStart {
  readonly name: Known
  /** `server`: asked by another process; `client`: asks another one, and waits for its answer. */
  readonly kind: 'server' | 'client' | 'internal'
  readonly facts?: Facts
  /** Of another node. Without it the parent is the span that runs here; without one, a trace begins. */
  readonly parent?: Carrier | undefined
  /** Of whoever called, which counts only where the operator lets it. */
  readonly caller?: Carrier | undefined
}

export interface Span {
  rename(name: Known): void
  add(facts: Facts): void
  /** Its status is an error, of this kind. */
  failed(error: Known): void
}

export interface OpenSpan extends Span {
  end(): void
}

/**
 * Where spans are made. OpenTelemetry is one implementation, `open.ts`, which is loaded only when it is asked for; nothing else
 * here knows of it.
 */
export interface Tracing {
  /**
   * Runs the work inside a span, which ends with it. What the work throws makes it an error, except a refusal in one of kind
   * `client`: what was asked did what it should.
   */
  span<T>(start: SpanStart, work: (span: Span) => Promise<T>): Promise<T>
  /** A span for something that does not begin and end in one function. It is nobody's parent. */
  begin(start: SpanStart): OpenSpan
  /** Whether the caller runs inside a span. */
  isWithin(): boolean
  /** Names the span that runs here to another process; undefined outside of one. */
  carrier(): Carrier | undefined
  /** Keeps the span that runs here, for work that goes on elsewhere, such as when a socket has heard something. */
  here(): Place
}

export interface OpenedTracing {
  readonly tracing: Tracing
  /** Sends what is waiting, within a bound. */
  close(): Promise<void>
}

/** What a server gives to whoever opens its tracing. */
export interface TracingGiven {
  /** Names this process among those of the service. */
  readonly nodeId: string
  readonly logger: Logger
}

/** Runs work inside the span that was kept. */
export type Place = <T>(work: () => T) => T

const noSpan: OpenSpan = { rename() {}, add() {}, failed() {}, end() {} }
const anyPlace: Place = (work) => work()

/** While nobody asked for traces: nothing is made, nothing is kept. */
export const noTracing: Tracing = {
  span: (_start, work) => work(noSpan),
  begin: () => noSpan,
  isWithin: () => false,
  carrier: () => undefined,
  here: () => anyPlace,
}

/** What kind of error: the code of an answer, or the class. Never its message, which may say anything. */
export function errorType(error: unknown): Known {
  if (error instanceof Refusal) return ownText(error.code)
  return ownText(error instanceof Error ? error.constructor.name : 'Error')
}
