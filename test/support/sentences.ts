import { parseSync } from 'rolldown/utils'

/** For tests: the sentences that a source writes, with the number of its place instead of each value. */
export function sentencesIn(source: string, path: string): readonly string[] {
  const found: string[] = []
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    // What follows from a type or an import says nothing.
    if (/^(TS|Import)/.test(String((node as Node).type)) && !/^TS(As|Satisfies|NonNull)/.test((node as Node).type))
      return
    const text = textOf(node as Node)
    if (text !== undefined && /^[\w$"-].* [\s\S]*([.:]|\. .*\d)$/.test(text)) found.push(text)
    if (text === undefined || (node as Node).type === 'TemplateLiteral') Object.values(node).forEach(visit)
  }
  visit(parseSync(path, source).program)
  return found
}

interface Node {
  readonly type: string
  readonly [member: string]: unknown
}

/** The text of a literal, of a template, or of several added together; undefined for anything else. */
function textOf(node: Node): string | undefined {
  if (node.type === 'Literal') return typeof node['value'] === 'string' ? node['value'] : undefined
  if (node.type === 'TemplateLiteral') {
    const quasis = node['quasis'] as readonly { readonly value: { readonly cooked: string } }[]
    return quasis.map(({ value }, index) => (index === 0 ? '' : `${index}`) + value.cooked).join('')
  }
  if (node.type !== 'BinaryExpression' || node['operator'] !== '+') return undefined
  const [left, right] = [textOf(node['left'] as Node), textOf(node['right'] as Node)]
  return left === undefined || right === undefined ? undefined : left + right
}
