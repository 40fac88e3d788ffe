import type { Condition, Operator, Patterns, Policy, Statement } from './policy.ts'

export function printOperator({ name, set, ifExists }: Operator): string {
  return `${set === undefined ? '' : `${set}:`}${name}${ifExists ? 'IfExists' : ''}`
}

/** The document of a policy; reading it gives the policy again. */
export function printPolicy({ statements }: Policy): string {
  return JSON.stringify({ Version: '1', Statement: statements.map(printed) })
}

/** One statement as it would stand in a document. */
export function printStatement(statement: Statement): string {
  return JSON.stringify(printed(statement))
}

function printed({ effect, action, resource, principal, conditions }: Statement): Readonly<Record<string, unknown>> {
  return {
    Effect: effect,
    ...patterns('Action', action),
    ...(resource === undefined ? {} : patterns('Resource', resource)),
    ...(principal === undefined ? {} : { Principal: principal }),
    ...(conditions.length === 0 ? {} : { Condition: grouped(conditions) }),
  }
}

function patterns(name: 'Action' | 'Resource', { not, patterns }: Patterns): Readonly<Record<string, unknown>> {
  return { [not ? `Not${name}` : name]: patterns }
}

function grouped(conditions: readonly Condition[]): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const operators: Record<string, Record<string, unknown>> = {}
  for (const { operator, key, values } of conditions) {
    const name = printOperator(operator)
    operators[name] = { ...operators[name], [key]: values }
  }
  return operators
}
