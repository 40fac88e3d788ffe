import type { Aspect } from '@opensag/rules'
import type { Api, Operation, Param, Params } from '../../declare/index.ts'
import { fieldEntries } from '../fields.ts'

/** The facts of one thing by their aspect, as texts; what does not apply is absent. */
export type Facts = Readonly<Partial<Record<Aspect, string>>>

/** What callers can know of an operation, and so what changes for them when it changes. */
export interface OperationSurface {
  readonly access: Facts
  readonly params: Readonly<Record<string, Facts>>
  readonly result: Readonly<Record<string, Facts>>
  /** In the order in which they are checked. */
  readonly errors: Readonly<Record<string, Facts>>
}

/** By the name of the operation: no two of all APIs have one name. */
export type Surface = Readonly<Record<string, OperationSurface>>

/**
 * The declared surface of every operation. Rules that are functions (`satisfies`, `checks`) have no form that could be
 * compared: of them only the codes that answer for a parameter are seen.
 */
export function surfaceOf(apis: readonly Api[]): Surface {
  const operations = apis.flatMap((api) => [...api.operations.values()])
  return Object.fromEntries(
    operations.map((operation) => [operation.name, operationSurface(operation)] as const).sort(byName),
  )
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1
}

function operationSurface({ access, params, result, errors }: Operation): OperationSurface {
  return {
    access: present({
      action: access.action,
      level: access.level,
      resource: [access.resource].flat().join(', '),
      dependent: listed(access.dependent),
      standsFor: access.standsFor,
      open: flag(access.open),
    }),
    params: paramFacts(params, ''),
    result: Object.fromEntries(fieldEntries(result).map(([path, type]) => [path, { type }])),
    errors: Object.fromEntries(
      Object.entries(errors).map(([code, [status, message, messageZh]]) => [
        code,
        { status: String(status), message, messageZh },
      ]),
    ),
  }
}

/** Members of objects as `Tag.N.Key`; a list declares its rules at its one item. */
function paramFacts(params: Params, path: string): Record<string, Facts> {
  return Object.fromEntries(
    Object.entries(params).flatMap(([name, param]) => {
      const own = [`${path}${name}`, factsOf(param)] as const
      const { type, members } = param.state
      if (type !== 'array<object>' || members === undefined) return [own]
      return [own, ...Object.entries(paramFacts(members, `${path}${name}.N.`))]
    }),
  )
}

function factsOf(param: Param<unknown, string>): Facts {
  const { state } = param
  const item = state.type === 'array<object>' ? undefined : state.members?.['item']?.state
  const { values, anyCase, minimum, maximum, alsoAllowed = [], minLength, maxLength, pattern } = item ?? state
  return present({
    type: state.type,
    required: flag(state.required),
    secret: flag(state.isSecret),
    ignored: flag(state.isIgnored),
    values: listed(values),
    anyCase: flag(anyCase),
    range: [span(minimum, maximum), ...alsoAllowed].filter((part) => part !== undefined).join(', ') || undefined,
    length: span(minLength, maxLength),
    pattern: pattern && String(pattern),
    default: state.defaultValue === undefined ? undefined : String(state.defaultValue),
    empty: state.clears ? 'clears' : state.blankRefused || state.blankCode !== undefined ? 'refused' : undefined,
    json: flag(state.isJsonToo),
    codes: listed(param.codes()),
  })
}

function flag(is: boolean | undefined): string | undefined {
  return is ? 'yes' : undefined
}

function listed(texts: readonly string[] | undefined): string | undefined {
  return texts?.join(', ') || undefined
}

function span(from: number | undefined, to: number | undefined): string | undefined {
  return from === undefined || to === undefined ? undefined : `${from}–${to}`
}

function present(facts: { readonly [A in Aspect]?: string | undefined }): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined))
}
