// Makes the calls that the samples print, in the world in which the effect of every parameter is tested.
import type { Operation } from '../../apis/operation.ts'
import { addMfaDevice, bindMfaDevice } from '../../apis/ram/testing.suite.ts'
import { allOperations, apis } from '../../apis/registry.ts'
import { elsewhere, named, openCopy, type Row, row } from '../../apis/testing/effects.suite.ts'
import { effectRows } from '../../apis/testing/effects-rows.suite.ts'
import { asAlice } from '../../apis/testing/effects-security-keys.suite.ts'
import { type HttpRequest, type Params, signingKey } from '../../apis/testing/front-door.suite.ts'
import type { Harness } from '../../apis/testing/harness.suite.ts'
import type { Param } from '../../declare/index.ts'
import type { Format } from '../../rpc/encode.ts'
import { signV1, urlencoded } from '../../rpc/testing/signing-client.suite.ts'
import { commonParameters, sampleRequest } from '../samples.ts'
import { printedAnswer, printedParams, type Recording } from './recording.ts'

export interface Recorded extends Recording {
  /** As the server answered, with what is never printed replaced. */
  readonly json: string
  readonly xml: string
}

interface Call extends Omit<Row, 'prepare'> {
  /** What of the parameters is known only then. */
  prepare?(world: Harness): Promise<Params>
}

/** Those without parameters that are done in a session only. */
const prepared = new Set(['CreateSecurityKeyChallenge', 'EndConsoleSession'])

/** A call of every operation: those without parameters need none of their own. */
export const calls: readonly Call[] = [
  ...effectRows.filter(({ refused }) => refused === undefined).map(callOf),
  ...allOperations
    .filter(({ name, params }) => !prepared.has(name) && Object.values(params).every(isIgnored))
    .map(({ name }) => callOf(row(name, {}))),
  { ...row('BindMFADevice', {}), prepare: ownFactor },
  { ...row('CreateSecurityKeyChallenge', {}), prepare: (world) => asAlice(world).then(() => ({})) },
  { ...row('DecodeDiagnosticMessage', {}), prepare: denied },
  { ...row('EndConsoleSession', {}), prepare: insideASession },
  ...['GetUserMFAInfo', 'UnbindMFADevice'].map(
    (name): Call => ({ ...row(name, { UserName: 'alice' }), prepare: boundFactor }),
  ),
]

function callOf({ prepare, ...own }: Row): Call {
  return prepare === undefined ? own : { ...own, prepare: async (world) => prepare(world).then(() => ({})) }
}

function isIgnored({ state }: Param<unknown, string>): boolean {
  return state.isIgnored === true
}

async function ownFactor(world: Harness): Promise<Params> {
  const { serial, code } = await addMfaDevice(world, 'tablet')
  return { SerialNumber: serial, UserName: 'alice', AuthenticationCode1: code(-1), AuthenticationCode2: code(0) }
}

async function boundFactor(world: Harness): Promise<Params> {
  await bindMfaDevice(world, 'alice', await addMfaDevice(world, 'tablet'))
  return {}
}

async function denied(world: Harness): Promise<Params> {
  const { accessDenied } = (await world.denied(named('SetAccountAlias'))) ?? {}
  return { EncodedDiagnosticMessage: accessDenied?.['EncodedDiagnosticMessage'] ?? '' }
}

async function insideASession(world: Harness): Promise<Params> {
  const { Credentials } = await world.call(named('CreateConsoleSession'))
  const { AccessKeyId } = Credentials as { readonly AccessKeyId: string }
  world.caller = { ...world.caller, accessKeyId: AccessKeyId }
  return {}
}

export interface Recorder {
  /** The richest call of the operation that is answered with success; undefined when none is. */
  record(call: Call): Promise<Recorded | undefined>
  close(): Promise<void>
}

