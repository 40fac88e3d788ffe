import type { AnswerFormat } from './run.ts'

/** An answer with line breaks and indents, for people; a text that cannot be read is shown as it came. */
export function pretty(answer: string, format: AnswerFormat): string {
  return format === 'XML' ? prettyXml(answer) : prettyJson(answer)
}

/** Moves the parts and changes none: a number that JavaScript would round stays as it came. */
function prettyJson(answer: string): string {
  if (!isJson(answer)) return answer
  let depth = 0
  let out = ''
  const line = (): string => `\n${'  '.repeat(depth)}`
  for (const part of answer.match(/"(?:[^"\\]|\\.)*"|\{\s*\}|\[\s*\]|[{}[\],:]|[^\s{}[\],:"]+/g) ?? []) {
    if (part === '}' || part === ']') {
      depth -= 1
      out += line()
    }
    out += part.length > 1 && /^[{[]/.test(part) ? part.replace(/\s/g, '') : part
    if (part === ':') out += ' '
    if (part === '{' || part === '[') depth += 1
    if (part === '{' || part === '[' || part === ',') out += line()
  }
  return out
}

function isJson(answer: string): boolean {
  try {
    JSON.parse(answer)
    return true
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}

/** The answers have no attributes, comments or mixed content: an element holds elements or a text. */
function prettyXml(answer: string): string {
  const parts = answer.match(/<!\[CDATA\[[\s\S]*?\]\]>|<[^>]*>|[^<]+/g) ?? []
  let depth = 0
  let out = ''
  let previous = ''
  for (const part of parts) {
    // Between the declaration and the answer, where no text can be.
    if (previous.startsWith('<?') && part.trim() === '') continue
    const isClosing = part.startsWith('</')
    const isTag = part.startsWith('<') && !part.startsWith('<![')
    if (isClosing) depth -= 1
    const holdsText = previous !== '' && !previous.startsWith('<?') && isInline(previous, part)
    if (isTag && !holdsText && out !== '') out += `\n${'  '.repeat(depth)}`
    out += part
    if (isTag && !isClosing && !part.startsWith('<?') && !part.endsWith('/>')) depth += 1
    previous = part
  }
  return out
}

/** A text keeps to its element, and so does the end of an element that is empty or holds a text. */
function isInline(previous: string, part: string): boolean {
  if (!part.startsWith('</')) return false
  return !previous.startsWith('<') || previous.startsWith('<![') || previous === part.replace('/', '')
}
