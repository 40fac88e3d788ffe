import { XMLParser } from 'fast-xml-parser'
import { describe, expect, test } from 'vitest'
import { allOperations } from '../apis/registry.ts'
import { violationsOf } from '../rpc/check.ts'
import { hidden } from './recorded/recording.ts'
import { madeUpSampleOf, sampleErrorOf, sampleOf } from './samples.ts'

const parser = new XMLParser({ parseTagValue: false, trimValues: false, ignoreDeclaration: true })

/** JSON as XML can tell it: texts only, a list of one item is that item, and one of none is not there. */
function asXml(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return String(value)
  const members = Object.entries(value).flatMap(([name, member]) => {
    if (!Array.isArray(member)) return [[name, asXml(member)]]
    return member.length === 0 ? [] : [[name, member.length === 1 ? asXml(member[0]) : member.map(asXml)]]
  })
  return members.length === 0 ? '' : Object.fromEntries(members)
}

const both = allOperations.flatMap((own) => [
  [own.name, 'as recorded', own, sampleOf(own)] as const,
  [own.name, 'as made up', own, madeUpSampleOf(own)] as const,
])

describe.each(both)('the sample of %s, %s,', (name, _how, own, { request, json, xml, madeUp }) => {
  test('is a request that its parser accepts, with its secrets filled in', () => {
    const query = request.slice(request.indexOf('Action=')).replace('&<common request parameters>', '')
    const sent = [...new URLSearchParams(query)]
    const raw = new Map(sent.map(([param, value]) => [param, value === hidden ? exampleOf(own, param) : value]))
    expect(raw.get('Action')).toBe(name)
    const { values, violations } = own.parse(raw)
    expect(violations).toEqual([])
    for (const [param] of sent.slice(1)) expect(values[param.split('.')[0] ?? '']).toBeDefined()
    expect(violationsOf(own, raw, violations)).toEqual({ beforeAccess: undefined, afterAccess: undefined })
  })

  test('has no secret, and names none in an address', () => {
    const [address = '', ...rest] = request.split('\n')
    const sent = new URLSearchParams(rest.at(-1))
    for (const [param, { state }] of Object.entries(own.params)) {
      if (!state.isSecret) continue
      expect(address).not.toContain(`${param}=`)
      expect(sent.get(param) ?? hidden).toBe(hidden)
    }
  })

  test('is answered alike in JSON and XML, with declared fields in their order; when made up with every one', () => {
    const body: Record<string, unknown> = JSON.parse(json)
    const declared = [...Object.keys(own.result), 'RequestId']
    expect(Object.keys(body)).toEqual(madeUp ? declared : declared.filter((field) => field in body))
    expect(parser.parse(xml)).toEqual({ [`${name}Response`]: asXml(body) })
  })

  test('is refused with the first error of its table', () => {
    const error = sampleErrorOf(own)
    const [code] = Object.keys(own.errors)
    expect(error === undefined ? undefined : JSON.parse(error).Code).toBe(code)
  })
})

test('a sample says that it is made up only when nothing was recorded', () => {
  const made = both.filter(([, , , { madeUp }]) => madeUp).map(([name, how]) => [name, how])
  expect(made).toEqual(allOperations.map(({ name }) => [name, 'as made up']))
})

function exampleOf({ params }: (typeof allOperations)[number], param: string): string {
  return params[param]?.state.exampleText ?? hidden
}
