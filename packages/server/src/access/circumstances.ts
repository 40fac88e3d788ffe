import type { RawParams } from '../declare/params.ts'
import type { Tags } from '../model/tags.ts'
import { formatUtc } from '../model/utc-time.ts'
import type { SaidThrough } from '../store/audit/audit.ts'
import { type Caller, principal } from './caller.ts'
import { type ConditionContext, resourceTag } from './policy/index.ts'

/** What a request comes with beside its parameters, as conditions of policies may ask about it. */
export interface Circumstances {
  /** The address the request came from; unknown when the connection is already gone. */
  readonly sourceIp: string | undefined
  readonly secure: boolean
  /** The wall clock, milliseconds since 1970. */
  readonly at: number
  /** What the client says it is: it may say anything. */
  readonly userAgent?: string | undefined
  /** What it came through, as it says itself: for the audit trail, which believes it; nothing else may. */
  readonly through?: SaidThrough | undefined
}

/** The most tags a request is looked through for; the API takes 20 (D). */
const mostTags = 20
/** UTF-16 code units of a key or value that policies are asked about: more than the API takes (D: 128 characters). */
const longestTag = 256

/**
 * The documented condition keys (D). A second factor is present in a session that a logon with one began.
 *
 * @param raw where tags are looked for: nothing when the operation has none, or whoever adds some could pass for more
 * @param ofProduct values of keys that only the product of the operation has
 */
export function conditionContext(
  caller: Caller,
  { sourceIp, secure, at }: Circumstances,
  raw: RawParams,
  ofProduct?: ConditionContext,
): ConditionContext {
  const context = new Map<string, readonly string[]>([
    ['acs:currenttime', [formatUtc(at)]],
    ['acs:securetransport', [String(secure)]],
    ['acs:mfapresent', [String(caller.kind === 'RAMUser' && caller.mfaPresent === true)]],
    ['acs:principalarn', [principal(caller)]],
  ])
  if (sourceIp !== undefined) context.set('acs:sourceip', [plainAddress(sourceIp)])
  if (ofProduct !== undefined) for (const [name, values] of ofProduct) context.set(name, values)
  addTags(context, 'acs:requesttag/', tagsIn(raw))
  return context
}

/** What is known where a request is about something with these tags. */
export function withResourceTags(context: ConditionContext, tags: Tags): ConditionContext {
  const tagged = new Map(context)
  addTags(tagged, resourceTag, tags)
  return tagged
}

function addTags(context: Map<string, readonly string[]>, prefix: string, tags: Tags): void {
  for (const [key, value] of tags) {
    const name = `${prefix}${key.toLowerCase()}`
    context.set(name, [...(context.get(name) ?? []), value])
  }
}

/** As the operation reads them: with whatever gaps between their numbers. */
function tagsIn(raw: RawParams): readonly (readonly [key: string, value: string])[] {
  const tags: (readonly [string, string])[] = []
  for (const [param, key] of raw) {
    const index = /^Tag\.(\d{1,6})\.Key$/.exec(param)?.[1]
    if (index === undefined) continue
    tags.push([key.slice(0, longestTag), (raw.get(`Tag.${index}.Value`) ?? '').slice(0, longestTag)])
    if (tags.length === mostTags) break
  }
  return tags
}

/** A socket that speaks both families shows an IPv4 address inside an IPv6 one. */
export function plainAddress(address: string): string {
  return address.startsWith('::ffff:') ? address.replace(/^::ffff:(?=\d+\.)/, '') : address
}
