import { type Param, text } from '../../../declare/index.ts'
import { type DnatType, dnatTypes } from '../../../model/dnat.ts'

// What the operations on DNAT entries ask for alike.

export const dnatType: Param<DnatType | undefined, 'InvalidParameter'> = text()
  .oneOf(...dnatTypes)
  .invalid('InvalidParameter')
  .example('Intranet')

const idForm = /^[a-z0-9]+-[a-z0-9]+$/

/** Whether a text could be an id at all: of an instance `sag-`, of an entry `fwd-`. */
export function isIdOf(prefix: 'sag' | 'fwd'): (value: string) => boolean {
  return (value) => value.startsWith(`${prefix}-`) && idForm.test(value)
}

export const onlyServersFault: readonly [number, string, string] = [
  403,
  'An internal server error occurred.',
  '内部服务错误',
]
