import { describe, expect, test } from 'vitest'
import { compilePolicies } from './compile.ts'
import { type AccessRequest, evaluate } from './evaluate.ts'
import type { Effect, Policy, Statement } from './policy.ts'

interface Shape {
  readonly name: string
  statement(at: number): Statement
  request(at: number): AccessRequest
  /** What the request of a statement's own gets. */
  readonly effect: Effect
}

const plain = (patterns: readonly string[]): Statement['action'] => ({ not: false, patterns })
const gateway = (at: number): string => `acs:smartag:cn-shanghai:1234567890123456:smartag/sag-${at}`

function statement(
  effect: Effect,
  actions: readonly string[],
  resources: readonly string[],
  more: Partial<Statement> = {},
): Statement {
  return { effect, action: plain(actions), resource: plain(resources), conditions: [], ...more }
}

function call(action: string, resource: string): AccessRequest {
  return { action, resources: [resource], context: new Map([['acs:sourceip', ['10.0.0.1']]]) }
}

const shapes: readonly Shape[] = [
  {
    name: 'one gateway each, all operations',
    statement: (at) => statement('Allow', ['smartag:*'], [gateway(at)]),
    request: (at) => call('smartag:ModifySmartAccessGateway', gateway(at)),
    effect: 'Allow',
  },
  {
    name: 'one gateway each in any region, one operation',
    statement: (at) => statement('Allow', ['smartag:ModifySmartAccessGateway'], [`acs:smartag:*:*:smartag/sag-${at}`]),
    request: (at) => call('smartag:ModifySmartAccessGateway', gateway(at)),
    effect: 'Allow',
  },
  {
    name: 'one operation each, everything',
    statement: (at) => statement('Allow', [`smartag:Operation${at}`], ['*']),
    request: (at) => call(`smartag:Operation${at}`, gateway(1)),
    effect: 'Allow',
  },
  {
    name: 'operations by their beginning, one gateway',
    statement: (at) => statement('Allow', [`smartag:Family${at}x*`], [gateway(7)]),
    request: (at) => call(`smartag:Family${at}xModify`, gateway(7)),
    effect: 'Allow',
  },
  {
    name: 'gateways by their beginning, with a condition',
    statement: (at) =>
      statement('Allow', ['smartag:*'], [`acs:smartag:*:*:smartag/sag-${at}-*`], {
        conditions: [{ operator: { name: 'IpAddress', ifExists: false }, key: 'acs:SourceIp', values: ['10.0.0.0/8'] }],
      }),
    request: (at) => call('smartag:ModifySmartAccessGateway', `${gateway(at)}-1`),
    effect: 'Allow',
  },
  {
    name: 'half by operation, half by gateway',
    statement: (at) =>
      at % 2 === 0
        ? statement('Allow', [`smartag:Operation${at}`], ['*'])
        : statement('Allow', ['smartag:*'], [gateway(at)]),
    request: (at) => call(`smartag:Operation${at}`, gateway(at)),
    effect: 'Allow',
  },
  {
    name: 'denied gateways',
    statement: (at) => statement('Deny', ['*'], [gateway(at)]),
    request: (at) => call('smartag:ModifySmartAccessGateway', gateway(at)),
    effect: 'Deny',
  },
]

const rounds = 2000

function timeOf(compiled: ReturnType<typeof compilePolicies>, request: AccessRequest, effect: Effect): number {
  const start = performance.now()
  for (let round = 0; round < rounds; round++) {
    if (evaluate(compiled, request).effect !== effect) throw new Error('decided otherwise')
  }
  return performance.now() - start
}

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0

describe('a thousand statements cost a call little more than one:', () => {
  test.each(shapes)('$name', ({ statement, request, effect }) => {
    const policies = (count: number): readonly Policy[] =>
      Array.from({ length: count }, (_, at) => ({ kind: 'identity', statements: [statement(at)] }))
    const one = compilePolicies(policies(1))
    const many = compilePolicies(policies(1000))
    const ratios = Array.from(
      { length: 31 },
      () => timeOf(many, request(777), effect) / timeOf(one, request(0), effect),
    )
    expect(median(ratios.slice(10))).toBeLessThan(4)
  })
})

test('compiling takes time in proportion to the statements', () => {
  const policy = (count: number): readonly Policy[] => [
    {
      kind: 'identity',
      statements: Array.from({ length: count }, (_, at) => statement('Allow', ['smartag:*'], [gateway(at)])),
    },
  ]
  const timeFor = (count: number): number => {
    const all = policy(count)
    const times = Array.from({ length: 9 }, () => {
      const start = performance.now()
      compilePolicies(all)
      return performance.now() - start
    })
    return Math.min(...times)
  }
  timeFor(1000)
  expect(timeFor(8000)).toBeLessThan(timeFor(1000) * 8 * 4)
})
