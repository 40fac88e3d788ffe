import { z } from 'zod'

/** Longer values are cut: a sentence about them has to fit a line. */
const longestShown = 40

/**
 * Tells what is wrong with a value, for a person who gave it: `must be a whole number from 0 to 65535, not "abc"`, or
 * `: a serial number is 4 to 64 letters, digits and hyphens` where its schema has words of its own. Undefined when nothing
 * is wrong. The value is repeated: never ask about a secret.
 */
export function mistakeIn(schema: z.ZodType, value: unknown): string | undefined {
  // To find the range costs more than to read a value: only what may be wrong is worth it.
  const range = value !== undefined && !isNumber(value) ? rangeOf(schema) : undefined
  if (range !== undefined) return `${range}, not ${shown(value)}`
  const parsed = schema.safeParse(value, { error: inWords })
  if (parsed.success) return undefined
  const [first] = parsed.error.issues
  if (first === undefined) return ': is not valid'
  const within = valueAt(value, first.path)
  if (within === undefined) return 'is missing'
  // Words of the schema's own are a sentence already.
  if (!first.message.startsWith(mark)) return `: ${first.message}`
  const wish = rangeOf(schema) ?? first.message.slice(mark.length)
  return within === '' && wish === empty ? wish : `${wish}, not ${shown(within)}`
}

/** Puts before a mistake what it is about: `--port must be …`, `--serial: a serial number is …`. */
export function joined(subject: string, mistake: string): string {
  return mistake.startsWith(':') ? `${subject}${mistake}` : `${subject} ${mistake}`
}

/** Tells what is wrong with each member of an input, by member; members that are right are left out. */
export function mistakesIn(schema: z.ZodObject, input: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  const members = Object.entries(schema.shape as Readonly<Record<string, z.ZodType>>)
  return new Map(
    members.flatMap(([name, member]) => {
      const mistake = mistakeIn(member, input[name])
      return mistake === undefined ? [] : [[name, mistake] as const]
    }),
  )
}

const empty = 'must not be empty'

/** Marks what was made here: zod's own map of errors is asked only where a schema has no words of its own. */
const mark = '\0'

function inWords(issue: z.core.$ZodRawIssue): string {
  return mark + wanted(issue)
}

const formats: Readonly<Record<string, string>> = {
  datetime: 'a time such as 2026-11-28T12:00:00Z',
  url: 'a URL',
  regex: 'of another form',
}

function wanted(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${kinds[issue.expected] ?? 'something else'}`
    case 'invalid_value':
      return `must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.map(String).join(', ')}`
    case 'invalid_format':
      return `must be ${formats[issue.format] ?? 'of another form'}`
    case 'too_small':
      return issue.origin === 'string' ? empty : `must be at least ${issue.minimum}`
    case 'too_big':
      return `must ${issue.origin === 'string' ? `have at most ${issue.maximum} characters` : `be at most ${issue.maximum}`}`
    default:
      return 'must be something else'
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
}

interface NumberSchema {
  readonly type?: string
  readonly minimum?: number
  readonly maximum?: number
}

/** For a number both ends at once, so that a person need not try twice. */
function rangeOf(schema: z.ZodType): string | undefined {
  const { type, minimum, maximum } = z.toJSONSchema(schema, { unrepresentable: 'any' }) as NumberSchema
  if (type !== 'integer' && type !== 'number') return undefined
  const kind = type === 'integer' ? 'must be a whole number' : 'must be a number'
  const isBounded = Number.isFinite(minimum) && Number.isFinite(maximum) && maximum !== Number.MAX_SAFE_INTEGER
  return isBounded ? `${kind} from ${minimum} to ${maximum}` : kind
}

/** Coercion would take an empty text, `null` and `false` for 0, so that a floor or a limit is turned off by mistake. */
function isNumber(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && /^ *[+-]?\d+(\.\d+)? *$/.test(value))
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((within, key) => (within as Readonly<Record<PropertyKey, unknown>>)[key], value)
}

function shown(value: unknown): string {
  if (typeof value === 'string') {
    return `"${value.length > longestShown ? `${value.slice(0, longestShown)}…` : value}"`
  }
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' && value !== null ? 'an object' : String(value)
}
