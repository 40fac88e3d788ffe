import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Field, Operation, Shape } from '../declare/index.ts'
import { operations } from './registry.ts'

/** The published facts of every operation as data. The project stands without it; where it is, it is compared. */
const file =
  process.env.OPENSAG_CATALOGUE ?? join(import.meta.dirname, '../../../../../shared/reference/smartag-2018-03-13.json')

/** Where a declaration differs from the published facts on purpose: what, and why. Nothing may stand here that does not. */
const deliberate: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  CreateSmartAccessGatewayClientUser: {
    'params.Bandwidth.default': 'Marked required and with a default; the default makes it optional.',
    'params.Bandwidth.required': 'Marked required and with a default; the default makes it optional.',
  },
  CreateSmartAccessGatewaySoftware: {
    'params.ChargeType.values': 'The page says that the product is sold by subscription only.',
  },
  CreateSmartAccessGateway: {
    'params.ChargeType.values':
      'The product is sold by subscription only; the parameter lists a second value all the same.',
  },
  ModifyCloudConnectNetwork: {
    'params.InterworkingStatus.values': 'The two words are in the text of CCN.InvalidInterworkingStatus only.',
    'params.SnatCidrBlock.required':
      'Five codes of the table are for the SNAT range, which no other operation changes.',
    'params.SnatCidrBlock.type': 'Five codes of the table are for the SNAT range, which no other operation changes.',
  },
  ModifySmartAccessGateway: {
    'params.SnatEntries.required':
      'Earlier generated SDKs of this version have it, and six codes of the table are for it.',
    'params.SnatEntries.type': 'Earlier generated SDKs of this version have it, and six codes of the table are for it.',
  },
}

interface PublishedParam {
  readonly name: string
  readonly type: string
  readonly required: boolean
  readonly enum?: readonly string[]
  readonly default?: string | number | boolean
  readonly min?: number
  readonly max?: number
}

interface PublishedField {
  readonly type: string
  readonly fields?: Readonly<Record<string, PublishedField>>
}

interface PublishedOperation {
  readonly name: string
  readonly family: string
  readonly ramResource: string | readonly string[]
  readonly accessLevelRaw?: string
  readonly accessLevelDerived: string
  readonly parameters: readonly PublishedParam[]
  readonly response: Readonly<Record<string, PublishedField>>
  readonly errors: readonly {
    readonly httpStatus: number
    readonly code: string
    readonly message: string
    readonly messageZh?: string
  }[]
}

const published: readonly PublishedOperation[] = existsSync(file)
  ? JSON.parse(readFileSync(file, 'utf8')).operations
  : []

/** Facts by a path of their own, so that two lists of them can be compared member by member. */
type Facts = Readonly<Record<string, unknown>>

function declaredFacts({ family, access, params, result, errors }: Operation): Facts {
  const facts: Record<string, unknown> = { family, 'access.level': access.level, 'access.resource': access.resource }
  for (const [name, { state }] of Object.entries(params)) {
    facts[`params.${name}.type`] = state.type
    facts[`params.${name}.required`] = state.required
    facts[`params.${name}.values`] = state.values === undefined ? undefined : [...state.values].sort()
    facts[`params.${name}.default`] = state.defaultValue
  }
  for (const [code, [status, en, zh, outside]] of Object.entries(errors)) {
    // Answered although the table does not list it: the declaration itself says why.
    if (outside === undefined) facts[`errors.${code}`] = [status, en, zh]
  }
  return { ...facts, ...declaredShape(result, 'result') }
}

function declaredShape(shape: Shape, path: string): Facts {
  return Object.assign({}, ...Object.entries(shape).map(([name, field]) => declaredField(field, `${path}.${name}`)))
}

function declaredField(field: Field, path: string): Facts {
  if (field.kind === 'scalar') return { [path]: field.type }
  if (field.kind === 'object') return { [path]: 'object', ...declaredShape(field.shape, path) }
  const list = field.kind === 'wrapped' ? `${path}.${field.item}` : path
  const outer = field.kind === 'wrapped' ? { [path]: 'object' } : {}
  const { of } = field
  if (typeof of.kind === 'string') return { ...outer, [list]: `array<${String(of.type)}>` }
  return { ...outer, [list]: 'array<object>', ...declaredShape(of as Shape, list) }
}

function publishedFacts(operation: PublishedOperation, declared: Facts): Facts {
  const level = operation.accessLevelRaw ?? { get: 'Read', list: 'List' }[operation.accessLevelDerived] ?? 'Write'
  const inAccount = (arn: string): string =>
    arn.replace(/^acs:smartag:\{#regionId\}:\{#accountId\}:/, '').replaceAll(/\{#(\w+)\}/g, '{$1}')
  const { ramResource } = operation
  const resource = typeof ramResource === 'string' ? inAccount(ramResource) : ramResource.map(inAccount)
  const facts: Record<string, unknown> = {
    family: operation.family,
    'access.level': level,
    'access.resource': resource,
  }
  for (const param of operation.parameters) {
    facts[`params.${param.name}.type`] = param.type
    facts[`params.${param.name}.required`] = param.required
    facts[`params.${param.name}.values`] = param.enum === undefined ? undefined : [...param.enum].sort()
    // A required parameter has no use for a default, and a default nobody published is ours to choose.
    const ours = declared[`params.${param.name}.default`]
    facts[`params.${param.name}.default`] = param.required ? undefined : (param.default ?? ours)
  }
  for (const { code, httpStatus, message, messageZh } of operation.errors) {
    // Where no Chinese text is published, ours stands.
    const ours = declared[`errors.${code}`] as readonly unknown[] | undefined
    facts[`errors.${code}`] = [httpStatus, message, messageZh ?? ours?.[2]]
  }
  const { RequestId: _added, ...response } = operation.response
  return { ...facts, ...publishedShape(response, 'result') }
}

function publishedShape(fields: Readonly<Record<string, PublishedField>>, path: string): Facts {
  return Object.assign(
    {},
    ...Object.entries(fields).map(([name, field]) => ({
      [`${path}.${name}`]: field.type,
      ...publishedShape(field.fields ?? {}, `${path}.${name}`),
    })),
  )
}

function differences(declared: Facts, wanted: Facts): readonly string[] {
  const paths = [...new Set([...Object.keys(declared), ...Object.keys(wanted)])]
  return paths.filter((path) => JSON.stringify(declared[path]) !== JSON.stringify(wanted[path])).sort()
}

describe('the declarations and the published facts', () => {
  test.each(published.filter(({ name }) => operations.has(name)).map((facts) => [facts.name, facts] as const))(
    '%s differs only where that is meant',
    (name, facts) => {
      const operation = operations.get(name)
      if (operation === undefined) throw new Error(`${name} is not declared.`)
      const declared = declaredFacts(operation)
      const meant = Object.keys(deliberate[name] ?? {}).sort()
      expect(differences(declared, publishedFacts(facts, declared))).toEqual(meant)
    },
  )

  test('every operation is one of the API', () => {
    const names = new Set(published.map(({ name }) => name))
    const unknown = [...operations.keys()].filter((name) => names.size > 0 && !names.has(name))
    expect(unknown).toEqual([])
  })

  test('every difference that is meant belongs to an operation and has its reason', () => {
    for (const [name, reasons] of Object.entries(deliberate)) {
      expect(operations.has(name)).toBe(true)
      for (const reason of Object.values(reasons)) expect(reason).toMatch(/\.$/)
    }
  })
})
