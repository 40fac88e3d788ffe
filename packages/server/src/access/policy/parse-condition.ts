import type { JsonMember, JsonNode } from './json-reader.ts'
import { MistakeAt } from './mistake.ts'
import { type Meaning, meanings } from './operators.ts'
import { type Condition, type Operator, type OperatorName, operatorNames } from './policy.ts'
import { objectOf, suggestion, wrongKind } from './shape.ts'

/**
 * `acs:SourceIp`, `acs:ResourceTag/team`, `oss:Prefix`. RAM, "Validate policies": "Invalid condition key format" (D); the
 * characters behind the colon are our choice.
 */
const conditionKey = /^[A-Za-z][A-Za-z0-9_.-]*:[^\s:][^\p{Cc}]*$/u

/** The conditions of a statement, in the order of the document. An empty `Condition` has none. */
export function parseConditions(node: JsonNode): readonly Condition[] {
  return objectOf(node, 'Condition').members.flatMap(({ name, at, value }) => {
    const operator = parseOperator(name, at)
    const { members } = objectOf(value, 'The operand of a condition operator')
    if (members.length === 0) throw new MistakeAt(value.at, 'This operator has no condition key.')
    const known = new Set<string>()
    return members.map((member) => {
      checkKey(member, known)
      return { operator, key: member.name, values: parseValues(member.value, meanings[operator.name]) }
    })
  })
}

function checkKey({ name, at }: JsonMember, known: Set<string>): void {
  if (!conditionKey.test(name)) {
    throw new MistakeAt(at, 'A condition key is written <service>:<key>, such as acs:SourceIp.')
  }
  const lower = name.toLowerCase()
  if (known.has(lower)) throw new MistakeAt(at, 'This condition key was given before; case does not distinguish keys.')
  known.add(lower)
}

function parseOperator(text: string, at: number): Operator {
  const [, set, rest = ''] = /^(?:(ForAnyValue|ForAllValues):)?(.*)$/s.exec(text) ?? []
  const ifExists = rest.endsWith('IfExists')
  const name = ifExists ? rest.slice(0, -'IfExists'.length) : rest
  if (!isOperatorName(name)) {
    throw new MistakeAt(at, `This condition operator is not known${suggestion(name, operatorNames)}`)
  }
  return { name, ...(set === 'ForAnyValue' || set === 'ForAllValues' ? { set } : {}), ifExists }
}

function isOperatorName(text: string): text is OperatorName {
  return (operatorNames as readonly string[]).includes(text)
}

function parseValues(node: JsonNode, meaning: Meaning): readonly string[] {
  const items = node.kind === 'array' ? node.items : [node]
  if (items.length === 0) throw new MistakeAt(node.at, 'The values of a condition must not be an empty list.')
  const second = items[1]
  if (meaning.single && second !== undefined) {
    throw new MistakeAt(second.at, 'This operator takes one value: with both, it would say nothing.')
  }
  return items.map((item) => {
    const value = valueText(item, meaning)
    if (meaning.test(value) === undefined) throw new MistakeAt(item.at, `The value must be ${meaning.expects}.`)
    return value
  })
}

/** JSON numbers and truth values are accepted where they are meant, because generators of documents write them. */
function valueText(node: JsonNode, { expects, literal }: Meaning): string {
  switch (node.kind) {
    case 'text':
      return node.value
    case 'number':
      if (literal === 'number') return node.text
      break
    case 'boolean':
      if (literal === 'boolean') return String(node.value)
  }
  throw wrongKind(node, 'The value', expects)
}
