export interface Token {
  readonly text: string
  /** Undefined for what has no colour of its own. */
  readonly kind?: 'comment' | 'string' | 'key' | 'number' | 'word'
}

export type Grammar = 'c' | 'python' | 'shell' | 'hcl' | 'json' | 'xml' | 'text'

const double = String.raw`"(?:[^"\\\n]|\\.)*"`
const single = String.raw`'(?:[^'\\\n]|\\.)*'`
const number = String.raw`\b\d[\d_]*(?:\.\d+)?\b`
const words = (list: string): string => `\\b(?:${list.split(' ').join('|')})\\b`

/** Named groups are kinds of tokens; the first that matches at a place wins. */
const grammars: Readonly<Record<Exclude<Grammar, 'text'>, RegExp>> = {
  c: new RegExp(
    `(?<comment>//[^\\n]*)|(?<string>${double}|${single}|\`[^\`]*\`)|(?<number>${number})|(?<word>${words(
      'import from export package func var const let new return if else try catch throw await async function public static class void using namespace string use require as echo exit range type interface',
    )})`,
    'g',
  ),
  python: new RegExp(
    `(?<comment>#[^\\n]*)|(?<string>f?${double})|(?<number>${number})|(?<word>${words(
      'import from def return if not try except as None True False or',
    )})`,
    'g',
  ),
  shell: new RegExp(
    `(?<comment>(?<=^|\\s)#[^\\n]*)|(?<string>\\$?${single}|${double})|(?<word>${words(
      'for do done if then else fi case esac local set',
    )})`,
    'gm',
  ),
  hcl: new RegExp(
    `(?<comment>#[^\\n]*)|(?<string>${double})|(?<number>${number})|(?<word>${words(
      'terraform provider resource variable true false',
    )})`,
    'g',
  ),
  json: new RegExp(
    `(?<key>${double}(?=\\s*:))|(?<string>${double})|(?<number>-?${number})|(?<word>${words('true false null')})`,
    'g',
  ),
  xml: /(?<comment><\?[^>]*>)|(?<key><\/?[\w.]+\/?>)|(?<string><!\[CDATA\[[\s\S]*?\]\]>)/g,
}

/** A program or an answer in parts, for colours. Nothing is lost: the parts together are the text. */
export function highlight(text: string, grammar: Grammar): readonly Token[] {
  if (grammar === 'text') return [{ text }]
  const tokens: Token[] = []
  let at = 0
  for (const match of text.matchAll(grammars[grammar])) {
    if (match.index > at) tokens.push({ text: text.slice(at, match.index) })
    const kind = Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined)?.[0] as Token['kind']
    tokens.push({ text: match[0], ...(kind === undefined ? {} : { kind }) })
    at = match.index + match[0].length
  }
  if (at < text.length) tokens.push({ text: text.slice(at) })
  return tokens
}
