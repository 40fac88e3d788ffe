import {
  type Field,
  type Operation,
  type Param,
  Refusal,
  type ScalarField,
  type Shape,
  toWire,
} from '../declare/index.ts'
import { encodeError, encodeSuccess, type Format } from '../rpc/encode.ts'

/** One call of an operation, as the public pages print it: what is sent and what is answered in both formats. */
export interface Sample {
  readonly request: string
  readonly json: string
  readonly xml: string
}

const requestId = '0ED8D006-F706-4D23-88ED-E11ED28DCAC0'
const commonParameters = '<common request parameters>'

export function sampleOf(operation: Operation): Sample {
  return {
    request: sampleRequest(operation),
    json: sampleResponse(operation, 'JSON'),
    xml: sampleResponse(operation, 'XML'),
  }
}

/** Names and values on the wire: every required parameter, and every other one that declares an example. */
export function sampleParameters({ params }: Operation): ReadonlyMap<string, string> {
  const sent = Object.entries(params).filter(([, { state }]) => state.required || state.exampleText !== undefined)
  return new Map(
    sent.filter(([, { state }]) => state.isIgnored !== true).flatMap(([name, param]) => pairs(name, param)),
  )
}

function pairs(name: string, param: Param<unknown, string>): readonly (readonly [string, string])[] {
  const { members, type, exampleText } = param.state
  // The example of a list is one item of it, or the whole as JSON text.
  if (members === undefined || exampleText?.startsWith('[')) return [[name, parameterValue(name, param)]]
  if (type !== 'array<object>') {
    return Object.values(members).map((item) => [`${name}.1`, exampleText ?? parameterValue(name, item)] as const)
  }
  return Object.entries(members).flatMap(([member, declared]) => pairs(`${name}.1.${member}`, declared))
}

/** Every parameter that must be sent declares an example; a member of an object may declare its values alone. */
function parameterValue(name: string, { state }: Param<unknown, string>): string {
  const value = state.exampleText ?? state.values?.[0] ?? state.defaultValue
  if (value === undefined) throw new Error(`${name} declares no example`)
  return String(value)
}

/** Where a parameter is a secret all are sent in the body, since addresses are written to logs. */
function sampleRequest(operation: Operation): string {
  const own = [...sampleParameters(operation)].map(([name, value]) => `&${name}=${encodeURIComponent(value)}`).join('')
  const sent = `Action=${operation.name}${own}&${commonParameters}`
  const isSecret = Object.values(operation.params).some(({ state }) => state.isSecret)
  if (!isSecret) return `GET http(s)://[Endpoint]/?${sent}`
  return `POST http(s)://[Endpoint]/\nContent-Type: application/x-www-form-urlencoded\n\n${sent}`
}

function sampleResponse(operation: Operation, format: Format): string {
  const body = toWire(operation.result, valuesOf(operation.result, operation))
  return encodeSuccess(format, operation.name, body, requestId).payload
}

/** The first error of the table, which the operation checks first. */
export function sampleErrorOf({ errors }: Operation): string | undefined {
  const [first] = Object.entries(errors)
  if (first === undefined) return undefined
  const [code, [status, message]] = first
  const called = { host: '[Endpoint]', address: '[Endpoint]', base: 'https://[Endpoint]' }
  return encodeError('JSON', new Refusal(status, code, message), called, requestId).payload
}

function valuesOf(shape: Shape, operation: Operation): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, fieldValue(name, field, operation)]))
}

function fieldValue(name: string, field: Field, operation: Operation): unknown {
  switch (field.kind) {
    case 'scalar':
      return scalarValue(name, field, operation)
    case 'object':
      return valuesOf(field.shape, operation)
    case 'wrapped':
      return [itemValue(field.item, field.of, operation)]
    case 'direct':
      return [itemValue(name, field.of, operation)]
  }
}

function itemValue(name: string, of: Shape | ScalarField, operation: Operation): unknown {
  return isScalar(of) ? scalarValue(name, of, operation) : valuesOf(of, operation)
}

function isScalar(of: Shape | ScalarField): of is ScalarField {
  return typeof of.kind === 'string'
}

/** A text field has the value of the parameter of its name. No field declares an example, so others follow the type. */
function scalarValue(name: string, { type }: ScalarField, { params }: Operation): unknown {
  if (type === 'boolean') return true
  if (type !== 'string') return 1
  const state = params[name]?.state
  return state?.isSecret === true ? 'string' : (state?.exampleText ?? 'string')
}
