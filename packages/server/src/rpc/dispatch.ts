import { type Secret, systemTimers } from '@opensag/protocol'
import { type AccessAnswer, isDenied } from '../access/authorise.ts'
import type { Caller } from '../access/caller.ts'
import { idsOfUnknownOwner, resources } from '../access/resources.ts'
import type { Operation } from '../apis/operation.ts'
import { Refusal } from '../declare/errors.ts'
import type { RawParams } from '../declare/params.ts'
import { toWire } from '../declare/results.ts'
import { newRequestId } from '../request-id.ts'
import type { SaidThrough } from '../store/audit/audit.ts'
import { StoreUnavailable, TooManyNonces } from '../store/errors.ts'
import type { Nonce } from '../store/store.ts'
import { word } from '../tracing/known.ts'
import { noTracing, type Span } from '../tracing/tracing.ts'
import { type Audit, auditOf } from './audit.ts'
import { createTrace } from './audit-trace.ts'
import { authenticate } from './authenticate.ts'
import { answered, callSpan, nameCall, provedCaller } from './call-span.ts'
import { calledAddress } from './called.ts'
import { forbidden, rowOf, violationsOf } from './check.ts'
import { decode } from './decode.ts'
import { type Answer, type Called, encodeError, encodeSuccess, type Format, formatOf } from './encode.ts'
import { gatewayError, Throttled } from './gateway-errors.ts'
import type { Limits } from './limits.ts'
import type { FrontDoorOptions } from './options.ts'
import { type Call, type Checked, run } from './run.ts'
import { askedOf, schemeOf } from './scheme.ts'
import { secretNamesOf } from './secret-params.ts'
import type { WireRequest } from './wire-request.ts'

/** What is known of a request so far; the answer to a failure needs whatever part of it there is. */
interface Progress {
  readonly requestId: string
  /** When the request had been read, on the clock of the timers. */
  readonly began: number
  format: Format
  operation: Operation | undefined
  /** Whose call it is, once that is proved. */
  account: string | undefined
  /** Passwords it brought, for as long as it is answered. */
  readonly secrets: Map<string, Secret>
  readonly onWaiting: () => void
  readonly span: Span
}

/**
 * From the bytes of a request, which are wiped, to the bytes of its answer. Never throws.
 *
 * @param onWaiting called when from here on the call waits for a gateway or a mail server
 */
export function dispatch(
  request: WireRequest,
  options: FrontDoorOptions,
  limits: Limits,
  onWaiting: () => void = () => {},
): Promise<Answer> {
  const { tracing = noTracing } = options
  const requestId = newRequestId()
  return tracing.span(callSpan(request.headers, requestId), (span) =>
    answerOf(request, options, limits, { requestId, onWaiting, span }),
  )
}

async function answerOf(
  request: WireRequest,
  options: FrontDoorOptions,
  limits: Limits,
  given: Pick<Progress, 'requestId' | 'onWaiting' | 'span'>,
): Promise<Answer> {
  const { timers = systemTimers, logger } = options
  const began = timers.now()
  options.calls?.began()
  const { requestId, onWaiting, span } = given
  const progress: Progress = {
    requestId,
    began,
    format: 'JSON',
    operation: undefined,
    account: undefined,
    secrets: new Map(),
    onWaiting,
    span,
  }
  const host = options.originalHost?.(request.headers) ?? request.headers.host
  const secure = options.originalSecure?.(request.headers) ?? request.secure
  const { headers, localAddress } = request
  const called = calledAddress({ headers, secure, localAddress }, options)
  try {
    const answer = await handle(request, { host, secure, called }, options, limits, progress)
    const tookMs = timers.now() - began
    const { operation, account } = progress
    options.calls?.ended(operation, undefined, tookMs)
    answered(span, answer)
    logger.debug({ requestId, action: operation?.name, account, tookMs }, 'answered')
    return answer
  } catch (error) {
    const refusal = error instanceof Refusal ? error : defect(error, options, progress)
    const { operation, account } = progress
    const tookMs = timers.now() - began
    options.calls?.ended(operation, refusal.code, tookMs)
    logger.debug({ requestId, action: operation?.name, account, code: refusal.code, tookMs }, 'refused')
    const answer = encodeError(progress.format, refusal, called, requestId)
    answered(span, answer, refusal)
    return answer
  } finally {
    // Whatever became of it, nothing works on it any more.
    request.body.fill(0)
    for (const secret of progress.secrets.values()) secret.wipe()
    if (progress.secrets.size > 0) options.wipeReceived?.()
  }
}

