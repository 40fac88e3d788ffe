import type { PolicyExample } from './examples.ts'
import { type JsonMember, type JsonNode, readJson } from './json-reader.ts'
import { type Mistake, MistakeAt, reading } from './mistake.ts'
import { membersOf, objectOf, required, textOf, textsOf, wrongKind } from './shape.ts'

/** Our choice, both: enough for every rule of the longest policy, and small enough to run at every change. */
export const mostExamples = 100
export const longestExamples = 32_768

const exampleMembers = ['action', 'resource', 'caller', 'context', 'expect']

/** Reads a list of policy examples (JSON), as strictly as a policy. */
export function parseExamples(
  text: string,
): { readonly examples: readonly PolicyExample[] } | { readonly mistake: Mistake } {
  return reading(text, () => {
    if (text.length > longestExamples) {
      throw new MistakeAt(longestExamples, `The examples are longer than ${longestExamples} characters.`)
    }
    const list = readJson(text)
    if (list.kind !== 'array') throw wrongKind(list, 'The examples', 'a list')
    const beyond = list.items[mostExamples]
    if (beyond !== undefined) throw new MistakeAt(beyond.at, `There may be ${mostExamples} examples.`)
    return { examples: list.items.map(parseExample) }
  })
}

function parseExample(node: JsonNode): PolicyExample {
  const object = objectOf(node, 'An example')
  const members = membersOf(object, 'An example', exampleMembers)
  const action = textOf(required(members, object, 'action'), 'action')
  if (!/^[\w.-]+:[\w./:-]+$/.test(action.value)) {
    throw new MistakeAt(action.at, 'The action of an example is one operation: <service>:<operation>.')
  }
  const expect = textOf(required(members, object, 'expect'), 'expect')
  if (expect.value !== 'allowed' && expect.value !== 'denied') {
    throw new MistakeAt(expect.at, 'expect must be "allowed" or "denied".')
  }
  const resource = required(members, object, 'resource')
  const resources = textsOf(resource, 'resource').map(({ value }) => value)
  const caller = members.get('caller')
  const context = members.get('context')
  return {
    action: action.value,
    resource: resource.kind === 'text' ? resource.value : resources,
    ...(caller === undefined ? {} : { caller: textOf(caller.value, 'caller').value }),
    ...(context === undefined ? {} : { context: parseContext(context) }),
    expect: expect.value,
  }
}

function parseContext({ value }: JsonMember): Readonly<Record<string, string | readonly string[]>> {
  return Object.fromEntries(
    objectOf(value, 'context').members.map((member) => {
      const texts = textsOf(member.value, 'A context value').map((text) => text.value)
      return [member.name, member.value.kind === 'text' ? (texts[0] ?? '') : texts]
    }),
  )
}
