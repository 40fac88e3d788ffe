import { describe, expect, test } from 'vitest'
import { compilePolicies } from './compile.ts'
import { evaluate } from './evaluate.ts'
import { contextOf } from './examples.ts'
import { parsePolicy } from './parse.ts'
import type { Policy } from './policy.ts'
import { naive } from './testing/naive.suite.ts'
import { actionRows } from './truth/actions.suite.ts'
import { conditionRows } from './truth/conditions.suite.ts'
import { effectRows, severalResourceRows } from './truth/effects.suite.ts'
import { resourceRows } from './truth/resources.suite.ts'
import type { Outcome, Row, Written } from './truth/row.suite.ts'
import { trustRows } from './truth/trust.suite.ts'

const rows: readonly Row[] = [
  ...effectRows,
  ...severalResourceRows,
  ...actionRows,
  ...resourceRows,
  ...conditionRows,
  ...trustRows,
]

function policyOf(statements: readonly Written[]): Policy {
  const kind = statements.some((statement) => 'Principal' in statement) ? 'trust' : 'identity'
  const result = parsePolicy(JSON.stringify({ Version: '1', Statement: statements }), kind)
  if ('mistake' in result) throw new Error(result.mistake.message)
  return result.policy
}

function policiesOf({ policy }: Row): readonly Policy[] {
  const isOne = policy.length > 0 && !Array.isArray(policy[0])
  const documents = isOne ? [policy as readonly Written[]] : (policy as readonly (readonly Written[])[])
  return documents.map(policyOf)
}

describe('the truth table', () => {
  test.each(rows)('$why: $expected', (row) => {
    const { action, resource, context = {}, trustee } = row.request
    const request = {
      action,
      resources: typeof resource === 'string' ? [resource] : resource,
      context: contextOf(context),
      ...(trustee === undefined ? {} : { trustee }),
    }
    const policies = policiesOf(row)
    const decision = evaluate(compilePolicies(policies), request)
    const outcomes: Readonly<Record<string, Outcome>> = {
      Allow: 'allowed',
      ExplicitDeny: 'explicitly denied',
      ImplicitDeny: 'implicitly denied',
    }
    expect(outcomes['why' in decision ? decision.why : decision.effect]).toBe(row.expected)
    expect(outcomes[naive(policies, request)]).toBe(row.expected)
  })

  test('has more than two hundred rows, none twice', () => {
    expect(rows.length).toBeGreaterThan(200)
    const twice = (texts: readonly string[]): readonly string[] =>
      texts.filter((text, at) => texts.indexOf(text) !== at)
    expect(twice(rows.map(({ policy, request }) => JSON.stringify([policy, request])))).toEqual([])
    expect(twice(rows.map(({ why, expected }) => `${why}: ${expected}`))).toEqual([])
  })
})
