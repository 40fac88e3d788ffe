import type { ParamEntry } from './api-reference.ts'
import { isWritable } from './writable-text.ts'

/** Why the API would not take a value: what of its declaration does not hold. */
export type Mistake = 'missing' | 'number' | 'range' | 'length' | 'values' | 'pattern'

/**
 * Checks one value by the declared facts of its parameter, or of one item where that is a list: type, values, range,
 * length, pattern. The server checks by the same facts while it reads a request, and by rules of its own besides; a
 * test tries every declared parameter on both.
 */
export function mistakeIn(param: ParamEntry, value: string): Mistake | undefined {
  if (value.trim() === '') return param.required && param.default === undefined ? 'missing' : undefined
  return wrongType(param, value) ?? wrongRange(param, value) ?? wrongText(param, value)
}

function wrongType({ type }: ParamEntry, value: string): Mistake | undefined {
  const text = value.trim()
  if (type === 'integer' || type === 'array<integer>') return /^-?\d{1,15}$/.test(text) ? undefined : 'number'
  if (type === 'long') return /^\d{1,19}$/.test(text) ? undefined : 'number'
  if (type === 'boolean') return /^(true|false)$/i.test(text) ? undefined : 'values'
  return undefined
}

function wrongRange({ minimum, maximum, alsoAllowed = [] }: ParamEntry, value: string): Mistake | undefined {
  const number = Number(value)
  if (number >= (minimum ?? number) && number <= (maximum ?? number)) return undefined
  return minimum === undefined && maximum === undefined ? undefined : alsoAllowed.includes(number) ? undefined : 'range'
}

function wrongText({ values, anyCase, minLength, maxLength, pattern }: ParamEntry, value: string): Mistake | undefined {
  // In characters, as the published pages count.
  const count = [...value].length
  if (count < (minLength ?? count) || count > (maxLength ?? count)) return 'length'
  if (values !== undefined && !isOneOf(values, value, anyCase === true)) return 'values'
  if (pattern !== undefined && !new RegExp(...pattern).test(value)) return 'pattern'
  return isWritable(value) ? undefined : 'pattern'
}

function isOneOf(values: readonly string[], value: string, anyCase: boolean): boolean {
  if (!anyCase) return values.includes(value)
  return values.some((one) => one.toLowerCase() === value.toLowerCase())
}
