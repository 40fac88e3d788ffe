import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type JsonNode, readJson } from './json-reader.ts'
import { MistakeAt } from './mistake.ts'

function plain(node: JsonNode): unknown {
  switch (node.kind) {
    case 'object':
      return Object.fromEntries(node.members.map(({ name, value }) => [name, plain(value)]))
    case 'array':
      return node.items.map(plain)
    case 'number':
      return Number(node.text)
    case 'null':
      return null
    default:
      return node.value
  }
}

function nodes(node: JsonNode): readonly JsonNode[] {
  switch (node.kind) {
    case 'object':
      return [node, ...node.members.flatMap(({ value }) => nodes(value))]
    case 'array':
      return [node, ...node.items.flatMap(nodes)]
    default:
      return [node]
  }
}

function read(text: string): { readonly node: JsonNode } | { readonly offset: number } {
  try {
    return { node: readJson(text) }
  } catch (error) {
    if (error instanceof MistakeAt) return { offset: error.offset }
    throw error
  }
}

function accepted(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const json = fc.json({ maxDepth: 8, stringUnit: 'binary' })

test('what the platform writes is read as the platform reads it', () => {
  fc.assert(
    fc.property(json, (text) => {
      expect(plain(readJson(text))).toEqual(JSON.parse(text))
    }),
  )
})

test('every value stands where it says', () => {
  const first = { object: '{', array: '[', text: '"', null: 'n' } as const
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(0, 2), (value, indent) => {
      const text = JSON.stringify(value, undefined, indent)
      for (const node of nodes(readJson(text))) {
        if (node.kind === 'number') expect(text.startsWith(node.text, node.at)).toBe(true)
        else if (node.kind === 'boolean') expect(text.startsWith(String(node.value), node.at)).toBe(true)
        else expect(text[node.at]).toBe(first[node.kind])
      }
    }),
  )
})

test('a damaged text is refused exactly when the platform refuses it, no later than at its end', () => {
  const piece = fc.constantFrom(...'{}[]",:\\ue0-.19 \n\u0000tfn', 'true', 'null', '\ud800')
  const damaged = fc
    .tuple(json, fc.nat(), fc.nat({ max: 3 }), fc.array(piece, { maxLength: 3 }))
    .map(([text, at, cut, pieces]) => {
      const start = at % (text.length + 1)
      return text.slice(0, start) + pieces.join('') + text.slice(start + cut)
    })
  fc.assert(
    fc.property(damaged, (text) => {
      const result = read(text)
      if ('offset' in result) expect(result.offset).toBeLessThanOrEqual(text.length)
      // A name given twice is the one thing the platform takes and we do not.
      const isTwice = accepted(text) && 'offset' in result && text[result.offset] === '"'
      if (!isTwice) expect({ text, accepted: 'node' in result }).toEqual({ text, accepted: accepted(text) })
    }),
    { numRuns: 2000 },
  )
})

test.each(['[', '{"a":'])('a document of ten thousand %j is refused and does not exhaust the stack', (bracket) => {
  expect(read(bracket.repeat(10_000))).toEqual({ offset: 32 * bracket.length })
})
