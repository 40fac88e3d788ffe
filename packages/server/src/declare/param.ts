import type { Secret } from '@opensag/protocol'
import { isWritable, type Texts } from '@opensag/rules'
import { bytesRule } from './bytes-pattern.ts'

/** What the wire calls the kind of a parameter; the words of the published catalogue. */
export type ParamType = 'string' | 'integer' | 'long' | 'boolean' | 'array<string>' | 'array<integer>' | 'array<object>'

/** Decoded request parameters by their name on the wire. */
export interface RawParams extends ReadonlyMap<string, string> {
  /** Those that were never made a text, and are not among the others: the caller of the operation wipes them. */
  readonly secrets?: ReadonlyMap<string, Secret>
}

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

/** Without a code of its own, that of `invalid` or the front door answers. */
export type Converted = { readonly value: unknown } | { readonly code: string | undefined }

export interface Rule {
  readonly test: (value: never) => boolean
  readonly code: string | undefined
}

export interface State {
  readonly type: ParamType
  readonly read: (raw: RawParams, name: string) => Parsed<unknown>
  readonly required: boolean
  /** Required as published, but its absence is answered by the handler. */
  readonly missingInRun?: true
  readonly missingCode?: string
  readonly blankCode?: string
  /** Sent with nothing in it, it is no value. */
  readonly blankRefused?: true
  /** Sent with nothing in it, it takes away what there is. */
  readonly clears?: true
  readonly invalidCode?: string
  readonly defaultValue?: unknown
  /** The default as the handler receives it: parsed, where the parameter is. */
  readonly handedDefault?: unknown
  readonly rules: readonly Rule[]
  /** Makes what was read into the value the handler receives, or tells the code that answers. Rules come before it. */
  readonly convert?: (value: unknown) => Converted
  /** Codes `convert` may tell. */
  readonly convertCodes?: readonly string[]
  readonly values?: readonly string[]
  /** The values may be written in upper or lower case. */
  readonly anyCase?: true
  readonly minimum?: number
  readonly maximum?: number
  /** Allowed although they are outside of the range. */
  readonly alsoAllowed?: readonly number[]
  readonly minLength?: number
  readonly maxLength?: number
  readonly exampleText?: string
  readonly texts?: Texts
  readonly isSecret: boolean
  /** Accepted and not looked at, whatever it says. */
  readonly isIgnored?: true
  /** The form of the text, where one pattern tells it. */
  readonly pattern?: RegExp
  readonly members?: Readonly<Record<string, Param<unknown, string>>>
  /** A list that may also be sent as one JSON text. */
  readonly isJsonToo?: true
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
  required(): Param<NonNullable<T>, C>
  required<D extends string>(code: D): Param<NonNullable<T>, C | D>
  required<D extends string>(code?: D): Param<NonNullable<T>, C | D> {
    return this.#with(code === undefined ? { required: true } : { required: true, missingCode: code })
  }

  /**
   * Published as required, but its absence has a later place in the order of evaluation than the checks of state: the
   * handler sees `undefined` and answers `code` there.
   */
  requiredInRun<D extends string>(code: D): Param<T, C | D> {
    return this.#with({ required: true, missingInRun: true, missingCode: code })
  }

  /**
   * Refused when it was sent with nothing in it: with `code`, else as an invalid value. Without this and
   * {@link Param.clearable}, blank counts as absent.
   */
  blank(): Param<T, C>
  blank<D extends string>(code: D): Param<T, C | D>
  blank<D extends string>(code?: D): Param<T, C | D> {
    return this.#with(code === undefined ? { blankRefused: true } : { blankRefused: true, blankCode: code })
  }