/** Each call is made in a world of its own; those that only read share one. */
export function createRecorder(template: string): Recorder {
  let shared: Promise<Harness> | undefined

  async function answered(call: Call, params: Params, format: Format): Promise<Answered | undefined> {
    const { operation, prepare } = call
    const isAlone = prepare !== undefined || operation.access.level === 'Write'
    if (!isAlone) shared ??= openCopy(template)
    const world = await (isAlone ? openCopy(template) : (shared ?? openCopy(template)))
    const owner = world.caller
    try {
      world.caller = call.caller ?? owner
      const sent = { ...params, ...(await prepare?.(world)) }
      const { status, payload } = await world.signed(operation, requestOf(world, operation, sent, format))
      return status === 200 ? { sent, payload: printedAnswer(payload) } : undefined
    } finally {
      world.caller = owner
      if (isAlone) await world.close()
    }
  }

  async function record(call: Call): Promise<Recorded | undefined> {
    const { operation } = call
    const params = await richest(call, async (tried) => (await answered(call, tried, 'JSON')) !== undefined)
    const [json, xml] = [await answered(call, params, 'JSON'), await answered(call, params, 'XML')]
    if (json === undefined || xml === undefined) return undefined
    const { RequestId: _, ...answer } = JSON.parse(json.payload)
    return { params: printedParams(operation, json.sent), answer, json: json.payload, xml: xml.payload }
  }

  return { record, close: async () => (await shared)?.close() }
}

interface Answered {
  readonly sent: Params
  readonly payload: string
}

/** One entry of a list is enough, of the instance that has most to show. */
const narrowing = ['PageSize', 'MaxItems', 'MaxResults', 'SmartAGId', 'SmartAGIds']

/** Of a change everything that can be changed in one call, of a list one entry. */
async function richest(call: Call, isDone: (params: Params) => Promise<boolean>): Promise<Params> {
  const { operation, base } = call
  const others = othersOf(call)
  let params = inOrder(operation, base)
  const all = inOrder(operation, Object.assign({}, base, ...others))
  if (others.length === 0 || (await isDone(all))) return all
  for (const other of others) {
    const more = inOrder(operation, { ...params, ...other })
    if (await isDone(more)) params = more
  }
  return params
}

/** Parameters the call of the row leaves out, with their other value. */
function othersOf({ operation, base, other = {} }: Call): readonly Params[] {
  const pages = Object.fromEntries(Object.entries(elsewhere).filter(([, value]) => value === '1'))
  const given = Object.entries({ ...pages, ...other }).filter(([name]) => name in operation.params && !(name in base))
  return given.flatMap(([name, value]): readonly Params[] => {
    if (operation.access.level !== 'Write' && !narrowing.includes(name)) return []
    if (name === 'SmartAGIds' && 'SmartAGId' in operation.params) return []
    if (typeof value === 'string') return [{ [name]: value }]
    // With another value beside it, it is about another thing.
    if (value === null || !('to' in value) || value.beside !== undefined) return []
    return Object.values(value.to).includes(null) ? [] : [value.to as Params]
  })
}

/** As the operation declares them; what it does not look at is left out. */
function inOrder({ params: declared }: Operation, params: Params): Params {
  const names = Object.entries(declared).flatMap(([name, param]) => (isIgnored(param) ? [] : [name]))
  const place = (name: string): number => names.indexOf(name.split('.')[0] ?? '')
  const looked = Object.entries(params).filter(([name]) => place(name) >= 0)
  return Object.fromEntries(looked.sort(([a], [b]) => place(a) - place(b)))
}

/** What the sample prints, signed: its secrets and common parameters are filled in. */
function requestOf(world: Harness, operation: Operation, params: Params, format: Format): HttpRequest {
  const printed = sampleRequest(operation, printedParams(operation, params))
  const method = printed.slice(0, printed.indexOf(' '))
  const sent = new URLSearchParams(printed.slice(printed.indexOf('Action=')).replace(`&${commonParameters}`, ''))
  const { version = '' } = [...apis.values()].find(({ operations }) => operations.has(operation.name)) ?? {}
  const given = { ...Object.fromEntries(sent), ...params, Version: version, Format: format }
  const signed = urlencoded(signV1(signingKey, given, { method, now: world.wallNow }))
  return method === 'GET'
    ? { version, method, target: `/?${signed}`, headers: {}, body: '' }
    : { version, method, target: '/', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: signed }
}

/** `generated/recordings.ts`, one operation a line. */
export function recordingsModule(recordings: Readonly<Record<string, Recording>>): string {
  const lines = Object.entries(recordings).sort(([a], [b]) => (a < b ? -1 : 1))
  return [
    '// Generated by `npm run docs`: calls that were made, and what they were answered. Do not edit.',
    "import type { Recording } from '../recording.ts'",
    '',
    'export const recordings: Readonly<Record<string, Recording>> = {',
    ...lines.map(([name, { params, answer }]) => `  ${name}: ${JSON.stringify({ params, answer })},`),
    '}',
    '',
  ].join('\n')
}
