import type { Texts } from '@opensag/rules'
import type { AccessLevel } from './access-level.ts'
import { type ErrorTable, Refusal } from './errors.ts'
import type { Param, Params, RawParams, Values, Violation } from './params.ts'
import type { ResultOf, Shape } from './results.ts'

/** What RAM decides on. `{Name}` in a resource stands for the request parameter of that name. */
export interface Access {
  /** `smartag:ModifySAGAdminPassword`: the service and the name of the operation. */
  readonly action: `${string}:${string}`
  readonly level: 'Read' | 'List' | 'Write'
  /** The level in the words of the pages of today, where one prints it (D). See {@link accessLevelOf}. */
  readonly printed?: AccessLevel
  /**
   * `smartag/{SmartAGId}`, `ccn/*`, … of SmartAG, or whole: `acs:ram:*:{account}:user/{UserName}`, where `{account}` is
   * the caller's, `{self}` the name of the user who calls, `{policyOwner}` who the policy of type `PolicyType` belongs
   * to. Several must all be allowed. `*` where nothing narrower is published.
   */
  readonly resource: string | readonly string[]
  /** Actions the caller must be allowed besides, on any resource; said also where there are none. */
  readonly dependent: readonly string[]
  /**
   * The published action whose data the operation shows: a policy that allows it allows the operation too. A policy that
   * denies either action denies the operation.
   */
  readonly standsFor?: `smartag:${string}` | 'actiontrail:LookupEvents'
  /**
   * The type of resource that the operation lists, where `resource` is `<type>/*`. A caller who may see some of them gets
   * these: `run` is given the scope and must keep to it.
   */
  readonly lists?: 'smartag' | 'ccn'
  /** The type of resource that the answer adds up: whoever may see only a part of them may not have the sum, which would tell of the rest. */
  readonly sums?: 'smartag'
  /** Any caller may do it: policies are not asked. */
  readonly open?: true
  /**
   * The answer tells a resource of another account from one that does not exist. Such a resource is authorised under the
   * account of its owner. Every other operation treats both alike, so its policies cannot tell them apart either.
   */
  readonly tellsOthersApart?: true
  /**
   * Condition keys of the product that the request has a value for, beside those of every request. Read from what was sent, before it
   * is known to be acceptable: undefined where the request does not say it.
   */
  readonly conditions?: Readonly<Record<`${string}:${string}`, (raw: RawParams) => string | undefined>>
}

/**
 * How the operation meets the store: `read` and `write` run whole inside one unit of work (all changes or none; the
 * work may be run again, so it has no effect outside the store); `device` reaches a gateway between units of work of
 * its own; `listing` only reads, in many short units of work, so that a list of very many stops nobody else.
 */
export type Transaction = 'read' | 'write' | 'device' | 'listing'

/** `detail` follows the message of the table, where the table's alone does not tell what is wrong. */
export type Fail<E extends ErrorTable> = (code: keyof E & string, detail?: string) => Refusal

/** A rule over several parameters, such as a range that depends on another one. */
export interface Check<P extends Params, E extends ErrorTable> {
  /** The parameter the answer names. */
  readonly param: keyof P & string
  /** The code of the table that answers; without one the front door does. */
  readonly code?: keyof E & string
  readonly test: (values: Values<P>) => boolean
}

export interface Declaration<C, P extends Params, E extends ErrorTable, S extends Shape> {
  readonly name: string
  /** The folder it lives in, and its chapter in the documentation. */
  readonly family: string
  readonly about: Texts
  /** Where its facts were published. */
  readonly source: string
  readonly access: Access
  readonly transaction: Transaction
  /**
   * Of transaction `write`: the instance whose row a call with these parameters keeps to, whatever it finds; it reads and
   * changes that row, reads those of its devices, and touches nothing else. Such calls can be made together. Undefined
   * where it may touch more.
   */
  keepsTo?(params: Values<P>): { readonly instance: string } | undefined
  /**
   * A large answer may be sent compressed. Only where nothing in it is secret: the length of a compressed answer tells who
   * watches the line how much a text of his, in a name for instance, has in common with the rest of it.
   */
  readonly isCompressed?: true
  readonly params: P
  /** Looked at when every parameter is acceptable on its own. */
  readonly checks?: readonly Check<NoInfer<P>, NoInfer<E>>[]
  readonly errors: E
  readonly result: S
  run(context: C & { readonly fail: Fail<E> }, params: Values<P>): Promise<ResultOf<S>>
}

