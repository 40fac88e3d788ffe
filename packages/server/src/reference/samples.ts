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
import { recordings } from './recorded/generated/recordings.ts'
import { printedParams, type Recording, requestIdOfSamples } from './recorded/recording.ts'

/** One call of an operation, as the public pages print it: what is sent and what is answered in both formats. */
export interface Sample {
  readonly request: string
  readonly json: string
  readonly xml: string
  /** No call of it could be recorded. */
  readonly madeUp?: true
}

export const commonParameters = '<common request parameters>'

/** The call of the operation that was recorded. */
export function sampleOf(operation: Operation): Sample {
  const recorded = recordings[operation.name]
  return recorded === undefined ? madeUpSampleOf(operation) : sampleWith(operation, recorded)
}

/** What that call sends, by names on the wire. */
export function sampleParametersOf(operation: Operation): Readonly<Record<string, string>> {
  return recordings[operation.name]?.params ?? madeUpParameters(operation)
}

/** Until a call of it is recorded: values without a declared example follow their type. */
export function madeUpSampleOf(operation: Operation): Sample {
  const answer = toWire(operation.result, valuesOf(operation.result, operation))
  return { ...sampleWith(operation, { params: madeUpParameters(operation), answer }), madeUp: true }
}

function sampleWith(operation: Operation, { params, answer }: Recording): Sample {
  const response = (format: Format): string => encodeSuccess(format, operation.name, answer, requestIdOfSamples).payload
  return { request: sampleRequest(operation, params), json: response('JSON'), xml: response('XML') }
}

/** Names and values on the wire: every required parameter, and every other one that declares an example. */
function madeUpParameters(operation: Operation): Readonly<Record<string, string>> {
  const { params } = operation
  const sent = Object.entries(params).filter(([, { state }]) => state.required || state.exampleText !== undefined)
  const looked = sent.filter(([, { state }]) => state.isIgnored !== true)
  return printedParams(operation, Object.fromEntries(looked.flatMap(([name, param]) => pairs(name, param))))
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
export function sampleRequest(operation: Operation, params: Readonly<Record<string, string>>): string {
  const own = Object.entries(params)
    .map(([name, value]) => `&${name}=${encodeURIComponent(value)}`)
    .join('')
  const sent = `Action=${operation.name}${own}&${commonParameters}`
  const isSecret = Object.values(operation.params).some(({ state }) => state.isSecret)
  if (!isSecret) return `GET http(s)://[Endpoint]/?${sent}`
  return `POST http(s)://[Endpoint]/\nContent-Type: application/x-www-form-urlencoded\n\n${sent}`
}

/** The first error of the table, which the operation checks first. */
export function sampleErrorOf({ errors }: Operation): string | undefined {
  const [first] = Object.entries(errors)
  if (first === undefined) return undefined
  const [code, [status, message]] = first
  const called = { host: '[Endpoint]', address: '[Endpoint]', base: 'https://[Endpoint]' }
  return encodeError('JSON', new Refusal(status, code, message), called, requestIdOfSamples).payload
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
