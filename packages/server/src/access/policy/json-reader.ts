import { MistakeAt } from './mistake.ts'

/** A JSON value that knows where it stands: `at` is the offset of its first character. */
export type JsonNode = JsonObject | JsonArray | JsonText | JsonNumber | JsonBoolean | JsonNull

export interface JsonObject {
  readonly kind: 'object'
  readonly at: number
  readonly members: readonly JsonMember[]
}
export interface JsonMember {
  readonly name: string
  readonly at: number
  readonly value: JsonNode
}
export interface JsonArray {
  readonly kind: 'array'
  readonly at: number
  readonly items: readonly JsonNode[]
}
export interface JsonText {
  readonly kind: 'text'
  readonly at: number
  readonly value: string
}
export interface JsonNumber {
  readonly kind: 'number'
  readonly at: number
  /** As it was written. */
  readonly text: string
}
export interface JsonBoolean {
  readonly kind: 'boolean'
  readonly at: number
  readonly value: boolean
}
export interface JsonNull {
  readonly kind: 'null'
  readonly at: number
}

/** No document of ours nests deeper than 6; the limit keeps a hostile one from exhausting the stack. */
const deepest = 32

const space = /[ \t\n\r]*/y
const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const escaped = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y
const word = /[A-Za-z]+/y

/**
 * JSON (RFC 8259) with the position of every value and name, and without what it leaves open: a name given twice in one
 * object is refused. Ours because `JSON.parse` keeps no positions and takes the last of two equal names. Takes time in
 * proportion to the text.
 *
 * @throws MistakeAt at the first character that cannot be read.
 */
export function readJson(text: string): JsonNode {
  let at = 0

  function match(pattern: RegExp): string | undefined {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0]
    if (found !== undefined) at += found.length
    return found
  }

  /** Up to what ends a text, begins an escape or must be escaped. */
  function skipPlainText(): void {
    while (at < text.length && text[at] !== '"' && text[at] !== '\\' && text.charCodeAt(at) >= 0x20) at++
  }

  function skipSpace(): void {
    match(space)
  }

  function fail(expected: string): never {
    throw new MistakeAt(
      at,
      at >= text.length ? `The document ends here; expected ${expected}.` : `Expected ${expected}.`,
    )
  }

  function value(depth: number): JsonNode {
    if (depth > deepest) throw new MistakeAt(at, `The document nests deeper than ${deepest} levels.`)
    const start = at
    switch (text[at]) {
      case '{':
        return object(depth)
      case '[':
        return array(depth)
      case '"':
        return { kind: 'text', at: start, value: string() }
    }
    const digits = match(number)
    if (digits !== undefined) return { kind: 'number', at: start, text: digits }
    switch (match(word)) {
      case 'true':
        return { kind: 'boolean', at: start, value: true }
      case 'false':
        return { kind: 'boolean', at: start, value: false }
      case 'null':
        return { kind: 'null', at: start }
    }
    at = start
    return fail('a JSON value')
  }

  function object(depth: number): JsonObject {
    const start = at++
    const members: JsonMember[] = []
    const names = new Set<string>()
    skipSpace()
    while (text[at] !== '}') {
      if (text[at] !== '"') fail(members.length === 0 ? 'a name in double quotes or "}"' : 'a name in double quotes')
      const nameAt = at
      const name = string()
      if (names.has(name)) throw new MistakeAt(nameAt, 'This name was given before in the same object.')
      names.add(name)
      skipSpace()
      if (text[at] !== ':') fail('":" after the name')
      at++
      skipSpace()
      members.push({ name, at: nameAt, value: value(depth + 1) })
      skipSpace()
      if (text[at] !== ',') break
      at++
      skipSpace()
      if (text[at] === '}') fail('a name in double quotes')
    }
    if (text[at] !== '}') fail('"," or "}"')
    at++
    return { kind: 'object', at: start, members }
  }

  function array(depth: number): JsonArray {
    const start = at++
    const items: JsonNode[] = []
    skipSpace()
    while (text[at] !== ']') {
      items.push(value(depth + 1))
      skipSpace()
      if (text[at] !== ',') break
      at++
      skipSpace()
      if (text[at] === ']') fail('a JSON value')
    }
    if (text[at] !== ']') fail('"," or "]"')
    at++
    return { kind: 'array', at: start, items }
  }

  function string(): string {
    const start = at++
    for (;;) {
      skipPlainText()
      if (text[at] === '"') break
      if (text[at] !== '\\') {
        throw new MistakeAt(
          at,
          at >= text.length ? 'The document ends inside a text.' : 'A control character in a text must be escaped.',
        )
      }
      if (match(escaped) === undefined) throw new MistakeAt(at, 'This escape is not known in JSON.')
    }
    at++
    // The characters were checked above; what remains are the escapes, whose meaning the platform knows.
    return JSON.parse(text.slice(start, at)) as string
  }

  skipSpace()
  const document = value(1)
  skipSpace()
  if (at < text.length) throw new MistakeAt(at, 'The document has ended before this.')
  return document
}