/**
 * A declared operation as the front door and the registry see it. Who only reads what it declares leaves `C` out; only
 * who knows what `C` is can run it.
 */
export interface Operation<C = never> {
  readonly name: string
  readonly family: string
  readonly about: Texts
  readonly source: string
  readonly access: Access
  readonly transaction: Transaction
  readonly keepsTo?:
    | ((values: Readonly<Record<string, unknown>>) => { readonly instance: string } | undefined)
    | undefined
  readonly isCompressed?: true | undefined
  readonly params: Params
  readonly errors: ErrorTable
  readonly result: Shape
  /** Every violation of the request, earliest in the order of evaluation first, and the values when there is none. */
  parse(raw: RawParams): ParsedRequest
  /** `fail` is {@link Operation.refusal} of this operation: who builds the context adds it, since a copy costs each call. */
  run: (
    context: C & { readonly fail: Operation['refusal'] },
    values: Readonly<Record<string, unknown>>,
  ) => Promise<Readonly<Record<string, unknown>>>
  refusal(code: string, detail?: string): Refusal
}

export interface ParsedRequest {
  readonly values: Readonly<Record<string, unknown>>
  readonly violations: readonly Violation[]
}

const none: readonly Violation[] = []

export type Checked<P extends Params, E extends ErrorTable> = {
  readonly [K in keyof P]: P[K] extends Param<infer T, infer C> ? Param<T, C & keyof E & string> : never
}

/**
 * Declares an operation; everything else about it is derived. `fail` and the parameters' checks accept only codes of
 * `errors`: an undeclared code does not compile.
 */
function declare<C, P extends Params, const E extends ErrorTable, const S extends Shape>(
  declaration: Declaration<C, P, E, S> & { readonly params: Checked<P, E> },
): Operation<C> {
  const { errors, checks = [] } = declaration
  const params: Params = declaration.params
  const order = new Map(Object.keys(errors).map((code, index) => [code, index]))
  const names = Object.keys(params)

  function refusal(code: string, detail?: string): Refusal {
    const row = errors[code]
    if (row === undefined) throw new Error(`${declaration.name} does not declare ${code}`)
    return new Refusal(row[0], code, detail === undefined ? row[1] : `${row[1]} ${detail}`)
  }

  // The front door's own answers (no code) come before every code of the table.
  const rank = (violation: Violation): number =>
    violation.code === undefined ? -1 : (order.get(violation.code) ?? Number.MAX_SAFE_INTEGER)

  function brokenChecks(values: Readonly<Record<string, unknown>>): readonly Violation[] {
    if (checks.length === 0) return none
    return checks
      .filter((check) => !check.test(values as Values<P>))
      .map(({ param, code }): Violation => ({ kind: 'invalid', param, ...(code === undefined ? {} : { code }) }))
      .sort((a, b) => rank(a) - rank(b))
  }

  function parse(raw: RawParams): ParsedRequest {
    const values: Record<string, unknown> = {}
    let violations: Violation[] | undefined
    for (const name of names) {
      const parsed = (params[name] as Param<unknown, string>).parse(raw, name)
      if ('value' in parsed) values[name] = parsed.value
      else violations = [...(violations ?? []), ...parsed.violations]
    }
    if (violations === undefined) return { values, violations: brokenChecks(values) }
    return { values, violations: violations.sort((a, b) => rank(a) - rank(b)) }
  }

  return {
    ...declaration,
    params,
    parse,
    refusal,
    keepsTo: declaration.keepsTo as Operation<C>['keepsTo'],
    run: (context, values) => declaration.run(context, values as Values<P>),
  }
}

/** Declares operations that run in a context of type `C`, which this folder need not know. */
export function declaring<C>() {
  return <P extends Params, const E extends ErrorTable, const S extends Shape>(
    declaration: Declaration<C, P, E, S> & { readonly params: Checked<P, E> },
  ): Operation<C> => declare<C, P, E, S>(declaration)
}
