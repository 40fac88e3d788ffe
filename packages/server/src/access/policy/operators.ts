import { holds, parseAddress, parseNetwork } from './addresses.ts'
import type { OperatorName } from './policy.ts'
import { parseBoolean, parseInstant, parseNumber } from './scalars.ts'
import { compileWildcard } from './wildcard.ts'

type Test = (actual: string) => boolean

/** What an operator means: how one value of a policy is read, and what it then says about one value of a request. */
export interface Meaning {
  /** Holds when the value of the request matches none of the policy's. */
  readonly negated: boolean
  /** What a value must be, for the message that refuses it. */
  readonly expects: string
  /** Whether several values are refused, because they cannot mean anything. */
  readonly single: boolean
  /** The JSON types a value may have besides text. */
  readonly literal?: 'number' | 'boolean'
  /** The test of one value; undefined when the value is unreadable. A request's value that is unreadable never matches. */
  test(value: string): Test | undefined
}

const text = { expects: 'a text', single: false }
const number = { expects: 'a number such as 10 or 2.5', single: false, literal: 'number' } as const
const date = { expects: 'a time with its offset such as 2026-11-25T08:00:00Z', single: false }
const network = { expects: 'an IPv4 or IPv6 address or CIDR block', single: false }
// RAM, "Validate policies": "Invalid condition multiple Boolean" (D).
const bool = { expects: '"true" or "false"', single: true, literal: 'boolean' } as const

const equal =
  (value: string): Test =>
  (actual) =>
    actual === value
const equalIgnoringCase = (value: string): Test => {
  const lower = value.toLowerCase()
  return (actual) => actual.toLowerCase() === lower
}
const like = (value: string): Test => compileWildcard(value).matches

/** Compares what `parse` reads from both sides. */
function compared<T>(
  parse: (value: string) => T | undefined,
  relation: (actual: T, expected: T) => boolean,
): Meaning['test'] {
  return (value) => {
    const expected = parse(value)
    if (expected === undefined) return undefined
    return (given) => {
      const actual = parse(given)
      return actual !== undefined && relation(actual, expected)
    }
  }
}

const same = <T>(actual: T, expected: T): boolean => actual === expected
const less = (actual: number, expected: number): boolean => actual < expected
const atMost = (actual: number, expected: number): boolean => actual <= expected
const greater = (actual: number, expected: number): boolean => actual > expected
const atLeast = (actual: number, expected: number): boolean => actual >= expected

function inNetwork(value: string): Test | undefined {
  const parsed = parseNetwork(value)
  if (parsed === undefined) return undefined
  return (given) => {
    const address = parseAddress(given)
    return address !== undefined && holds(parsed, address)
  }
}

export const meanings: Readonly<Record<OperatorName, Meaning>> = {
  StringEquals: { ...text, negated: false, test: equal },
  StringNotEquals: { ...text, negated: true, test: equal },
  StringEqualsIgnoreCase: { ...text, negated: false, test: equalIgnoringCase },
  StringNotEqualsIgnoreCase: { ...text, negated: true, test: equalIgnoringCase },
  StringLike: { ...text, negated: false, test: like },
  StringNotLike: { ...text, negated: true, test: like },
  NumericEquals: { ...number, negated: false, test: compared(parseNumber, same) },
  NumericNotEquals: { ...number, negated: true, test: compared(parseNumber, same) },
  NumericLessThan: { ...number, negated: false, test: compared(parseNumber, less) },
  NumericLessThanEquals: { ...number, negated: false, test: compared(parseNumber, atMost) },
  NumericGreaterThan: { ...number, negated: false, test: compared(parseNumber, greater) },
  NumericGreaterThanEquals: { ...number, negated: false, test: compared(parseNumber, atLeast) },
  DateEquals: { ...date, negated: false, test: compared(parseInstant, same) },
  DateNotEquals: { ...date, negated: true, test: compared(parseInstant, same) },
  DateLessThan: { ...date, negated: false, test: compared(parseInstant, less) },
  DateLessThanEquals: { ...date, negated: false, test: compared(parseInstant, atMost) },
  DateGreaterThan: { ...date, negated: false, test: compared(parseInstant, greater) },
  DateGreaterThanEquals: { ...date, negated: false, test: compared(parseInstant, atLeast) },
  Bool: { ...bool, negated: false, test: compared(parseBoolean, same) },
  IpAddress: { ...network, negated: false, test: inNetwork },
  NotIpAddress: { ...network, negated: true, test: inNetwork },
}
