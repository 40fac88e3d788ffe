import type { ErrorRow, Operation } from '../declare/index.ts'
import type { Explanation } from '../explanations/explanation.ts'
import { explanationOf } from '../explanations/explanations.ts'
import { gatewayErrorPatterns, gatewayErrors } from '../rpc/gateway-errors.ts'

/** Operations that answer a code with one status, message and explanation. */
export interface Meaning {
  readonly row: ErrorRow
  /** Undefined where nothing is written about the code. */
  readonly explanation: Explanation | undefined
  /** Names of the operations; empty for what the front door answers to any of them. */
  readonly operations: readonly string[]
}

/** What the front door answers, the codes with a parameter's name in them by their pattern. */
export const frontDoorErrors: Readonly<Record<string, ErrorRow>> = { ...gatewayErrors, ...gatewayErrorPatterns }

/** Every code that these operations or the front door answer, sorted. */
export function codesOf(operations: readonly Operation[]): readonly string[] {
  const own = operations.flatMap(({ errors }) => Object.keys(errors))
  return [...new Set([...Object.keys(frontDoorErrors), ...own])].sort(byName)
}

function byName(a: string, b: string): number {
  const [left, right] = [a.toLowerCase(), b.toLowerCase()]
  return left < right ? -1 : left > right ? 1 : a < b ? -1 : 1
}

/** What a code means, wherever it can come from; the front door's own meaning first. */
export function meaningsOf(code: string, operations: readonly Operation[]): readonly Meaning[] {
  const found = new Map<string, { row: ErrorRow; explanation: Explanation | undefined; operations: string[] }>()
  const door = Object.hasOwn(frontDoorErrors, code) ? frontDoorErrors[code] : undefined
  const meanings: Meaning[] =
    door === undefined ? [] : [{ row: door, explanation: explanationOf(code), operations: [] }]
  for (const { name, errors } of operations) {
    const row = Object.hasOwn(errors, code) ? errors[code] : undefined
    if (row === undefined) continue
    const explanation = explanationOf(code, name)
    const key = JSON.stringify([row.slice(0, 2), explanation?.en])
    const same = found.get(key)
    if (same === undefined) found.set(key, { row, explanation, operations: [name] })
    else same.operations.push(name)
  }
  return [...meanings, ...found.values()]
}
