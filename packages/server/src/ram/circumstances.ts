import type { RawParams } from '../declare/params.ts'
import { formatUtc } from '../model/utc-time.ts'
import { type Caller, principal } from './caller.ts'
import type { ConditionContext } from './policy/index.ts'

/** What a request comes with beside its parameters, as conditions of policies may ask about it. */
export interface Circumstances {
  /** The address the request came from; unknown when the connection is already gone. */
  readonly sourceIp: string | undefined
  readonly secure: boolean
  /** The wall clock, milliseconds since 1970. */
  readonly at: number
}

/** The most tags a request is looked through for; the API takes 20 (D). */
const mostTags = 20

/** The documented condition keys (D). There is no second factor, so none was ever present. */
export function conditionContext(
  caller: Caller,
  { sourceIp, secure, at }: Circumstances,
  raw: RawParams,
): ConditionContext {
  const context = new Map<string, readonly string[]>([
    ['acs:currenttime', [formatUtc(at)]],
    ['acs:securetransport', [String(secure)]],
    ['acs:mfapresent', ['false']],
    ['acs:principalarn', [principal(caller)]],
  ])
  if (sourceIp !== undefined) context.set('acs:sourceip', [plainAddress(sourceIp)])
  for (let index = 1; index <= mostTags; index++) {
    const key = raw.get(`Tag.${index}.Key`)
    if (key === undefined) break
    const name = `acs:requesttag/${key.toLowerCase()}`
    context.set(name, [...(context.get(name) ?? []), raw.get(`Tag.${index}.Value`) ?? ''])
  }
  return context
}

/** A socket that speaks both families shows an IPv4 address inside an IPv6 one. */
export function plainAddress(address: string): string {
  return address.startsWith('::ffff:') ? address.replace(/^::ffff:(?=\d+\.)/, '') : address
}
