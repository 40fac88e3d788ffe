import { isUtf8 } from 'node:buffer'
import type { Secret } from '@opensag/protocol'
import type { RawParams } from '../declare/params.ts'
import { gatewayError } from './gateway-errors.ts'
import { flatten } from './json-body.ts'
import type { Limits } from './limits.ts'
import { noSecrets, type SecretNames, takeSecrets } from './secret-params.ts'
import { header, type WireRequest } from './wire-request.ts'

/** The parameters of a request, decoded once. */
export interface Decoded {
  /** Those of the query string alone, which V3 signs by name. */
  readonly query: RawParams
  /** All of them, wherever they were sent. */
  readonly params: RawParams
  readonly bodyKind: BodyKind
}

/** `opaque` bytes are no parameters. */
export type BodyKind = 'none' | 'form' | 'json' | 'opaque'

/**
 * Reads the query string and the body. A name that occurs twice is taken once when the values are equal and refused
 * when they are not, so that what was signed and what is executed cannot differ (C; no official client sends either).
 *
 * @param secrets where the secrets of a form are put, as bytes; its owner wipes them, also when this throws
 * @throws Refusal when it cannot be read; nothing of the request is quoted in it.
 */
export function decode(
  request: WireRequest,
  limits: Limits,
  secretNames: SecretNames = noSecrets,
  secrets: Map<string, Secret> = new Map(),
): Decoded {
  const query = new Map<string, string>()
  decodePairs(queryOf(request.target, limits), query, limits)
  const bodyKind = kindOf(request)
  if (bodyKind === 'none' || bodyKind === 'opaque') return { query, params: query, bodyKind }

  const params = new Map(query)
  requireUtf8(request.body)
  if (bodyKind === 'json') {
    flatten(request.body.toString('utf8'), limits, (name, value) => add(params, name, value, limits))
    return { query, params, bodyKind }
  }
  const rest = takeSecrets(request.body, secretNames, secrets, limits)
  decodePairs(rest ?? request.body.toString('utf8'), params, limits)
  return { query, params: rest === undefined ? params : withSecrets(params, secrets, limits), bodyKind }
}

const beyondAscii = /[^\0-\x7f]/

function queryOf(target: string, limits: Limits): string {
  const start = target.indexOf('?')
  if (start === -1) return ''
  const query = target.slice(start + 1)
  if (query.length > limits.querySize) throw gatewayError('RequestQueryTooLong')
  // Node hands over bytes outside ASCII one character each.
  if (!beyondAscii.test(query)) return query
  const bytes = Buffer.from(query, 'latin1')
  requireUtf8(bytes)
  return bytes.toString('utf8')
}

function kindOf(request: WireRequest): BodyKind {
  // Some clients name the type of a body they do not send, even on GET.
  if (request.body.length === 0) return 'none'
  const type = (header(request, 'content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase()
  if (type === 'application/x-www-form-urlencoded') return 'form'
  return type === 'application/json' ? 'json' : 'opaque'
}

function requireUtf8(bytes: Buffer): void {
  if (!isUtf8(bytes)) throw gatewayError('InvalidParameter.Encoding')
}

/** Also beside what the query string says, a name has one value. */
function withSecrets(
  params: Map<string, string>,
  secrets: ReadonlyMap<string, Secret>,
  limits: Limits,
): Decoded['params'] {
  for (const [name, secret] of secrets) {
    const known = params.get(name)
    if (known !== undefined && Buffer.compare(Buffer.from(known), secret.revealBytes()) !== 0) {
      throw gatewayError('InvalidParameter.Duplicate')
    }
    params.delete(name)
  }
  if (params.size + secrets.size > limits.parameterCount) throw gatewayError('InvalidParameter.TooMany')
  return Object.assign(params, { secrets })
}

function decodePairs(text: string, into: Map<string, string>, limits: Limits): void {
  let parts = 0
  for (let start = 0; start < text.length; ) {
    // The same one again and again, and empty ones, cost as much to read as others.
    if (++parts > limits.parameterCount) throw gatewayError('InvalidParameter.TooMany')
    let end = text.indexOf('&', start)
    if (end === -1) end = text.length
    if (end > start) {
      let equals = text.indexOf('=', start)
      if (equals === -1 || equals > end) equals = end
      add(into, part(text, start, equals), part(text, equals + 1, end), limits)
    }
    start = end + 1
  }
}

function add(into: Map<string, string>, name: string, value: string, limits: Limits): void {
  if (name.length > limits.nameSize) throw gatewayError('InvalidParameter.Encoding')
  const known = into.get(name)
  if (known !== undefined && known !== value) throw gatewayError('InvalidParameter.Duplicate')
  into.set(name, value)
  if (into.size > limits.parameterCount) throw gatewayError('InvalidParameter.TooMany')
}

/** Go and Python send a space as `+`; a real plus sign is `%2B` from every client. */
function part(text: string, start: number, end: number): string {
  const raw = text.slice(start, end)
  if (!raw.includes('%') && !raw.includes('+')) return raw
  try {
    return decodeURIComponent(raw.replaceAll('+', ' '))
  } catch {
    // A stray `%` or bytes that are not UTF-8. The cause quotes nothing, and the caller can see his own request.
    throw gatewayError('InvalidParameter.Encoding')
  }
}
