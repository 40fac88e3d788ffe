import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileResource, readResource } from './arn.ts'
import { compilePolicies } from './compile.ts'
import { type AccessRequest, type Decision, evaluate } from './evaluate.ts'
import { parsePolicy } from './parse.ts'
import type { Effect, Policy } from './policy.ts'
import { printPolicy } from './print.ts'
import {
  actionPattern,
  expansion,
  identityStatement,
  policies,
  policyOf,
  request,
  resourcePattern,
} from './testing/arbitraries.suite.ts'
import { naive } from './testing/naive.suite.ts'
import { compileWildcard } from './wildcard.ts'

const decide = (all: readonly Policy[], asked: AccessRequest): Decision => evaluate(compilePolicies(all), asked)
const allows = (all: readonly Policy[], asked: AccessRequest): boolean => decide(all, asked).effect === 'Allow'

/** The policies without the statement of an effect that stands at `at` among all of that effect. */
function without(all: readonly Policy[], effect: Effect, at: number): readonly Policy[] {
  let seen = 0
  return all.map((policy) => ({
    ...policy,
    statements: policy.statements.filter((statement) => statement.effect !== effect || seen++ !== at),
  }))
}

describe('for any policies and any request', () => {
  test('the compiled form decides as the naive interpreter does', () => {
    const reached = new Set<string>()
    fc.assert(
      fc.property(policies, request, (all, asked) => {
        const decision = decide(all, asked)
        const outcome = decision.effect === 'Allow' ? 'Allow' : decision.why
        reached.add(outcome)
        expect(outcome).toBe(naive(all, asked))
      }),
      { numRuns: 5000 },
    )
    expect(reached.size).toBe(3)
  })

  test('the statement that is said to have decided decides alone as well', () => {
    fc.assert(
      fc.property(policies, request, (all, asked) => {
        const decision = decide(all, asked)
        if (!('by' in decision)) return
        const policy = all[decision.by.policy]
        const statement = policy?.statements[decision.by.statement]
        expect(policy === undefined || statement === undefined).toBe(false)
        if (policy === undefined || statement === undefined) return
        const alone = [{ ...policy, statements: [statement] }]
        const outcomes = (asked.resources.length === 0 ? ['*'] : asked.resources).map((resource) =>
          decide(alone, { ...asked, resources: [resource] }),
        )
        expect(outcomes.some(({ effect }) => effect === decision.effect)).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  test('one more deny never allows more', () => {
    const more = identityStatement.map((statement) => ({ ...statement, effect: 'Deny' as const }))
    fc.assert(
      fc.property(policies, more, request, (all, statement, asked) => {
        const wider = [...all, { kind: 'identity' as const, statements: [statement] }]
        expect(allows(wider, asked) && !allows(all, asked)).toBe(false)
      }),
      { numRuns: 1000 },
    )
  })

  test('one allow less never allows more', () => {
    fc.assert(
      fc.property(policies, fc.nat({ max: 8 }), request, (all, at, asked) => {
        expect(allows(without(all, 'Allow', at), asked) && !allows(all, asked)).toBe(false)
      }),
      { numRuns: 1000 },
    )
  })

  test('one deny less never allows less', () => {
    fc.assert(
      fc.property(policies, fc.nat({ max: 8 }), request, (all, at, asked) => {
        expect(allows(all, asked) && !allows(without(all, 'Deny', at), asked)).toBe(false)
      }),
      { numRuns: 1000 },
    )
  })

  test('the order of statements and policies does not matter', () => {
    fc.assert(
      fc.property(policies, request, (all, asked) => {
        const turned = all.map((policy) => ({ ...policy, statements: policy.statements.toReversed() })).toReversed()
        const { effect } = decide(all, asked)
        expect(decide(turned, asked).effect).toBe(effect)
        expect(decide(all, { ...asked, resources: asked.resources.toReversed() }).effect).toBe(effect)
      }),
      { numRuns: 1000 },
    )
  })

  test('a resource more never allows more', () => {
    fc.assert(
      fc.property(policies, request, resourcePattern, (all, asked, resource) => {
        const more = { ...asked, resources: [...(asked.resources.length === 0 ? ['*'] : asked.resources), resource] }
        expect(allows(all, more) && !allows(all, asked)).toBe(false)
      }),
      { numRuns: 1000 },
    )
  })
})

test('a document that was printed is read as the policy it was', () => {
  for (const kind of ['identity', 'trust'] as const) {
    fc.assert(
      fc.property(policyOf(kind), (policy) => {
        expect(parsePolicy(printPolicy(policy), kind)).toEqual({ policy })
      }),
      { numRuns: 500 },
    )
  }
})

describe('a wildcard matches whatever stands for it', () => {
  const run = fc.string({ unit: 'grapheme', maxLength: 8 })
  const one = fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })

  test('in any text', () => {
    const pattern = fc.array(fc.constantFrom('*', '?', 'a', 'b', 'ab', '网', '😀'), { maxLength: 12 })
    fc.assert(
      fc.property(pattern, run, one, (parts, any, single) => {
        const text = parts.map((part) => (part === '*' ? any : part === '?' ? single : part)).join('')
        expect(compileWildcard(parts.join('')).matches(text)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  test('in an action', () => {
    fc.assert(
      fc.property(actionPattern, (pattern) => {
        expect(compileWildcard(pattern).matches(expansion(pattern))).toBe(true)
      }),
    )
  })

  test('in a resource', () => {
    fc.assert(
      fc.property(resourcePattern, (pattern) => {
        expect(compileResource(pattern).matches(readResource(expansion(pattern)))).toBe(true)
      }),
    )
  })
})
