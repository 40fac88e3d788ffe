// The language once more, as slowly and plainly as possible: what the compiled form is compared with. It shares no code
// with it but the data types and node:net, which knows addresses.
import { BlockList, isIP } from 'node:net'
import type { AccessRequest } from '../evaluate.ts'
import type { Condition, Patterns, Policy, Statement } from '../policy.ts'

export function naive(policies: readonly Policy[], request: AccessRequest): 'Allow' | 'ExplicitDeny' | 'ImplicitDeny' {
  const resources = request.resources.length === 0 ? ['*'] : request.resources
  const statements = policies.flatMap((policy) => policy.statements)
  const any = (effect: string, resource: string): boolean =>
    statements.some((statement) => statement.effect === effect && applies(statement, resource, request))
  if (resources.some((resource) => any('Deny', resource))) return 'ExplicitDeny'
  return resources.every((resource) => any('Allow', resource)) ? 'Allow' : 'ImplicitDeny'
}

function applies(statement: Statement, resource: string, { action, context, trustee }: AccessRequest): boolean {
  const { principal } = statement
  return (
    covers(statement.action, (pattern) => glob(pattern.toLowerCase(), action.toLowerCase())) &&
    (statement.resource === undefined || covers(statement.resource, (pattern) => resourceMatches(pattern, resource))) &&
    (principal === undefined || trustee?.names.some((name) => principal[trustee.type]?.includes(name)) === true) &&
    statement.conditions.every((condition) => holds(condition, context.get(condition.key.toLowerCase()) ?? []))
  )
}

function covers({ not, patterns }: Patterns, matches: (pattern: string) => boolean): boolean {
  return not ? !patterns.some(matches) : patterns.some(matches)
}

function glob(pattern: string, text: string): boolean {
  const source = [...pattern].map((character) => {
    if (character === '*') return '.*'
    return character === '?' ? '.' : character.replace(/[\\^$.|+()[\]{}/]/g, '\\$&')
  })
  return new RegExp(`^${source.join('')}$`, 'su').test(text)
}

function resourceMatches(pattern: string, resource: string): boolean {
  if (pattern === '*') return true
  const split = (arn: string): readonly string[] | undefined =>
    /^acs:([^:]*):([^:]*):([^:]*):(.*)$/s.exec(arn)?.slice(1)
  const wanted = split(pattern)
  const given = split(resource)
  if (wanted === undefined || given === undefined) return false
  return wanted.every((segment, index) => {
    const isGlobal = index === 1 && segment === '' && ['ram', 'sts'].includes(wanted[0] ?? '')
    return isGlobal || glob(segment, given[index] ?? '')
  })
}

function holds({ operator, values }: Condition, actual: readonly string[]): boolean {
  if (actual.length === 0 && operator.ifExists) return true
  const negated = /Not/.test(operator.name)
  const fulfils = (value: string): boolean =>
    values.some((expected) => related(operator.name, value, expected)) !== negated
  if (operator.set === 'ForAllValues') return actual.every(fulfils)
  if (operator.set === 'ForAnyValue') return actual.some(fulfils)
  return negated ? actual.every(fulfils) : actual.some(fulfils)
}

function related(operator: string, actual: string, expected: string): boolean {
  if (operator.startsWith('Numeric')) return compared(operator, numberOf(actual), numberOf(expected))
  if (operator.startsWith('Date')) return compared(operator, dateOf(actual), dateOf(expected))
  switch (operator.replace('Not', '')) {
    case 'StringEquals':
      return actual === expected
    case 'StringEqualsIgnoreCase':
      return actual.toLowerCase() === expected.toLowerCase()
    case 'StringLike':
      return glob(expected, actual)
    case 'Bool':
      return /^(true|false)$/i.test(actual) && actual.toLowerCase() === expected.toLowerCase()
    case 'IpAddress':
      return inside(actual, expected)
    default:
      throw new Error(`The naive interpreter does not know ${operator}`)
  }
}

function compared(operator: string, actual: number, expected: number): boolean {
  if (Number.isNaN(actual)) return false
  if (operator.endsWith('LessThanEquals')) return actual <= expected
  if (operator.endsWith('LessThan')) return actual < expected
  if (operator.endsWith('GreaterThanEquals')) return actual >= expected
  if (operator.endsWith('GreaterThan')) return actual > expected
  return actual === expected
}

function numberOf(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text)
}

function dateOf(text: string): number {
  return /T.*(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN
}

function inside(actual: string, expected: string): boolean {
  const family = (text: string): 'ipv4' | 'ipv6' => (text.includes(':') ? 'ipv6' : 'ipv4')
  if (isIP(actual) === 0) return false
  const [address = '', length] = expected.split('/')
  const mapped = /^::ffff:([0-9.]+)$/i.exec(address)?.[1]
  const base = mapped ?? address
  const bits =
    length === undefined ? (family(base) === 'ipv4' ? 32 : 128) : Number(length) - (mapped === undefined ? 0 : 96)
  const blocks = new BlockList()
  blocks.addSubnet(base, bits, family(base))
  const plain = /^::ffff:([0-9.]+)$/i.exec(actual)?.[1] ?? actual
  return family(plain) === family(base) && blocks.check(plain, family(plain))
}