  /**
   * Of a change: sent with nothing in it, it takes away what there is; the handler receives the empty text. So the
   * Terraform provider takes away what was taken out of its configuration (S); typed clients leave out what they do not mean.
   */
  clearable(): Param<T, C> {
    const { read, rules } = this.state
    return this.#with({
      clears: true,
      read: (raw, name) => (raw.get(name)?.trim() === '' ? { value: '' } : read(raw, name)),
      rules: rules.map(({ test, code }) => ({ code, test: (value: never) => value === '' || test(value) })),
    })
  }

  /** The code for a value of the wrong type or outside the rules that name no code of their own. */
  invalid<D extends string>(code: D): Param<T, C | D> {
    return this.#with({ invalidCode: code })
  }

  default<U extends NonNullable<T>>(value: U): Param<NonNullable<T>, C> {
    return this.#with({ defaultValue: value, handedDefault: value })
  }

  oneOf<const V extends NonNullable<T> & string>(...values: readonly V[]): Param<V | Extract<T, undefined>, C> {
    const known: readonly string[] = values
    return this.#with({ values: known, rules: this.#rulesWith((v: string) => known.includes(v), undefined) })
  }

  /** As {@link oneOf} for words that occur in several spellings; the handler receives the one declared here. */
  oneOfIgnoringCase<const V extends NonNullable<T> & string>(
    ...values: readonly V[]
  ): Param<V | Extract<T, undefined>, C> {
    const spelling = new Map(values.map((value) => [value.toLowerCase(), value as string]))
    const { read } = this.state
    const normalised: State['read'] = (raw, name) => {
      const parsed = read(raw, name)
      if (!('value' in parsed) || parsed.value === undefined) return parsed
      const text = String(parsed.value)
      return { value: spelling.get(text.toLowerCase()) ?? text }
    }
    return this.#with<NonNullable<T>, C>({ read: normalised, anyCase: true }).oneOf(...values) as Param<
      V | Extract<T, undefined>,
      C
    >
  }

  matches(pattern: RegExp): Param<T, C> {
    const test = this.state.isSecret ? secretRule(pattern) : (v: unknown): boolean => pattern.test(String(v))
    return this.satisfies(test as (value: NonNullable<T>) => boolean).#with({ pattern })
  }

  /** Length in characters (code points), as the published pages count. */
  length(min: number, max: number): Param<T, C> {
    const test = (v: unknown): boolean => {
      const count = [...String(v)].length
      return count >= min && count <= max
    }
    return this.satisfies(test as (value: NonNullable<T>) => boolean).#with({ minLength: min, maxLength: max })
  }

  range(min: number, max: number, ...alsoAllowed: readonly number[]): Param<T, C> {
    const test = (v: unknown): boolean => {
      const number = v as number
      return (number >= min && number <= max) || alsoAllowed.includes(number)
    }
    return this.satisfies(test as (value: NonNullable<T>) => boolean).#with({
      minimum: min,
      maximum: max,
      ...(alsoAllowed.length === 0 ? {} : { alsoAllowed }),
    })
  }

  /** A rule of its own; `code` answers for it, else the code of `invalid`, else the front door. */
  satisfies<D extends string = never>(test: (value: NonNullable<T>) => boolean, code?: D): Param<T, C | D> {
    return this.#with({ rules: this.#rulesWith(test as (value: never) => boolean, code) })
  }

  /** Rules are of what was read: after it is parsed there is none, or it would be asked about another value than its type says. */
  #rulesWith(test: (value: never) => boolean, code: string | undefined): readonly Rule[] {
    if (this.state.convert !== undefined) throw new Error('The rules of a parameter come before what it parses to.')
    return [...this.state.rules, { test, code }]
  }

  /**
   * Parses the value, once: the handler receives what it is, not its text. A text that `parse` returns is why it cannot be
   * parsed; `codes` says which code answers for each.
   */
  parsesTo<R, const P extends Readonly<Record<Extract<R, string>, string>>>(
    parse: (value: NonNullable<T>) => R,
    codes: P,
  ): Param<Exclude<R, string> | Extract<T, undefined>, C | P[keyof P & string]> {
    const codeOf: Readonly<Record<string, string>> = codes
    return this.#converted(Object.values(codeOf), (value) => {
      const parsed = parse(value as NonNullable<T>)
      return typeof parsed === 'string' ? { code: codeOf[parsed] } : { value: parsed }
    })
  }

  /** As {@link parsesTo}, where nothing more is to be said of a value that cannot be parsed: then it is undefined. */
  readsAs<R, D extends string = never>(
    parse: (value: NonNullable<T>) => R,
    code?: D,
  ): Param<NonNullable<R> | Extract<T, undefined>, C | D> {
    return this.#converted(code === undefined ? [] : [code], (value) => {
      const parsed = parse(value as NonNullable<T>)
      return parsed === undefined ? { code } : { value: parsed }
    })
  }

  #converted<U, D extends string>(
    convertCodes: readonly string[],
    convert: (value: unknown) => Converted,
  ): Param<U, D> {
    const { defaultValue } = this.state
    if (this.state.convert !== undefined) throw new Error('A parameter is parsed once.')
    if (defaultValue === undefined) return this.#with({ convert, convertCodes })
    const converted = convert(defaultValue)
    if ('code' in converted) throw new Error('The default of a parameter must be one of its values.')
    return this.#with({ convert, convertCodes, handedDefault: converted.value })
  }

  example(text: string): Param<T, C> {
    return this.#with({ exampleText: text })
  }

  about(en: string, zh: string): Param<T, C> {
    return this.#with({ texts: { en, zh } })
  }

  /** All violations of this parameter, in the order of its rules; or the value the handler receives. */
  parse(raw: RawParams, name: string): { readonly value: T } | { readonly violations: readonly Violation[] } {
    const { required, missingInRun, missingCode, blankRefused, invalidCode, handedDefault, rules, convert } = this.state
    if (blankRefused === true && raw.get(name)?.trim() === '') {
      const { blankCode } = this.state
      const kind = blankCode === undefined ? 'invalid' : 'missing'
      return { violations: [withCode({ kind, param: name }, blankCode ?? invalidCode)] }
    }
    const read = this.state.read(raw, name)
    if ('violation' in read) return { violations: [withCode(read.violation, invalidCode)] }
    if (read.value === undefined) {
      if (handedDefault !== undefined) return { value: handedDefault as T }
      if (!required || missingInRun === true) return { value: undefined as T }
      return { violations: [withCode({ kind: 'missing', param: name }, missingCode)] }
    }
    const broken: (string | undefined)[] = []
    for (const rule of rules) if (!rule.test(read.value as never)) broken.push(rule.code)
    const converted = convert === undefined ? read : convert(read.value)
    if ('code' in converted) broken.push(converted.code)
    else if (broken.length === 0) {
      if (typeof read.value !== 'string' || isWritable(read.value)) return { value: converted.value as T }
      broken.push(undefined)
    }
    return { violations: broken.map((code) => withCode({ kind: 'invalid', param: name }, code ?? invalidCode)) }
  }

  /** Every code its checks may answer. */
  codes(): readonly string[] {
    const { missingCode, blankCode, invalidCode, rules, convertCodes = [], members } = this.state
    const own = [missingCode, blankCode, invalidCode, ...rules.map((rule) => rule.code), ...convertCodes]
    const inner = Object.values(members ?? {}).flatMap((member) => member.codes())
    return [...new Set([...own, ...inner].filter((code) => code !== undefined))]
  }
}

function withCode(violation: Violation, code: string | undefined): Violation {
  return violation.code !== undefined || code === undefined ? violation : { ...violation, code }
}

function secretRule(pattern: RegExp): (value: unknown) => boolean {
  const matches = bytesRule(pattern)
  return (value) => matches((value as Secret).revealBytes())
}
