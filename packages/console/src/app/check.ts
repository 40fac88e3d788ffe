import type { ParamEntry } from '@opensag/rules'

/** Why the API would not take a value: what of its declaration does not hold. */
export type Mistake = 'missing' | 'number' | 'range' | 'length' | 'values' | 'pattern'

/** Checks a value as the API will, by the declaration it checks with. Rules that need the state only it can check. */
export function mistakeIn(param: ParamEntry, value: string): Mistake | undefined {
  if (value.trim() === '') return param.required ? 'missing' : undefined
  if (param.type === 'integer' || param.type === 'long') {
    if (!/^-?\d{1,15}$/.test(value.trim())) return 'number'
    const number = Number(value)
    if (number < (param.minimum ?? number) || number > (param.maximum ?? number)) return 'range'
  }
  const count = [...value].length
  if (count < (param.minLength ?? count) || count > (param.maxLength ?? count)) return 'length'
  if (param.values !== undefined && !param.values.includes(value)) return 'values'
  if (param.pattern !== undefined && !new RegExp(...param.pattern).test(value)) return 'pattern'
  return undefined
}
