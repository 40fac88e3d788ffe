import { type CompiledPolicies, compilePolicies, type StatementRef } from './compile.ts'
import type { ConditionContext } from './condition.ts'
import { type Decision, evaluate, type Trustee } from './evaluate.ts'
import { parsePolicy } from './parse.ts'
import type { PolicyKind } from './policy.ts'

/** What a policy must say about one call: a test that travels with the policy. */
export interface PolicyExample {
  readonly action: string
  readonly resource: string | readonly string[]
  /** The caller's ARN: `acs:PrincipalARN` of the call, and for a trust policy the one who wants to assume the role. */
  readonly caller?: string
  /** Condition keys of the call. What is not given is absent: nothing is taken from the present call or the clock. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>
  readonly expect: 'allowed' | 'denied'
}

export interface ExampleFailure {
  /** From 0. */
  readonly index: number
  readonly example: PolicyExample
  readonly actual: 'allowed' | 'denied'
  /** A sentence about what decided, without values of the example. */
  readonly why: string
  /** The statement that decided, from 0; none when no statement allowed the call. */
  readonly statement?: number
}

/**
 * The examples a policy fails, in their order; none when it keeps all of them. They are judged by this policy alone, as if
 * nothing else were attached.
 *
 * @throws when the document does not parse: that is to be told to its author first.
 */
export function checkExamples(
  policyText: string,
  examples: readonly PolicyExample[],
  kind: PolicyKind = 'identity',
): readonly ExampleFailure[] {
  const parsed = parsePolicy(policyText, kind)
  if ('mistake' in parsed) throw new Error('Examples were checked against a document that does not parse.')
  const compiled = compilePolicies([parsed.policy])
  return examples.flatMap((example, index) => {
    const decision = decide(compiled, example)
    const actual = decision.effect === 'Allow' ? 'allowed' : 'denied'
    if (actual === example.expect) return []
    const by = 'by' in decision ? decision.by : undefined
    return [
      {
        index,
        example,
        actual,
        why: explained(decision, by),
        ...(by === undefined ? {} : { statement: by.statement }),
      },
    ]
  })
}

function decide(compiled: CompiledPolicies, { action, resource, caller, context = {} }: PolicyExample): Decision {
  const trustee = caller === undefined ? undefined : trusteeOf(caller)
  return evaluate(compiled, {
    action,
    resources: typeof resource === 'string' ? [resource] : resource,
    context: contextOf(caller === undefined ? context : { 'acs:PrincipalARN': caller, ...context }),
    ...(trustee === undefined ? {} : { trustee }),
  })
}

/** A context as people write it: keys in any case, one value or several. */
export function contextOf(written: Readonly<Record<string, string | readonly string[]>>): ConditionContext {
  const context = new Map<string, readonly string[]>()
  for (const [key, value] of Object.entries(written)) {
    const name = key.toLowerCase()
    context.set(name, [...(context.get(name) ?? []), ...(typeof value === 'string' ? [value] : value)])
  }
  return context
}

/** The names by which a trust policy may mean an ARN or the name of a service. */
function trusteeOf(caller: string): Trustee {
  const [, account, identity = ''] = /^acs:ram::([0-9]+):(.*)$/s.exec(caller) ?? []
  if (account === undefined) return { type: 'Service', names: [caller] }
  if (/^(saml|oidc)-provider\//.test(identity)) return { type: 'Federated', names: [caller] }
  return { type: 'RAM', names: [caller, `acs:ram::${account}:root`] }
}

function explained(decision: Decision, by: StatementRef | undefined): string {
  if (by === undefined) return 'No statement allows this call.'
  return `Statement ${by.statement + 1} ${decision.effect === 'Allow' ? 'allows' : 'denies'} this call.`
}
