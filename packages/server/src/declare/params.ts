import { Secret } from '@opensag/protocol'
import { Param, type ParamType, type RawParams, type State, type Violation } from './param.ts'

export { Param, type RawParams, type Violation } from './param.ts'

function declared<T>(type: ParamType, read: State['read'], more: Partial<State> = {}): Param<T | undefined> {
  return new Param({ type, read, required: false, rules: [], isSecret: false, ...more })
}

/** Typed clients leave an unset member out, others send it empty: both mean "not given". */
function given(raw: RawParams, name: string): string | undefined {
  const value = raw.get(name)
  return value === undefined || value.trim() === '' ? undefined : value
}

/** Reads one value, for those kinds that are one value. */
function scalar<T>(convert: (text: string) => T | undefined): State['read'] {
  return (raw, name) => {
    const value = given(raw, name)
    if (value === undefined) return { value: undefined }
    const converted = convert(value)
    return converted === undefined ? { violation: { kind: 'invalid', param: name } } : { value: converted }
  }
}

const wholeNumber = (text: string): number | undefined => {
  const number = /^-?\d{1,15}$/.test(text.trim()) ? Number(text) : Number.NaN
  return Number.isSafeInteger(number) ? number : undefined
}

/** Python sends `True` and `False`: compared without case. */
const truth = (text: string): boolean | undefined => {
  const word = text.trim().toLowerCase()
  return word === 'true' ? true : word === 'false' ? false : undefined
}

export function text(): Param<string | undefined> {
  return declared(
    'string',
    scalar((value) => value),
  )
}

/** A password or key; it reaches the handler as a {@link Secret} and must match the pattern (see `bytesRule`). */
export function secret(pattern: RegExp): Param<Secret | undefined> {
  const ofText = scalar((value) => Secret.of(value))
  const read: State['read'] = (raw, name) => {
    const held = raw.secrets?.get(name)
    return held === undefined ? ofText(raw, name) : { value: held }
  }
  return declared<Secret>('string', read, { isSecret: true }).matches(pattern)
}

export function integer(): Param<number | undefined> {
  return declared('integer', scalar(wholeNumber))
}

/** Account ids have 16 digits, which a JavaScript number cannot always hold: they stay text. */
export function long(): Param<string | undefined> {
  return declared(
    'long',
    scalar((value) => (/^\d{1,19}$/.test(value.trim()) ? value.trim() : undefined)),
  )
}

export function boolean(): Param<boolean | undefined> {
  return declared('boolean', scalar(truth))
}

/** Accepted and not looked at, whatever it says: leftovers of the platform that clients still send. */
export function ignored(type: 'string' | 'integer' | 'long'): Param<undefined> {
  return declared<never>(type, () => ({ value: undefined }), { isIgnored: true })
}

/** The indexes present under `name.N`, in numeric order; gaps and a start at 0 are tolerated. */
function indexes(raw: RawParams, name: string): readonly number[] {
  const found = new Set<number>()
  for (const key of raw.keys()) {
    if (!key.startsWith(`${name}.`)) continue
    const index = key.slice(name.length + 1).split('.', 1)[0] ?? ''
    if (/^\d{1,6}$/.test(index)) found.add(Number(index))
  }
  return [...found].sort((a, b) => a - b)
}

/** A Repeat list: `SmartAGIds.1=a&SmartAGIds.2=b`. Absent and empty are the same. */
export function list<T, C extends string>(item: Param<T, C>): Param<readonly NonNullable<T>[] | undefined, C> {
  const type = item.state.type === 'integer' ? 'array<integer>' : 'array<string>'
  const read: State['read'] = (raw, name) => {
    const values: unknown[] = []
    for (const index of indexes(raw, name)) {
      const parsed = item.parse(raw, `${name}.${index}`)
      if ('violations' in parsed) {
        return { violation: { ...(parsed.violations[0] as Violation), param: name } }
      }
      if (parsed.value !== undefined) values.push(parsed.value)
    }
    return { value: values.length === 0 ? undefined : values }
  }
  return declared<readonly NonNullable<T>[]>(type, read, { members: { item } }) as Param<
    readonly NonNullable<T>[] | undefined,
    C
  >
}

export type Params = Readonly<Record<string, Param<unknown, string>>>
export type Values<P extends Params> = { readonly [K in keyof P]: P[K]['valueType'] }
export type CodesOf<P extends Params> = { [K in keyof P]: P[K]['codeType'] }[keyof P]

/** A Repeat list of objects: `Tag.1.Key=env&Tag.1.Value=prod`. Absent and empty are the same. */
export function objects<P extends Params>(members: P): Param<readonly Values<P>[] | undefined, CodesOf<P>> {
  const read: State['read'] = (raw, name) => {
    const values: unknown[] = []
    for (const index of indexes(raw, name)) {
      const value: Record<string, unknown> = {}
      for (const [member, param] of Object.entries(members)) {
        const parsed = param.parse(raw, `${name}.${index}.${member}`)
        if ('violations' in parsed) return { violation: parsed.violations[0] as Violation }
        value[member] = parsed.value
      }
      values.push(value)
    }
    return { value: values.length === 0 ? undefined : values }
  }
  return declared<readonly Values<P>[]>('array<object>', read, { members }) as Param<
    readonly Values<P>[] | undefined,
    CodesOf<P>
  >
}
