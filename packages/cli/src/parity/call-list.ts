import { UsageError } from '../exit.ts'
import { isExpression } from '../jmespath.ts'
import { say } from '../say.ts'

/** One call of a list, with `{name}` in place of what is known only when it is made. */
export interface ListedCall {
  readonly action: string
  readonly params: Readonly<Record<string, string>>
  /** By the name under which a later call uses it, the JMESPath expression that selects it of the answer. */
  readonly keep: Readonly<Record<string, string>>
}

/**
 * The calls of a list, one a line as for `opensag call`; `keep name = expression` below a call names a part of its answer.
 *
 * @param path to name in messages; no message repeats a value, which may be a secret
 * @throws UsageError that names the line
 */
export function callsIn(text: string, path: string): readonly ListedCall[] {
  const calls: { action: string; params: Record<string, string>; keep: Record<string, string> }[] = []
  const kept = new Set<string>()
  for (const [index, whole] of text.split(/\r?\n/).entries()) {
    const wrong = (why: string): UsageError =>
      new UsageError(say('{path}, line {line}: {why}', { path, line: index + 1, why }))
    const line = whole.trim()
    if (line === '' || line.startsWith('#')) continue
    const [, name, expression] = /^keep\s+(\S+)\s*=\s*(.+)$/.exec(line) ?? []
    if (/^keep\b/.test(line)) {
      if (name === undefined || expression === undefined || !/^[a-z][\w-]*$/.test(name) || name === 'region') {
        throw wrong(
          say(
            'write "keep name = expression", where the name begins with a small letter, is not "region" and names no earlier value.',
          ),
        )
      }
      const last = calls.at(-1)
      if (last === undefined) throw wrong(say('"keep" belongs below a call.'))
      if (kept.has(name)) throw wrong(say('"{name}" names an earlier value already.', { name }))
      if (!isExpression(expression)) throw wrong(say('what follows "=" is not a JMESPath expression.'))
      kept.add(name)
      last.keep[name] = expression
      continue
    }
    const [action = '', ...given] = wordsOf(line) ?? []
    if (action === '') throw wrong(say('a quotation mark is not closed.'))
    if (!/^[A-Za-z]\w*$/.test(action)) throw wrong(say('a call begins with the name of an operation.'))
    const params: Record<string, string> = {}
    for (const word of given) {
      const at = word.indexOf('=')
      if (!/^[A-Za-z][\w.-]*=/.test(word))
        throw wrong(say('each parameter has the form Name=value; a value with spaces is in quotation marks.'))
      params[word.slice(0, at)] = word.slice(at + 1)
    }
    for (const { is, name: used } of Object.values(params).flatMap(placeholdersIn)) {
      if (is === 'kept' && used !== 'region' && !kept.has(used)) {
        throw wrong(say('{name} is kept by no earlier call.', { name: `{${used}}` }))
      }
    }
    calls.push({ action, params, keep: {} })
  }
  if (calls.length === 0)
    throw new UsageError(say('{path} has no calls. Write one a line, as for "opensag call".', { path }))
  return calls
}

/** Words of a line; a part in quotation marks may have spaces. Undefined when a mark is not closed. */
function wordsOf(line: string): readonly string[] | undefined {
  const words: string[] = []
  const word = /(?:[^\s'"]|'[^']*'|"[^"]*")+|\S/g
  for (const [found] of line.matchAll(word)) {
    if (/^['"]$/.test(found)) return undefined
    words.push(found.replace(/'([^']*)'|"([^"]*)"/g, (_, single?: string, double?: string) => single ?? double ?? ''))
  }
  return words
}

export interface Placeholder {
  /** `{env:NAME}` is a variable of the environment, any other a value that an earlier call kept, or the region. */
  readonly is: 'env' | 'kept'
  readonly name: string
}

const pattern = /\{(env:)?([A-Za-z][\w-]*)\}/g

export function placeholdersIn(value: string): readonly Placeholder[] {
  return [...value.matchAll(pattern)].map(([, env, name = '']) => ({ is: env ? 'env' : 'kept', name }))
}

/** The value with what stands for its placeholders, or the first of them that nothing stands for. */
export function filled(
  value: string,
  lookUp: (one: Placeholder) => string | undefined,
): { readonly value: string } | { readonly lacks: Placeholder } {
  let lacks: Placeholder | undefined
  const done = value.replace(pattern, (_, env: string | undefined, name: string) => {
    const one: Placeholder = { is: env ? 'env' : 'kept', name }
    const found = lookUp(one)
    if (found === undefined) lacks ??= one
    return found ?? ''
  })
  return lacks === undefined ? { value: done } : { lacks }
}
