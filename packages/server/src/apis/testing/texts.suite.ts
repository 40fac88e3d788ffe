// What becomes of a text that not every store keeps and not every answer carries: the same of every operation.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Param } from '../../declare/index.ts'
import type { Operation } from '../operation.ts'
import { allOperations } from '../registry.ts'
import { examplesOf } from './examples.suite.ts'
import type { Params } from './front-door.suite.ts'
import type { Harness } from './harness-on.suite.ts'
import { keptTexts } from './kept-texts.suite.ts'

/** What XML 1.0 cannot write, SQLite cuts off or PostgreSQL refuses. */
const unwritable: Readonly<Record<string, string>> = {
  NUL: 'abc\0def',
  'a control character': '\x1babc',
  'U+FFFF': 'abc\uffff',
}

/** Everything else that programs trip over. */
export const unusual = 'A\tb\r\nc\rd\x7f\x85\u2028\ufeff<&>"\']]>\u{1f600}\u{1fffe}z'

export function testTexts(open: () => Promise<Harness>): void {
  let world: Harness
  beforeAll(async () => {
    world = await open()
  })
  afterAll(() => world?.close())

  const withTexts = allOperations
    .map((operation) => [operation.name, operation, textsOf(operation)] as const)
    .filter(([, , names]) => names.length > 0)

  describe.each(withTexts)('%s', (_, operation, names) => {
    test.each(Object.entries(unwritable))('a text with %s is refused, as its table says', async (_character, text) => {
      for (const name of names) {
        const body = { ...othersOf(operation, name), [name]: text }
        const json = await world.wire(operation, body)
        const { Code, Message } = JSON.parse(json.payload)
        expect([name, Code, json.status]).toEqual([name, expect.any(String), statusOf(operation, name, Code)])
        const xml = await world.wire(operation, { ...body, Format: 'XML' })
        expect([xml.status, decoded(xml.payload, 'Message')]).toEqual([json.status, Message])
      }
    })

    test('half of a surrogate pair is refused', async () => {
      for (const name of names) {
        const examples = Object.entries({ ...examplesOf(operation), [name]: 'a?z' })
        const json = `{${examples.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join()}}`
        const answer = await world.wire(operation, { json: json.replace('"a?z"', '"a\\ud83dz"') })
        expect([name, answer.status, JSON.parse(answer.payload).Code]).toEqual([name, 400, 'InvalidParameter.Body'])
      }
    })
  })
}

/** The other parameters as the declaration shows them, with the other members where it is one of several. */
function othersOf(operation: Operation, name: string): Params {
  const [list = '', index, member] = name.split('.')
  if (member === undefined) return examplesOf(operation)
  const members = Object.entries(operation.params[list]?.state.members ?? {})
  // The list as one text would be read in place of its members.
  const { [list]: _asText, ...others } = examplesOf(operation)
  return {
    ...others,
    ...Object.fromEntries(
      members.map(([other, { state }]) => [
        `${list}.${index}.${other}`,
        state.exampleText ?? state.values?.[0] ?? 'abc',
      ]),
    ),
  }
}

/** Where an operation takes a free text, as a request names it. */
function textsOf({ params }: Operation): readonly string[] {
  const found = (name: string, { state }: Param<unknown, string>): readonly string[] => {
    // A secret is hashed or sealed, and no answer has it.
    if (state.isIgnored === true || state.isSecret) return []
    if (state.type === 'string') return [name]
    if (!state.type.startsWith('array')) return []
    const { item, ...members } = state.members ?? {}
    if (item !== undefined) return found(`${name}.1`, item)
    return Object.entries(members).flatMap(([member, param]) => found(`${name}.1.${member}`, param))
  }
  return Object.entries(params).flatMap(([name, param]) => found(name, param))
}

/** Of the table, or of the front door where the table has nothing for the parameter. */
function statusOf({ errors }: Operation, name: string, code: string): number {
  const row = errors[code]
  if (row !== undefined) return row[0]
  const [parameter = ''] = name.split('.')
  return code === 'InvalidRegionID' || code.startsWith(`Invalid${parameter}`) ? 400 : Number.NaN
}

/** The text of the first element of that name, as an XML parser reads it. */
function decoded(xml: string, element: string): string | undefined {
  const [, text] = new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml) ?? []
  return text === undefined ? undefined : unescaped(text)
}

function unescaped(text: string): string {
  const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
  // A parser reads line ends before references: a carriage return that is not escaped is lost (XML 1.0, 2.11).
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/&(?:#(\d+)|(\w+));/g, (_, code, name) =>
      code === undefined ? (entities[name] ?? '?') : String.fromCodePoint(Number(code)),
    )
}

/** Every text an answer holds. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

/** The free texts of people and the documents: stored and answered as they were sent. */
export function testKeptTexts(open: () => Promise<Harness>): void {
  let world: Harness
  beforeAll(async () => {
    world = await open()
  })
  afterAll(() => world?.close())

  test.each(keptTexts.map((kept) => [`${kept.write.name} ${kept.param}`, kept] as const))(
    'an unusual text is kept whole and answered whole: %s',
    async (_, { write, param, text, prepare, read }) => {
      const value = text?.(unusual) ?? unusual
      const params = { ...(await prepare(world)), [param]: value }
      const done = await world.call(write, params)
      const reading = await read(world, params, done)
      if ('operator' in reading) {
        expect(textsIn(reading.operator)).toContain(value)
        return
      }
      const json = await world.wire(reading.operation, reading.params)
      expect(textsIn(JSON.parse(json.payload))).toContain(value)
      const xml = await world.wire(reading.operation, { ...reading.params, Format: 'XML' })
      expect([...xml.payload.matchAll(/>([^<]+)</g)].map(([, one]) => unescaped(one ?? ''))).toContain(value)
    },
  )

  test('every free text that an operation which changes something takes is among them', () => {
    const free = allOperations
      .filter(({ access }) => access.level === 'Write')
      .flatMap((operation) =>
        textsOf(operation)
          .filter((name) => takes(operation, name))
          .map((name) => `${operation.name} ${name}`),
      )
    expect(free.filter((name) => !isNameOfSomething(name)).sort()).toEqual(
      keptTexts.map(({ write, param }) => `${write.name} ${param}`).sort(),
    )
  })
}

function takes(operation: Operation, name: string): boolean {
  const raw = new Map(Object.entries(othersOf(operation, name)))
  return operation.parse(raw.set(name, unusual)).violations.length === 0
}

/** It selects what is there: what is not there is not found, whatever its name. */
function isNameOfSomething(name: string): boolean {
  return /(Id|Sn|SerialNumber|SnNumber|[Uu]ser[Nn]ame|EnterpriseCode|VersionCode|ResourceUid|PortName|PortIndex|SAGSn|ResourceNames\.1|TagKeys?\.1)$/.test(
    name,
  )
}
