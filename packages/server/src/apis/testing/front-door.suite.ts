// Support for the tests of operations: a call goes through the front door's own code, from the bytes of the request to
// the bytes of the answer. Only the signature is left out; a bearer token stands for whatever caller the test names.
import { systemTimers } from '@opensag/protocol'
import { type LoggerOptions, pino } from 'pino'
import type { Authorise } from '../../access/authorise.ts'
import type { Caller } from '../../access/caller.ts'
import { unbound } from '../../access/rights.ts'
import { api, Refusal, type ScalarField, type Shape, serviceOf } from '../../declare/index.ts'
import { dispatch } from '../../rpc/dispatch.ts'
import { defaultLimits } from '../../rpc/limits.ts'
import type { FrontDoorOptions } from '../../rpc/options.ts'
import { credentialOf } from '../../rpc/testing/door.suite.ts'
import { createOwnersOf } from '../../store/resource-owners.ts'
import type { Api, Operation } from '../operation.ts'
import { checkEntry } from './audit-entry.suite.ts'
import { watchedStore } from './watched-store.suite.ts'

export type Params = Readonly<Record<string, string>>
export type Answer = Readonly<Record<string, unknown>>

/** What the test decides about the world; the rest is the same for every call. */
export type World = Pick<
  FrontDoorOptions,
  | 'store'
  | 'sealer'
  | 'ids'
  | 'adminPasswords'
  | 'gateways'
  | 'mailer'
  | 'outbox'
  | 'sendAlert'
  | 'tellGateways'
  | 'shop'
  | 'adminPasswordMaxAgeMs'
> & {
  readonly wallNow: number
  readonly businessNow: number
  readonly caller: Caller
  /** What the client calls this server; undefined: the address it listens on. */
  readonly host: string | undefined
  readonly authorise: Authorise
  /** Told of what operations report to the log. */
  readonly report: (consequence: string) => void
}

/** Host and port that every call names. */
const endpoint = '127.0.0.1:7240'

/** Signs for whatever caller the test names. */
export const signingKey = { accessKeyId: 'LTAI5tExampleExample', secret: 'secret-of-the-tests' }
const products: readonly Api['product'][] = ['Smartag', 'Ram', 'Sts', 'Location', 'ActionTrail', 'OpenSAG']

/**
 * The answer as a client reads it: without `RequestId`, and each list as an array, whichever of its two forms it has.
 *
 * @throws Refusal with the status, the code and the message of the answer; a defect as it was thrown.
 */
export async function throughTheDoor(world: World, operation: Operation, params: Params): Promise<Answer> {
  const { status, payload } = await payloadOf(world, operation, params)
  const { RequestId: requestId, ...body } = JSON.parse(payload)
  await checkEntry({ store: world.store, operation, params, requestId, isDone: status === 200 })
  if (status !== 200) throw new Refusal(status, body.Code, body.Message, body.AccessDeniedDetail)
  return read(operation.result, body)
}

/** How a request carries its parameters: as a form, or as a JSON text that is sent as it is. */
export type Body = Params | { readonly json: string }

export interface Payload {
  readonly status: number
  readonly payload: string
}

/** The answer as it goes on the wire. @throws a defect, as it was thrown. */
export function payloadOf(world: World, operation: Operation, body: Body): Promise<Payload> {
  const isJson = typeof body['json'] === 'string'
  const version = 'of the tests'
  return answerTo(world, operation, {
    version,
    method: 'POST',
    target: '/?SignatureType=BEARERTOKEN',
    headers: {
      'content-type': isJson ? 'application/json' : 'application/x-www-form-urlencoded',
      'x-acs-action': operation.name,
      'x-acs-version': version,
      'x-acs-bearer-token': 'of the caller',
    },
    body: isJson ? String(body['json']) : new URLSearchParams(body as Params).toString(),
  })
}

export interface HttpRequest {
  /** The one it names as that of the API. */
  readonly version: string
  readonly method: string
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** The answer to a request, whether the token is of the caller or {@link signingKey} has signed it. @throws a defect. */
export async function answerTo(world: World, operation: Operation, request: HttpRequest): Promise<Payload> {
  let defect: unknown
  const { store, check } = watchedStore(world.store)
  // Whose a resource is, is asked outside the operation's own units of work.
  const options = optionsOf(
    { ...world, store, ownersOf: createOwnersOf(world.store) },
    operation,
    request.version,
    (error, consequence) => {
      if (consequence === 'request failed') defect = error
      else world.report(consequence)
    },
  )
  const wire = {
    ...request,
    headers: { host: world.host ?? endpoint, ...request.headers },
    distinct: () => ({}),
    body: Buffer.from(request.body),
    secure: false,
    source: '192.0.2.1',
  }
  const { status, payload } = await dispatch(wire, options, defaultLimits)
  if (defect !== undefined) throw defect
  check(operation.name, operation.transaction)
  return { status, payload }
}

/** Throws where a list is not in the declared form. */
function read(shape: Shape, body: Answer): Answer {
  const items = (of: Shape | ScalarField, list: unknown): unknown => {
    if (!Array.isArray(list)) throw new TypeError('A list is missing, or not in its declared form.')
    return isScalar(of) ? list : list.map((item: Answer) => read(of, item))
  }
  return Object.fromEntries(
    Object.entries(shape).flatMap(([name, field]) => {
      const member = body[name]
      if (field.kind === 'wrapped') return [[name, items(field.of, (member as Answer | undefined)?.[field.item])]]
      if (field.kind === 'direct') return [[name, items(field.of, member)]]
      if (member === undefined) return []
      return [[name, field.kind === 'object' ? read(field.shape, member as Answer) : member]]
    }),
  )
}

function isScalar(of: Shape | ScalarField): of is ScalarField {
  return of.kind === 'scalar'
}

type Log = (error: unknown, consequence: string) => void

function optionsOf(
  world: World & Pick<FrontDoorOptions, 'ownersOf'>,
  operation: Operation,
  version: string,
  log: Log,
): FrontDoorOptions {
  const { caller, wallNow, businessNow } = world
  return {
    ...world,
    apis: new Map([[version, api(productOf(operation), version, [operation])]]),
    credentials: {
      byAccessKeyId: async (id) => (id === signingKey.accessKeyId ? credentialOf(signingKey, { caller }) : undefined),
      byBearerToken: async () => ({ caller, rights: unbound }),
    },
    noteUse: () => {},
    flow: { admitSource: () => {}, admitUser: () => {}, admitAlertTest: () => {} },
    wallClock: () => wallNow,
    isFenced: () => false,
    refusesWrites: () => false,
    noteFailure: () => {},
    businessClock: () => businessNow,
    // What an operation passes on as the beginning of the call is the same in every test.
    timers: { ...systemTimers, now: () => 0 },
    logger: loggerInto(log),
    endpoint,
  }
}

function productOf({ access }: Operation): Api['product'] {
  const product = products.find((one) => access.action.startsWith(`${serviceOf({ product: one })}:`))
  if (product === undefined) throw new Error(`No product has ${access.action}.`)
  return product
}

/** Errors reach the test as they were thrown, not as text. */
function loggerInto(log: Log): FrontDoorOptions['logger'] {
  const hooks: LoggerOptions['hooks'] = {
    logMethod(args) {
      const [facts, consequence] = args as unknown as [{ readonly err: unknown }, string]
      log(facts.err, consequence)
    },
  }
  return pino({ level: 'error', hooks }, { write: () => {} })
}
