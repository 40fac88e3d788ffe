import { describe, expect, test } from 'vitest'
import type { AnswerFormat } from '../run.ts'
import { differences, treeOf } from './compare.ts'

function compared(before: string, after: string, format: AnswerFormat = 'JSON', other = format): unknown {
  return differences(treeOf(before, format) ?? '', treeOf(after, other) ?? '')
}

const json = (value: unknown): string => JSON.stringify(value)

describe('two answers', () => {
  test('that say the same do not differ, but for the ID of the request', () => {
    expect(compared('{"RequestId":"1","A":{"B":[1,{}]}}', '{"A":{"B":[1,{}]},"RequestId":"2"}')).toEqual([])
  })

  test('differ in what was changed, taken away and added, by its path', () => {
    expect(compared(json({ A: { B: 1, C: true }, D: 'd' }), json({ A: { B: 2, E: null }, D: 'd' }))).toEqual([
      { field: 'A.B', before: '1', after: '2' },
      { field: 'A.C', before: 'true' },
      { field: 'A.E', after: 'null' },
    ])
  })

  test('have the same items by their IDs, wherever they stand', () => {
    const before = json({
      L: [
        { Name: 'x', Id: 'a' },
        { Name: 'y', Id: 'b' },
      ],
    })
    const after = json({
      L: [
        { Name: 'z', Id: 'b' },
        { Name: 'n', Id: 'c' },
        { Name: 'x', Id: 'a' },
      ],
    })
    expect(compared(before, after)).toEqual([
      { field: 'L[b].Name', before: 'y', after: 'z' },
      { field: 'L[c]', after: '{\n  "Name": "n",\n  "Id": "c"\n}' },
    ])
  })

  test('have the same items by names where an ID is not unique, and by their place where nothing is', () => {
    const ofOne = [
      { Id: 'a', Name: 'x' },
      { Id: 'a', Name: 'y' },
    ]
    expect(compared(json({ L: ofOne }), json({ L: ofOne.slice(1) }))).toEqual([
      { field: 'L[x]', before: '{\n  "Id": "a",\n  "Name": "x"\n}' },
    ])
    expect(compared(json({ L: [{ V: 1 }, { V: 1 }] }), json({ L: [{ V: 1 }, { V: 2 }] }))).toEqual([
      { field: 'L[2].V', before: '1', after: '2' },
    ])
    expect(compared(json({ L: ['a', 'b'] }), json({ L: ['b', 'c'] }))).toEqual([
      { field: 'L[a]', before: 'a' },
      { field: 'L[c]', after: 'c' },
    ])
  })

  test('differ in long numbers that JavaScript rounds', () => {
    expect(compared('{"N":12345678901234567890}', '{"N":12345678901234567891}')).toHaveLength(1)
    expect(compared('{"N":"-1 2"}', '{"N":"-1 2"}')).toEqual([])
  })

  test('differ in XML as in JSON, and not by the language they are written in', () => {
    const xml = (items: string): string => `<?xml version="1.0"?>\n<R><RequestId>1</RequestId><L>${items}</L><E/></R>`
    const one = '<I><Id>a</Id><T>1 &lt; 2</T></I>'
    expect(compared(xml(one), xml(`${one}<I><Id>b</Id><T><![CDATA[<]]></T></I>`), 'XML')).toEqual([
      { field: 'L.I[b]', after: '{\n  "Id": "b",\n  "T": "<"\n}' },
    ])
    expect(compared(xml(one), json({ L: { I: [{ Id: 'a', T: '1 < 2' }] }, E: '' }), 'XML', 'JSON')).toEqual([])
  })

  test('are not compared when one is neither', () => {
    expect(treeOf('<html>', 'JSON')).toBeUndefined()
    expect(treeOf('<a><b></a>', 'XML')).toBeUndefined()
  })
})
