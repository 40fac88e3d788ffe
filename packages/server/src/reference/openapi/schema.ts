import type { Field, Operation, Param, Shape } from '../../declare/index.ts'
import type { Language } from '../operation-pages.ts'

/** A JSON Schema of the dialect that OpenAPI 3.1 uses (2020-12). */
export interface JsonSchema {
  readonly [keyword: string]: unknown
}

/** One whose members are known. */
export interface ObjectSchema extends JsonSchema {
  readonly properties: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
}

type Declared = Param<unknown, string>

/** What one parameter may be. A list is described as a list; {@link Operation} documents say how its items are sent. */
export function parameterSchema({ state }: Declared, language: Language): JsonSchema {
  const { type, members = {} } = state
  const about = state.texts?.[language]
  const description = about === undefined ? {} : { description: about }
  switch (type) {
    case 'array<object>':
      return { type: 'array', ...description, items: parametersSchema(members, language) }
    case 'array<string>':
    case 'array<integer>': {
      const item = members['item']
      const items = item === undefined ? {} : parameterSchema(item, language)
      const kind = type === 'array<string>' ? 'string' : 'integer'
      return { type: 'array', ...description, items: { type: kind, ...items } }
    }
    default:
      return { ...scalarOf(type), ...description, ...limits(state) }
  }
}

/** Named parameters as one object. Those that are accepted and not looked at are left out. */
export function parametersSchema(params: Readonly<Record<string, Declared>>, language: Language): ObjectSchema {
  const looked = Object.entries(params).filter(([, { state }]) => state.isIgnored !== true)
  const required = looked.filter(([, { state }]) => state.required && state.defaultValue === undefined)
  return {
    type: 'object',
    properties: Object.fromEntries(looked.map(([name, declared]) => [name, parameterSchema(declared, language)])),
    ...(required.length === 0 ? {} : { required: required.map(([name]) => name) }),
  }
}

/** A list is always there, be it empty; any other member without a value is left out of the answer. */
export function resultSchema(shape: Shape): ObjectSchema {
  const lists = Object.entries(shape).filter(([, { kind }]) => kind === 'wrapped' || kind === 'direct')
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, fieldSchema(field)])),
    ...(lists.length === 0 ? {} : { required: lists.map(([name]) => name) }),
  }
}

function fieldSchema(field: Field): JsonSchema {
  switch (field.kind) {
    case 'scalar':
      return scalarOf(field.type)
    case 'object':
      return resultSchema(field.shape)
    case 'wrapped':
      return { type: 'object', properties: { [field.item]: listOf(field.of) }, required: [field.item] }
    case 'direct':
      return listOf(field.of)
  }
}

function listOf(of: Shape | Field): JsonSchema {
  const items = typeof of.kind === 'string' ? fieldSchema(of as Field) : resultSchema(of as Shape)
  return { type: 'array', items }
}

function scalarOf(type: string): JsonSchema {
  if (type === 'integer') return { type, format: 'int32' }
  if (type === 'long') return { type: 'integer', format: 'int64' }
  return { type }
}

function limits(state: Declared['state']): JsonSchema {
  const { values, anyCase, minimum, maximum, alsoAllowed, minLength, maxLength, pattern } = state
  const range = withoutAbsent({ minimum, maximum })
  return withoutAbsent({
    // One that may be written in upper or lower case has more values than are listed.
    ...(anyCase ? { examples: values } : { enum: values }),
    ...(alsoAllowed === undefined ? range : { anyOf: [range, { enum: alsoAllowed }] }),
    minLength,
    maxLength,
    // JSON Schema has no flags: without `i` the same pattern says more than is refused.
    pattern: pattern === undefined || pattern.flags.includes('i') ? undefined : pattern.source,
    default: state.defaultValue,
    example: state.exampleText === undefined ? undefined : typed(state.type, state.exampleText),
    format: state.isSecret ? 'password' : undefined,
  })
}

function typed(type: string, text: string): unknown {
  if (type === 'integer' || type === 'long') return Number(text)
  return type === 'boolean' ? text === 'true' : text
}

function withoutAbsent(object: Readonly<Record<string, unknown>>): JsonSchema {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined))
}
