// What no single test of an operation can hold: asserted of every operation of an API.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { XMLParser } from 'fast-xml-parser'
import { describe, expect, test } from 'vitest'
import { type Api, type Field, type Operation, type Shape, serviceOf, toWire } from '../../declare/index.ts'
import { encodeSuccess } from '../../rpc/encode.ts'
import { exampleName } from './examples.suite.ts'

export interface Registry {
  readonly api: Api
  /** Of the product: holds its operations, in a folder for each family where there is more than one. */
  readonly folder: string
  /** What its operations can be about, as policies name it. */
  readonly resource: RegExp
}

export function testRegistry({ api, folder, resource }: Registry): void {
  const all = [...api.operations.values()]
  const fileOf = ({ family, name }: Operation): string =>
    join(folder, family === serviceOf(api) ? '' : family, `${kebab(name)}.ts`)

  describe(`the registry of ${api.product}`, () => {
    test('has every file that declares an operation, in the folder of its family, and lies sorted', () => {
      const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts') && !/\.(test|suite)\.ts$/.test(name))
        .map((name) => join(folder, name))
        .filter(declaresOperation)
      expect(all.map(fileOf).sort()).toEqual(files.sort())
      expect([...api.operations.keys()]).toEqual([...api.operations.keys()].sort())
    })

    test('has one line for each operation, by the path of its file', () => {
      const lines = readFileSync(join(folder, 'operations.ts'), 'utf8').trimEnd().split('\n').slice(1)
      const paths = lines.map(
        (line) => /^export \{ \w+ \} from '\.\/(.+)\.ts'$/.exec(line)?.[1] ?? `not a line: ${line}`,
      )
      expect(paths).toEqual([...new Set(paths)].sort())
      expect(paths.map((path) => join(folder, `${path}.ts`)).sort()).toEqual(all.map(fileOf).sort())
    })
  })

  if (all.length === 0) return
  describe.each(all.map((operation) => [operation.name, operation] as const))('%s', (name, operation) => {
    const params = Object.entries(operation.params)

    test('has a test beside it that proves every declared error reachable', () => {
      const source = readFileSync(fileOf(operation).replace(/\.ts$/, '.test.ts'), 'utf8')
      expect(source).toMatch(/^testOperation\(operation, \(world\) => \{$/m)
      expect(source).toContain(` as operation } from './${kebab(name)}.ts'`)
      expect(source).not.toMatch(/\.(skip|only|todo|skipIf|runIf)\b/)
    })

    test('says in both languages what it and each parameter is', () => {
      expect(operation.about.en).toMatch(/\.$/)
      expect(operation.about.zh).toMatch(/。$/)
      for (const [param, { state }] of params) {
        expect(state.texts?.en, param).toMatch(/\.$/)
        expect(state.texts?.zh, param).toMatch(/。$/)
      }
    })

    test('is authorised under its own name', () => {
      const { access } = operation
      expect(access.action).toBe(`${serviceOf(api)}:${name}`)
      expect(['Read', 'List', 'Write']).toContain(access.level)
      expect([access.resource].flat()).not.toEqual([])
      for (const template of [access.resource].flat()) {
        expect(template).toMatch(resource)
        for (const [, named] of template.matchAll(/\{(\w+)\}/g)) {
          if (notParams.includes(named ?? '')) continue
          expect(operation.params).toHaveProperty(named ?? '')
          // Resources are shown, logged and kept in the audit trail.
          expect(operation.params[named ?? '']?.state.isSecret).toBe(false)
        }
      }
      for (const dependent of access.dependent) expect(dependent).toMatch(/^[a-z]+:[A-Z]\w+$/)
      // Only what is asked for beside its own action depends on it.
      expect(access.dependent).not.toContain(access.action)
    })

    test('has an example for each required parameter, and all examples pass its checks', () => {
      const raw = new Map<string, string>()
      for (const [param, { state }] of params) {
        if (state.required) expect(state.exampleText, param).toBeDefined()
        if (state.exampleText !== undefined) raw.set(exampleName(param, state.type), state.exampleText)
      }
      expect(operation.parse(raw).violations).toEqual([])
    })

    test('declares every code its parameters answer', () => {
      const answered = params.flatMap(([, param]) => param.codes())
      expect(Object.keys(operation.errors)).toEqual(expect.arrayContaining(answered))
    })

    test('has errors with a status and both messages', () => {
      for (const [code, [status, en, zh, outside]] of Object.entries(operation.errors)) {
        expect(code).toMatch(/^[A-Za-z][A-Za-z0-9]*(\.[A-Za-z0-9]+)*$/)
        expect([400, 403, 404, 409, 500, 501, 503]).toContain(status)
        expect(en).toMatch(/^[\x20-\x7e]+$/)
        expect(zh).toMatch(/[\u4e00-\u9fa5]/)
        if (outside !== undefined) expect([outside.en.at(-1), outside.zh.at(-1)]).toEqual(['.', '。'])
      }
    })

    test.each([0, 1, 2])('answers the same in JSON and XML with %i items in each list', (items) => {
      const wire = toWire(operation.result, sample(operation.result, items))
      const id = 'DB0A026C-A8E5-40AB-977E-3A87DD78F694'
      const json = JSON.parse(encodeSuccess('JSON', name, wire, id).payload)
      expect(json).toEqual({ ...wire, RequestId: id })
      const { [`${name}Response`]: root } = new XMLParser({ parseTagValue: false, trimValues: false }).parse(
        encodeSuccess('XML', name, wire, id).payload,
      )
      expect(root.RequestId).toBe(id)
      expect(fromXml(operation.result, root)).toEqual(asTexts(wire))
    })
  })
}

/** What resources may name beside parameters: see `access/resources.ts`. */
const notParams: readonly string[] = ['account', 'policyOwner', 'self']

function declaresOperation(file: string): boolean {
  return /^export const \w+ = operation\(\{$/m.test(readFileSync(file, 'utf8'))
}

/** `ModifySAGAdminPassword` → `modify-sag-admin-password`, `DescribeACLs` → `describe-acls`. */
function kebab(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z]+)([A-Z](?!s(?![a-z]))[a-z])/g, '$1-$2')
    .toLowerCase()
}

function sample(shape: Shape, items: number): Record<string, unknown> {
  const value = (field: Field | Shape): unknown => {
    if (!isField(field)) return sample(field, items)
    if (field.kind === 'object') return sample(field.shape, items)
    if (field.kind !== 'scalar') return Array.from({ length: items }, () => value(field.of))
    return field.type === 'string' ? '<a & "b">' : field.type === 'boolean' ? false : 1622617250000
  }
  return Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, value(field)]))
}

function isField(of: Field | Shape): of is Field {
  return typeof of.kind === 'string'
}

/** Reads an element as its shape says; what a text was, a number or a boolean, XML does not tell. */
function fromXml(shape: Shape, node: unknown): Record<string, unknown> {
  const members = (typeof node === 'object' ? node : {}) as Record<string, unknown>
  const items = (of: Field | Shape, element: unknown): unknown[] =>
    (element === undefined ? [] : [element].flat()).map((item) => (isField(of) ? item : fromXml(of, item)))
  return Object.fromEntries(
    Object.entries(shape).map(([name, field]) => {
      const element = members[name]
      if (field.kind === 'scalar') return [name, element]
      if (field.kind === 'object') return [name, fromXml(field.shape, element)]
      if (field.kind === 'direct') return [name, items(field.of, element)]
      return [name, { [field.item]: items(field.of, (element as Record<string, unknown> | undefined)?.[field.item]) }]
    }),
  )
}

function asTexts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asTexts)
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, asTexts(member)]))
}