const authenticating = { name: word('authenticate'), kind: 'internal' } as const

async function handle(
  request: WireRequest,
  { host, secure, called }: { readonly host: string | undefined; readonly secure: boolean; readonly called: Called },
  options: FrontDoorOptions,
  limits: Limits,
  progress: Progress,
): Promise<Answer> {
  if (request.method !== 'GET' && request.method !== 'POST') throw gatewayError('UnsupportedHTTPMethod')
  const decoded = decode(request, limits, secretNamesOf(options.apis), progress.secrets)
  const { params } = decoded
  progress.format = formatOf(params.get('Format'))

  const scheme = schemeOf(request, params)
  const { action, version } = askedOf(request, params, scheme)
  const api = options.apis.get(version)
  if (api === undefined) throw gatewayError('InvalidVersion')
  const operation = api.operations.get(action)
  if (operation === undefined) throw gatewayError('InvalidAction.NotFound')
  progress.operation = operation
  nameCall(progress.span, api.product, operation, params)

  const { credentials, tracing = noTracing } = options
  const now = options.wallClock()
  const { isFenced } = options
  const onRefused = (reason: string, accessKeyId: string, claimed: Caller | undefined): void =>
    options.noteFailure({ action: 'AuthenticateCall', reason, source: request.source, accessKeyId, claimed })
  const { caller, rights, nonce } = await tracing.span(authenticating, () =>
    authenticate({ request, decoded, scheme, host, credentials, now, isFenced, onRefused }),
  )
  progress.account = caller.accountId
  progress.span.add(provedCaller(caller))
  options.flow.admitUser(caller)
  // Sessions of roles are not listed.
  if (caller.kind !== 'AssumedRole') options.noteUse(caller.accessKeyId)
  const call = (about: readonly string[]): Call => ({
    caller,
    rights,
    requestId: progress.requestId,
    began: progress.began,
    endpoint: called.address,
    circumstances: {
      sourceIp: request.source,
      secure,
      at: now,
      userAgent: request.headers['user-agent'],
      through: saidBy(request.headers),
    },
    resources: about,
    trace: operation.access.level === 'Write' ? createTrace(api.product, operation, params, caller) : undefined,
  })
  const onReplay = (): void => onRefused('SignatureNonceUsed', caller.accessKeyId, caller)
  const result = await once(operation, options, { nonce, onReplay }, async () => {
    const unknown = idsOfUnknownOwner(operation, params)
    const owners = unknown.length === 0 ? undefined : await options.ownersOf(unknown)
    const asked = call(resources(caller, operation, params, owners))
    const audit = auditOf(api.product, operation, params, asked)
    const checked = await checkedOf(operation, params, asked, options, audit)
    if (operation.transaction === 'device') progress.onWaiting()
    return run(options, operation, checked, asked, audit)
  })
  const encoded = encodeSuccess(progress.format, operation.name, toWire(operation.result, result), progress.requestId)
  return operation.isCompressed === true ? { ...encoded, isCompressed: true } : encoded
}

/** The command line names itself; whoever else does the same is taken for it. */
function saidBy({ 'user-agent': agent }: WireRequest['headers']): SaidThrough | undefined {
  return agent?.startsWith('opensag-cli') === true ? 'cli' : undefined
}

