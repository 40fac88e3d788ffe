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

const rounds = 300

function timeOf(compiled: ReturnType<typeof compilePolicies>, request: AccessRequest, effect: Effect): number {
  const start = performance.now()
  for (let round = 0; round < rounds; round++) {
    if (evaluate(compiled, request).effect !== effect) throw new Error('decided otherwise')
  }
  return performance.now() - start
}

/** The least of many short measurements: a machine that is busy makes most of them longer, not all. */
function least(samples: number, measure: () => number): number {
  return Math.min(...Array.from({ length: samples }, measure))
}

describe('a thousand statements cost a call little more than one:', () => {
  test.each(shapes)('$name', ({ statement, request, effect }) => {
    const policies = (count: number): readonly Policy[] =>
      Array.from({ length: count }, (_, at) => ({ kind: 'identity', statements: [statement(at)] }))
    const one = compilePolicies(policies(1))
    const many = compilePolicies(policies(1000))
    const timeOfMany = (): number => timeOf(many, request(777), effect)
    const timeOfOne = (): number => timeOf(one, request(0), effect)
    // The first ones are for the compiler of the platform.
    least(20, timeOfMany)
    least(20, timeOfOne)
    expect(least(60, timeOfMany) / least(60, timeOfOne)).toBeLessThan(4)
  })
})

test('compiling takes time in proportion to the statements', () => {
  const policy = (count: number): readonly Policy[] => [
    {
      kind: 'identity',
      statements: Array.from({ length: count }, (_, at) => statement('Allow', ['smartag:*'], [gateway(at)])),
    },
  ]
  function timeFor(count: number): number {
    const all = policy(count)
    // Measures of one length: on a busy machine a short one finds a quiet moment, and a long one does not.
    const times = 3200 / count
    return least(25, () => {
      const start = performance.now()
      for (let time = 0; time < times; time += 1) compilePolicies(all)
      return (performance.now() - start) / times
    })
  }
  timeFor(400)
  // Eight times the statements: quadratic time would be 64 times as much.
  expect(timeFor(3200) / timeFor(400)).toBeLessThan(24)
})
