import type { JsonMember, JsonNode, JsonObject, JsonText } from './json-reader.ts'
import { MistakeAt } from './mistake.ts'

/** Reads the expected shape out of JSON, or says where it is another one. */

const kinds = {
  object: 'an object',
  array: 'a list',
  text: 'a text',
  number: 'a number',
  boolean: 'true or false',
  null: 'null',
} as const

export function wrongKind(node: JsonNode, name: string, expected: string): MistakeAt {
  return new MistakeAt(node.at, `${name} must be ${expected}, not ${kinds[node.kind]}.`)
}

export function objectOf(node: JsonNode, name: string): JsonObject {
  if (node.kind !== 'object') throw wrongKind(node, name, 'an object')
  return node
}

export function textOf(node: JsonNode, name: string): JsonText {
  if (node.kind !== 'text') throw wrongKind(node, name, 'a text')
  return node
}

/** A text, or a list of at least one text. */
export function textsOf(node: JsonNode, name: string): readonly JsonText[] {
  if (node.kind === 'text') return [node]
  if (node.kind !== 'array') throw wrongKind(node, name, 'a text or a list of texts')
  if (node.items.length === 0) throw new MistakeAt(node.at, `${name} must not be an empty list.`)
  return node.items.map((item) => textOf(item, `Each entry of ${name}`))
}

/** The members of an object that may have only the known ones. */
export function membersOf(object: JsonObject, name: string, known: readonly string[]): ReadonlyMap<string, JsonMember> {
  const members = new Map<string, JsonMember>()
  for (const member of object.members) {
    if (!known.includes(member.name)) {
      throw new MistakeAt(member.at, `${name} has no such member${suggestion(member.name, known)}`)
    }
    members.set(member.name, member)
  }
  return members
}

export function required(members: ReadonlyMap<string, JsonMember>, object: JsonObject, name: string): JsonNode {
  const member = members.get(name)
  if (member === undefined) throw new MistakeAt(object.at, `${name} is missing here.`)
  return member.value
}

/** The end of a sentence that refuses a name: the known name that was probably meant, or all there are when few. */
export function suggestion(given: string, known: readonly string[]): string {
  const lower = given.slice(0, 64).toLowerCase()
  const near =
    known.find((name) => name.toLowerCase() === lower) ?? known.find((name) => isNear(lower, name.toLowerCase()))
  if (near !== undefined) return `; did you mean ${near}?`
  return known.length <= 8 ? `; there are ${known.join(', ')}.` : '.'
}

/** Whether one text becomes the other by one character more, less, other, or exchanged with its neighbour. */
function isNear(one: string, other: string): boolean {
  let start = 0
  while (start < one.length && one[start] === other[start]) start++
  const rest = one.slice(start)
  const otherRest = other.slice(start)
  return (
    rest.slice(1) === otherRest ||
    rest === otherRest.slice(1) ||
    rest.slice(1) === otherRest.slice(1) ||
    (rest[0] === otherRest[1] && rest[1] === otherRest[0] && rest.slice(2) === otherRest.slice(2))
  )
}
