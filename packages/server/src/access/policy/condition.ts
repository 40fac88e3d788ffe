import { meanings } from './operators.ts'
import type { Condition } from './policy.ts'

/**
 * What is known about a request, by condition key in lower case (`acs:sourceip`). A key with an empty list is absent.
 * Keys of tags lose the case of the tag: two tags that differ by it alone are one key with two values.
 */
export type ConditionContext = ReadonlyMap<string, readonly string[]>

export interface CompiledCondition {
  /** The key in lower case. */
  readonly name: string
  holds(context: ConditionContext): boolean
  /** What `holds` makes of one value of the request. */
  fulfils(actual: string): boolean
  /** Every value must fulfil it, not one of them. */
  readonly every: boolean
  readonly ifExists: boolean
}

/** How keys begin that ask for the tags of what a request is about. */
export const resourceTag = 'acs:resourcetag/'

const nothing: readonly string[] = []

/**
 * Values of the policy are alternatives. Of a request with several values for a key, without a set prefix one must match,
 * or none for a negated operator; a key that is absent matches nothing, so that it fulfils negated operators only.
 * `ForAnyValue:` wants one value of the request that fulfils the operator, `ForAllValues:` that no value fails it (true
 * of none at all). `…IfExists` is fulfilled by an absent key. (Prefixes and suffix are assumed from the usual meaning:
 * RAM documents only the operators.)
 */
export function compileCondition({ operator, key, values }: Condition): CompiledCondition {
  const { negated, test } = meanings[operator.name]
  const tests = values.map((value) => {
    const compiled = test(value)
    if (compiled === undefined) throw new Error('An unreadable condition value passed the reading of its policy.')
    return compiled
  })
  const fulfils = (actual: string): boolean => tests.some((matches) => matches(actual)) !== negated
  const every = operator.set === 'ForAllValues' || (operator.set === undefined && negated)
  const name = key.toLowerCase()
  const { ifExists } = operator
  function holds(context: ConditionContext): boolean {
    const actual = context.get(name) ?? nothing
    if (actual.length === 0 && ifExists) return true
    return every ? actual.every(fulfils) : actual.some(fulfils)
  }
  return { name, holds, fulfils, every, ifExists }
}
