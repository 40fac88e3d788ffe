import { XMLParser } from 'fast-xml-parser'
import { describe, expect, test } from 'vitest'
import { allOperations } from '../apis/registry.ts'
import { violationsOf } from '../rpc/check.ts'
import { sampleErrorOf, sampleOf, sampleParameters } from './samples.ts'

const parser = new XMLParser({ parseTagValue: false, ignoreDeclaration: true })

/** JSON as XML can tell it: texts only, and a list of one item is that item. */
function asXml(value: unknown): unknown {
  if (Array.isArray(value)) return asXml(value[0])
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, asXml(member)]))
}

describe.each(allOperations.map((operation) => [operation.name, operation] as const))(
  'the sample of %s',
  (name, own) => {
    const { request, json, xml } = sampleOf(own)

    test('is a request that its parser accepts', () => {
      const query = request.slice(request.indexOf('Action=')).replace('&<common request parameters>', '')
      const raw = new Map(new URLSearchParams(query))
      expect(raw.get('Action')).toBe(name)
      const { values, violations } = own.parse(raw)
      expect(violations).toEqual([])
      for (const param of sampleParameters(own).keys()) expect(values[param.split('.')[0] ?? '']).toBeDefined()
      expect(violationsOf(own, raw, violations)).toEqual({ beforeAccess: undefined, afterAccess: undefined })
    })

    test('names no secret in an address', () => {
      const address = request.split('\n', 1)[0] ?? ''
      for (const [param, { state }] of Object.entries(own.params)) {
        if (state.isSecret) expect(address).not.toContain(`${param}=`)
      }
    })

    test('is answered alike in JSON and XML, with every declared field', () => {
      const body: Record<string, unknown> = JSON.parse(json)
      expect(Object.keys(body)).toEqual([...Object.keys(own.result), 'RequestId'])
      expect(parser.parse(xml)).toEqual({ [`${name}Response`]: asXml(body) })
    })

    test('is refused with the first error of its table', () => {
      const error = sampleErrorOf(own)
      const [code] = Object.keys(own.errors)
      expect(error === undefined ? undefined : JSON.parse(error).Code).toBe(code)
    })
  },
)
