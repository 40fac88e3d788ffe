import { Secret } from '@opensag/protocol'
import type { Texts } from './texts.ts'

/** What the wire calls the kind of a parameter; the words of the published catalogue. */
export type ParamType = 'string' | 'integer' | 'long' | 'boolean' | 'array<string>' | 'array<integer>' | 'array<object>'

/** Decoded request parameters by their name on the wire. */
export type RawParams = ReadonlyMap<string, string>

/**
 * Why a parameter was not accepted. With a code, the operation's own table answers; without one, the front door does
 * (`Missing{Name}`, `Invalid{Name}`).
 */
export interface Violation {
  readonly kind: 'missing' | 'invalid'
  readonly param: string
  readonly code?: string
}

export type Parsed<T> = { readonly value: T } | { readonly violation: Violation }

interface Rule {
  readonly test: (value: never) => boolean
  readonly code: string | undefined
}

interface State {
  readonly type: ParamType
  readonly read: (raw: RawParams, name: string) => Parsed<unknown>
  readonly required: boolean
  readonly missingCode?: string
  readonly blankCode?: string
  readonly invalidCode?: string
  readonly defaultValue?: unknown
  readonly rules: readonly Rule[]
  readonly values?: readonly string[]
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly exampleText?: string
  readonly texts?: Texts
  readonly isSecret: boolean
  readonly members?: Readonly<Record<string, Param<unknown, string>>>
}

/**
 * One declared parameter. `T` is the type the handler receives, `C` the codes of the operation's own table that its
 * checks may answer. Immutable: each method returns a further declaration.
 */
export class Param<out T, out C extends string = never> {
  /** Type only. */
  declare readonly valueType: T
  /** Type only. */
  declare readonly codeType: C
  readonly state: State

  constructor(state: State) {
    this.state = state
  }

  #with<U, D extends string>(more: Partial<State>): Param<U, D> {
    return new Param<U, D>({ ...this.state, ...more })
  }

  /** Must be sent and not be blank. Without a code the front door answers `Missing{Name}`. */
  required<D extends string = never>(code?: D): Param<NonNullable<T>, C | D> {
    return this.#with(code === undefined ? { required: true } : { required: true, missingCode: code })
  }

  /** Another code for a parameter that was sent with nothing in it. Without one, blank counts as absent. */
  blank<D extends string>(code: D): Param<T, C | D> {
    return this.#with({ blankCode: code })
  }

  /** The code for a value of the wrong type or outside the rules that name no code of their own. */
  invalid<D extends string>(code: D): Param<T, C | D> {
    return this.#with({ invalidCode: code })
  }

  default<U extends NonNullable<T>>(value: U): Param<NonNullable<T>, C> {
    return this.#with({ defaultValue: value })
  }

  oneOf<const V extends NonNullable<T> & string>(...values: readonly V[]): Param<V | Extract<T, undefined>, C> {
    const known: readonly string[] = values
    return this.#with({
      values: known,
      rules: [...this.state.rules, { test: (v: string) => known.includes(v), code: undefined }],
    })
  }

  matches(pattern: RegExp): Param<T, C> {
    return this.satisfies(((v: unknown) => pattern.test(plain(v))) as (value: NonNullable<T>) => boolean)
  }

  /** Length in characters (code points), as the published pages count. */
  length(min: number, max: number): Param<T, C> {
    const test = (v: unknown): boolean => {
      const count = [...plain(v)].length
      return count >= min && count <= max
    }
    return this.satisfies(test as (value: NonNullable<T>) => boolean).#with({ minLength: min, maxLength: max })
  }

  range(min: number, max: number, ...alsoAllowed: readonly number[]): Param<T, C> {
    const test = (v: unknown): boolean => {
      const number = v as number
      return (number >= min && number <= max) || alsoAllowed.includes(number)
    }
    return this.satisfies(test as (value: NonNullable<T>) => boolean).#with({ minimum: min, maximum: max })
  }

  /** A rule of its own; `code` answers for it, else the code of `invalid`, else the front door. */
  satisfies<D extends string = never>(test: (value: NonNullable<T>) => boolean, code?: D): Param<T, C | D> {
    return this.#with({ rules: [...this.state.rules, { test: test as (value: never) => boolean, code }] })
  }

  example(text: string): Param<T, C> {
    return this.#with({ exampleText: text })
  }

  about(en: string, zh: string): Param<T, C> {
    return this.#with({ texts: { en, zh } })
  }

  /** All violations of this parameter, in the order of its rules; or the value the handler receives. */
  parse(raw: RawParams, name: string): { readonly value: T } | { readonly violations: readonly Violation[] } {
    const { required, missingCode, blankCode, invalidCode, defaultValue, rules } = this.state
    const text = raw.get(name)
    if (text !== undefined && blankCode !== undefined && text.trim() === '') {
      return { violations: [{ kind: 'missing', param: name, code: blankCode }] }
    }
    const read = this.state.read(raw, name)
    if ('violation' in read) return { violations: [withCode(read.violation, invalidCode)] }
    if (read.value === undefined) {
      if (defaultValue !== undefined) return { value: defaultValue as T }
      if (!required) return { value: undefined as T }
      return { violations: [withCode({ kind: 'missing', param: name }, missingCode)] }
    }
    const broken = rules.filter((rule) => !rule.test(read.value as never))
    if (broken.length === 0) return { value: read.value as T }
    return {
      violations: broken.map((rule) => withCode({ kind: 'invalid', param: name }, rule.code ?? invalidCode)),
    }
  }

  /** Every code its checks may answer. */
  codes(): readonly string[] {
    const { missingCode, blankCode, invalidCode, rules, members } = this.state
    const own = [missingCode, blankCode, invalidCode, ...rules.map((rule) => rule.code)]
    const inner = Object.values(members ?? {}).flatMap((member) => member.codes())
    return [...new Set([...own, ...inner].filter((code) => code !== undefined))]
  }
}

function withCode(violation: Violation, code: string | undefined): Violation {
  return violation.code !== undefined || code === undefined ? violation : { ...violation, code }
}

function plain(value: unknown): string {
  return value instanceof Secret ? value.reveal() : String(value)
}

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

/** A password or key; it reaches the handler as a {@link Secret} and must match the pattern. */
export function secret(pattern: RegExp): Param<Secret | undefined> {
  const secretParam = declared<Secret>(
    'string',
    scalar((value) => Secret.of(value)),
    { isSecret: true },
  )
  return secretParam.matches(pattern)
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
