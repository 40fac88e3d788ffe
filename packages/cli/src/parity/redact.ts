import { isIP, isIPv6 } from 'node:net'
import { say } from '../say.ts'
import { secretName } from './operations.ts'

/** What is known of a run beside its answers, and decides what is left of them. */
export interface Known {
  /** Never shown, wherever they occur. */
  readonly secrets: readonly string[]
  /** What the calls sent as it is in their list: their reader knows these. */
  readonly sent: ReadonlySet<string>
  /** The placeholder of a value that an earlier call kept or the environment gave: `{instance}`, `{env:OWNER}`. */
  roleOf(): ReadonlyMap<string, string>
}

export interface Redaction {
  /** An answer without secrets, and with a stand-in for each value that identifies an account, a person or a place. */
  body(answer: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>
}

export const removed = '<removed>'

const account = /(uid|account_?id|owner_?id|ali_?uid|owner_?account|user_?id|parent_?id)$/i
const freeText =
  /(name|alias|domain|description|position|city|label|comments?|remark|address|phone|mobile|mail|contact|enterprisecode|info)$/i
/** A name that is the same for every account. */
const common = /^(localname|portname|actionname|product)$/i
const serial = /(^sn|serialnumber|agsn|sagsn|devicesn|mastersn|maindeviceid|backupdeviceid)$/i

/**
 * Stand-ins are numbered in the order in which values are first met: a hash of an account or an address can be guessed by
 * trying all of them. The same value has the same stand-in in all answers of one run.
 */
export function createRedaction({ secrets, sent, roleOf }: Known): Redaction {
  const numbers = new Map<string, Map<string, number>>()
  const hidden = secrets.filter((secret) => secret !== '').toSorted((one, other) => other.length - one.length)

  function numberOf(kind: string, value: string): number {
    const ofKind = numbers.get(kind) ?? new Map<string, number>()
    numbers.set(kind, ofKind)
    const number = ofKind.get(value) ?? ofKind.size + 1
    ofKind.set(value, number)
    return number
  }
  const standIn = (kind: string, value: string): string =>
    sent.has(value) ? value : `<${kind} ${numberOf(kind, value)}>`

  function text(name: string, value: string): string {
    if (value === '') return value
    const role = roleOf().get(value)
    if (role !== undefined) return role
    if (secretName.test(name)) return removed
    if (sent.has(value)) return value
    if (/^(request|host)id$/i.test(name)) return `<${name.slice(0, -2).toLowerCase()}>`
    if (account.test(name)) return standIn('account', value)
    if (serial.test(name))
      return value
        .split(',')
        .map((one) => roleOf().get(one) ?? standIn('serial', one))
        .join(',')
    if (freeText.test(name) && !common.test(name)) return standIn('text', value)
    return withoutIds(withoutSecrets(value))
  }

  function withoutSecrets(value: string): string {
    let shown = value
    for (const secret of hidden) shown = shown.replaceAll(secret, removed)
    // It repeats all parameters.
    return shown.replace(/(server string to sign is:).*/is, `$1${removed}`)
  }

  function withoutIds(value: string): string {
    let shown = value
    // Short ones may be a part of any word.
    for (const [known, role] of roleOf()) if (known.length >= 6) shown = shown.replaceAll(known, role)
    return shown
      .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, '<uuid>')
      .replace(/[\w.+-]+@[\w-]+(\.[\w-]+)+/g, (mail) => standIn('mail', mail))
      .replace(/\b[0-9a-f]{2}([:-][0-9a-f]{2}){5}\b/gi, (mac) => standIn('mac', mac))
      .replace(/[0-9a-f]*:[0-9a-f:.]+/gi, (one) => (isIPv6(one) ? standIn('ip', one) : one))
      .replace(/\b(\d{1,3}(?:\.\d{1,3}){3})(\/\d{1,2})?\b/g, (whole, address: string, length = '') =>
        isIP(address) === 0 || sent.has(whole) ? whole : `${standIn('ip', address)}${length}`,
      )
      .replace(/\b([a-z]{2,12})-(?=[a-z]*\d)[a-z0-9]{12,24}\b/g, (id, kind: string) => standIn(kind, id))
      .replace(/\bsag(?=[a-z]*\d)[a-z0-9]{6,20}\b/g, (one) => standIn('serial', one))
      .replace(/\b\d{15,19}\b/g, (id) => standIn('account', id))
      .replace(/\b(LTAI|STS\.)\w{10,}\b/g, removed)
  }

  function member(name: string, value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one) => member(name, one))
    if (typeof value === 'object' && value !== null) return members(value as Readonly<Record<string, unknown>>)
    if (typeof value === 'string') return /version$/i.test(name) ? withoutSecrets(value) : text(name, value)
    if (typeof value !== 'number') return value
    if (secretName.test(name)) return 0
    // It stays a number, for that is what is compared.
    return account.test(name) || value >= 1e14 ? numberOf('account', String(value)) : value
  }

  function members(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, member(name, one)]))
  }
  return { body: members }
}

/** Why a value must not stand in a list of calls, which is copied into the recording; undefined when it may. */
export function tooPrivate(name: string, value: string): string | undefined {
  if (/\b(LTAI|STS\.)\w{10,}/.test(value)) return say('an access key')
  if (account.test(name) && /\d{9,}/.test(value)) return say('an account')
  const [, domain = ''] = /@([\w-]+(?:\.[\w-]+)+)/.exec(value) ?? []
  if (domain !== '' && !/(^|\.)(example|invalid|test|example\.(com|net|org))$/i.test(domain))
    return say('a mail address')
  return undefined
}