/** Some nonces expire with each slice of time; sooner there is no need to ask. */
const fullMs = 60_000

/**
 * Uses up the nonce and runs the work when it was a fresh one. Work and the writing of the nonce share a commit, so
 * nothing waits for the latter but the answer, also when it is a refusal: a replay could otherwise follow a crash.
 */
async function once<T>(
  { transaction }: Operation,
  { store }: FrontDoorOptions,
  { nonce, onReplay }: { readonly nonce: Nonce | undefined; readonly onReplay: () => void },
  work: () => Promise<T>,
): Promise<T> {
  if (nonce === undefined) return work()
  const { fresh, durable } = await store.burnNonce(nonce).catch((error: unknown) => {
    // None that still counts is forgotten to make room.
    throw error instanceof TooManyNonces ? new Throttled('Throttling', fullMs) : error
  })
  if (!fresh) onReplay()
  // What has been done to a gateway is not undone by a store that fails: nothing begins before the nonce is kept.
  if (transaction === 'device') await durable
  // Awaited below; until then nobody hears of its failure.
  durable.catch(() => {})
  let value: T
  try {
    if (!fresh) throw gatewayError('SignatureNonceUsed')
    value = await work()
  } catch (error) {
    await durable
    throw error
  }
  await durable
  return value
}

/** A call that may be run; one that may not is recorded. */
export async function checkedOf(
  operation: Operation,
  params: RawParams,
  call: Call,
  options: FrontDoorOptions,
  audit: Audit,
): Promise<Checked> {
  try {
    const checked = await check(operation, params, call, options)
    if (options.refusesWrites() && needsSpace(operation)) throw rowOf(operation, 'ServiceUnavailable')
    return checked
  } catch (error) {
    await options.store.record(audit({ error }))
    throw error
  }
}

/** Without a session many could not even read; they are few, and swept when they are over. */
const sessions: ReadonlySet<string> = new Set(['AssumeRole', 'CreateConsoleSession'])

/** Whether it is refused while the disk is almost full. Its refusal is recorded, as every call that reached it. */
function needsSpace({ name, transaction }: Operation): boolean {
  return transaction !== 'read' && transaction !== 'listing' && !sessions.has(name)
}

/** Whether the parameters are acceptable and the caller may ask, in the order of the table. */
async function check(operation: Operation, params: RawParams, call: Call, options: FrontDoorOptions): Promise<Checked> {
  const { caller, rights, requestId, circumstances, resources: about } = call
  const { values, violations } = operation.parse(params)
  const { beforeAccess, afterAccess } = violationsOf(operation, params, violations)
  if (beforeAccess !== undefined) throw beforeAccess
  const question = { caller, rights, operation, raw: params, resources: about, circumstances }
  function refuse(answer: AccessAnswer): void {
    if (!isDenied(answer)) return
    options.logger.info({ requestId, action: operation.name, account: caller.accountId, on: about }, 'denied')
    throw forbidden(operation, answer)
  }
  const asked = options.authorise(question)
  const answer = asked instanceof Promise ? await asked : asked
  refuse(answer)
  if (afterAccess !== undefined) throw afterAccess
  const scope = answer !== undefined && 'scope' in answer ? answer.scope : undefined
  if (answer === undefined || !('again' in answer)) return { values, scope }
  return { values, scope, askAgain: async (within) => refuse(await answer.again(within)) }
}

/** Not an answer but a mistake or a fault of ours: told to the log, without any parameter, and not to the caller. */
function defect(error: unknown, { logger }: FrontDoorOptions, progress: Progress): Refusal {
  const { requestId, operation, account } = progress
  logger.error({ err: error, requestId, action: operation?.name, account }, 'request failed')
  // The database is away for a moment: nothing was done, and clients try again by themselves.
  const code = error instanceof StoreUnavailable ? 'ServiceUnavailable' : 'InternalError'
  return operation === undefined ? gatewayError(code) : rowOf(operation, code)
}
