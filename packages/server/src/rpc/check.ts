import type { AccessDenied } from '../access/denial.ts'
import { Refusal } from '../declare/errors.ts'
import type { Operation } from '../declare/operation.ts'
import type { RawParams, Violation } from '../declare/params.ts'
import { isRegion } from '../model/regions.ts'
import { gatewayError, invalid, missing } from './gateway-errors.ts'

/** What is wrong with the parameters, before and after the question whether the caller may ask at all. */
export interface Violations {
  readonly beforeAccess: Refusal | undefined
  readonly afterAccess: Refusal | undefined
}

/**
 * The table of an operation is the order of its checks, and `Forbidden` has its place in it: what stands above it is
 * answered before access is decided, as is what the front door itself finds. Everything else comes after it.
 */
export function violationsOf(operation: Operation, raw: RawParams, violations: readonly Violation[]): Violations {
  // What no region can be is an unknown region, below.
  const uncoded = violations.find(
    ({ code, kind, param }) => code === undefined && !(kind === 'invalid' && param === 'RegionId'),
  )
  if (uncoded !== undefined) return { beforeAccess: refusalOf(operation, uncoded, violations), afterAccess: undefined }

  const region = operation.params.RegionId === undefined ? undefined : raw.get('RegionId')
  if (region !== undefined && region.trim() !== '' && !isRegion(region)) {
    // Some tables have a code of their own for it.
    const own = violations.find(
      ({ code, kind, param }) => code !== undefined && kind === 'invalid' && param === 'RegionId',
    )
    const refusal = own === undefined ? rowOf(operation, 'InvalidRegionID') : refusalOf(operation, own, violations)
    return { beforeAccess: refusal, afterAccess: undefined }
  }
  const [first] = violations
  if (first === undefined) return { beforeAccess: undefined, afterAccess: undefined }
  const refusal = refusalOf(operation, first, violations)
  return standsBefore(operation, refusal.code, denialCode(operation))
    ? { beforeAccess: refusal, afterAccess: undefined }
    : { beforeAccess: undefined, afterAccess: refusal }
}

/** The answer is about one violation. A missing parameter also tells its page of the others that are missing. */
function refusalOf(operation: Operation, violation: Violation, all: readonly Violation[]): Refusal {
  const refusal = answerTo(operation, violation)
  const names =
    violation.kind === 'missing' ? all.filter((other) => other.kind === 'missing').map((other) => other.param) : []
  if (names.length < 2) return refusal
  return new Refusal(refusal.status, refusal.code, refusal.message, refusal.accessDenied, names)
}

function answerTo(operation: Operation, { kind, param, code }: Violation): Refusal {
  if (code !== undefined) return operation.refusal(code)
  return kind === 'missing' ? missing(param) : invalid(param)
}

function standsBefore({ errors }: Operation, code: string, other: string | undefined): boolean {
  if (other === undefined) return false
  const codes = Object.keys(errors)
  return codes.includes(other) && codes.indexOf(code) < codes.indexOf(other)
}

/** The operation's own row of a code that every operation may answer, else the front door's. */
export function rowOf(operation: Operation, code: 'InvalidRegionID' | 'InternalError' | 'ServiceUnavailable'): Refusal {
  return operation.errors[code] === undefined ? gatewayError(code) : operation.refusal(code)
}

/** As tables spell it, that of users and roles before the one that also speaks of other accounts. */
const denials = ['Forbbiden.SubUser', 'Forbidden.SubUser', 'Forbidden', 'NoPermission'] as const

function denialCode({ errors }: Operation): (typeof denials)[number] | undefined {
  return denials.find((code) => errors[code] !== undefined)
}

/** What a caller is answered whom no policy allows the operation; its own table wins (C). */
export function forbidden(operation: Operation, detail: AccessDenied): Refusal {
  const own = denialCode(operation)
  const general = /^(ram|sts):/.test(operation.access.action) ? 'NoPermission' : 'Forbidden.RAM'
  const { status, code, message } = own === undefined ? gatewayError(general) : operation.refusal(own)
  return new Refusal(status, code, message, detail)
}
