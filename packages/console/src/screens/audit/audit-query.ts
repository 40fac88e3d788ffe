import { type Moments, momentsOf, type Span, spans } from './audit-time.ts'

// What the audit screen shows is all in its address: it can be kept, sent to a colleague, and gone back to.

export const views = ['changes', 'signins', 'refused', 'all'] as const
export type View = (typeof views)[number]

export const throughs = ['console', 'api', 'cli', 'job'] as const
export type Through = (typeof throughs)[number]

export interface AuditQuery {
  readonly view: View
  readonly span: Span
  /** Days, `2026-11-27`; they take the place of the span. */
  readonly from: string
  readonly to: string
  readonly who: readonly string[]
  readonly operation: readonly string[]
  readonly object: string
  readonly through: Through | ''
  readonly text: string
  /** Also what consoles only read. */
  readonly reads: boolean
}

export type Address = Readonly<Record<string, string | undefined>>

/** What the server takes at most. */
const mostNames = 20
const longest = 256

export const signInOperations = [
  'ConsoleSignin',
  'CreateConsoleSession',
  'EndConsoleSession',
  'AssumeRole',
  'AuthenticateCall',
]

export function queryIn(address: URLSearchParams): AuditQuery {
  const words = (name: string): readonly string[] =>
    (address.get(name) ?? '')
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean)
      .slice(0, mostNames)
  const day = (name: string): string =>
    /^\d{4}-\d\d-\d\d$/.test(address.get(name) ?? '') ? (address.get(name) ?? '') : ''
  const span = address.get('span') ?? ''
  return {
    view: views.find((one) => one === address.get('view')) ?? 'changes',
    span: Object.hasOwn(spans, span) ? (span as Span) : 'week',
    from: day('from'),
    to: day('to'),
    who: words('who'),
    operation: words('operation'),
    object: (address.get('object') ?? '').slice(0, longest),
    through: throughs.find((one) => one === address.get('through')) ?? '',
    text: (address.get('text') ?? '').slice(0, longest),
    reads: address.get('reads') === 'yes',
  }
}

/** The same query as an address; what goes without saying is left out. */
export function addressOf({ view, span, from, to, who, operation, object, through, text, reads }: AuditQuery): Address {
  const isSpan = from === '' && to === ''
  return {
    view: view === 'changes' ? undefined : view,
    span: isSpan && span !== 'week' ? span : undefined,
    from,
    to,
    who: who.join(','),
    operation: operation.join(','),
    object,
    through,
    text,
    reads: reads ? 'yes' : undefined,
  }
}

/** The parameters of `SearchAuditEvents`, for a moment that all of its pages share. */
export function paramsOf(query: AuditQuery, now: number): Moments & Readonly<Record<string, unknown>> {
  const { view, who, operation, object, through, text, reads } = query
  const operations = operation.length > 0 ? operation : view === 'signins' ? signInOperations : undefined
  return {
    ...momentsOf(query, now),
    Users: who.length > 0 ? who : undefined,
    Operations: operations,
    Object: object === '' ? undefined : object,
    EventRW: view === 'changes' ? 'Write' : undefined,
    Outcome: view === 'changes' ? 'Done' : view === 'refused' ? 'Refused' : undefined,
    Through: through === '' ? undefined : through,
    Text: text === '' ? undefined : text,
    ConsoleReads: reads ? true : undefined,
  }
}

const listed = { who: 'who', user: 'who', operation: 'operation' } as const
const single = { object: 'object', text: 'text' } as const

/** What somebody typed: `who:li.na operation:CreateUser munich` sets tokens, and what is left is text. */
export function withTyped(query: AuditQuery, typed: string): AuditQuery {
  let next = query
  const rest: string[] = []
  for (const word of typed.split(/\s+/).filter(Boolean)) {
    const [, name = '', value = ''] = /^([a-z]+):(.+)$/.exec(word) ?? []
    if (Object.hasOwn(listed, name)) {
      const member = listed[name as keyof typeof listed]
      next = { ...next, [member]: [...new Set([...next[member], ...value.split(',')])].slice(0, mostNames) }
    } else if (Object.hasOwn(single, name)) next = { ...next, [single[name as keyof typeof single]]: value }
    else if (name === 'through' && throughs.some((one) => one === value)) next = { ...next, through: value as Through }
    else if ((name === 'from' || name === 'to') && /^\d{4}-\d\d-\d\d$/.test(value)) next = { ...next, [name]: value }
    else rest.push(word)
  }
  return rest.length === 0 ? next : { ...next, text: [next.text, ...rest].filter(Boolean).join(' ').slice(0, longest) }
}

export interface Token {
  readonly kind: 'time' | 'who' | 'operation' | 'object' | 'through' | 'text' | 'reads'
  readonly value: string
  /** The query without it. */
  readonly without: AuditQuery
}

export function tokensOf(query: AuditQuery): readonly Token[] {
  const { from, to, who, operation, object, through, text, reads } = query
  return [
    ...(from === '' && to === ''
      ? []
      : [{ kind: 'time' as const, value: `${from} – ${to}`, without: { ...query, from: '', to: '' } }]),
    ...who.map((value) => ({
      kind: 'who' as const,
      value,
      without: { ...query, who: who.filter((one) => one !== value) },
    })),
    ...operation.map((value) => ({
      kind: 'operation' as const,
      value,
      without: { ...query, operation: operation.filter((one) => one !== value) },
    })),
    ...(object === '' ? [] : [{ kind: 'object' as const, value: object, without: { ...query, object: '' } }]),
    ...(through === ''
      ? []
      : [{ kind: 'through' as const, value: through, without: { ...query, through: '' as const } }]),
    ...(text === '' ? [] : [{ kind: 'text' as const, value: text, without: { ...query, text: '' } }]),
    ...(reads ? [{ kind: 'reads' as const, value: '', without: { ...query, reads: false } }] : []),
  ]
}
