import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { apis } from '@opensag/server/apis'
import { beforeAll, describe, expect, test } from 'vitest'
import { openApiDocument } from '../../packages/server/src/reference/openapi/document.ts'
import { sampleOf } from '../../packages/server/src/reference/samples.ts'
import { limit } from '../support/time.ts'
import { formatPrograms } from './programs.ts'

type Json = { readonly [name: string]: Json } & readonly Json[] & string

interface Validator {
  validate(document: object): Promise<{ readonly valid: boolean; readonly errors?: unknown }>
}
type Check = ((answer: unknown) => boolean) & { readonly errors?: unknown }

let validator: Validator
let compile: (schema: unknown) => Check

beforeAll(async () => {
  const { resolve } = createRequire(`${await formatPrograms()}/package.json`)
  const load = async (name: string) => import(pathToFileURL(resolve(name)).href)
  const { Validator } = await load('@seriousme/openapi-schema-validator')
  validator = new Validator()
  const { default: Ajv } = await load('ajv/dist/2020.js')
  const ajv = new Ajv.default({ strict: false })
  compile = (schema) => ajv.compile(schema)
}, limit(600_000))

describe.each([...apis.values()].map((api) => [api.product, api] as const))('%s', (_, api) => {
  const operations = [...api.operations.values()]

  test.each(['en', 'zh'] as const)('is a valid document of OpenAPI 3.1 (%s)', async (language) => {
    const document = JSON.parse(JSON.stringify(openApiDocument(api, language)))
    expect(await validator.validate(document)).toEqual({ valid: true })
    const named = Object.values<Json>(document.paths).map((path) => String(path['post']?.['operationId']))
    expect(named).toEqual(operations.map(({ name }) => name))
  })

  test('every parameter that is looked at is there, and every error that is declared', () => {
    const { paths } = JSON.parse(JSON.stringify(openApiDocument(api, 'en'))) as { paths: Json }
    for (const { name, params, errors } of operations) {
      const post = paths[`/#Action=${name}`]?.['post'] as Json
      const form = post['requestBody']?.['content']?.['application/x-www-form-urlencoded']?.['schema'] as Json
      const looked = Object.entries(params).filter(([, { state }]) => state.isIgnored !== true)
      expect(Object.keys(form['properties'] ?? {})).toEqual(['Action', 'Version', ...looked.map(([param]) => param)])
      const responses = Object.entries<Json>(post['responses'] as Json)
      const refused = responses.flatMap(([status, response]) => {
        const schema = response['content']?.['application/json']?.['schema']
        return [...((schema?.['properties']?.['Code']?.['enum'] as Json | undefined) ?? [])].map(
          (code) => `${status} ${code}`,
        )
      })
      expect(refused.sort()).toEqual(
        Object.entries(errors)
          .map(([code, [status]]) => `${status} ${code}`)
          .sort(),
      )
    }
  })

  test('every answer that was recorded is one that the document describes, and none without its request id', () => {
    const { paths } = JSON.parse(JSON.stringify(openApiDocument(api, 'en'))) as { paths: Json }
    for (const operation of operations) {
      const ok = paths[`/#Action=${operation.name}`]?.['post']?.['responses']?.['200']
      const check = compile(ok?.['content']?.['application/json']?.['schema'])
      const { RequestId, ...others } = JSON.parse(sampleOf(operation).json)
      expect(check({ RequestId, ...others }), `${operation.name}: ${JSON.stringify(check.errors)}`).toBe(true)
      expect(check(others)).toBe(false)
    }
  })
})
