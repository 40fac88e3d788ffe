import { type SampleCall, variablesOf } from './call.ts'
import { lineEscapes } from './quote.ts'

const special: Readonly<Record<string, string>> = { '\\': '\\\\', "'": "\\'", ...lineEscapes }
const unusual = /^[\p{C}\p{Zl}\p{Zp}\p{Zs}]$/u

/**
 * One word of a bash command line. Plain single quotes where they do; `$'…'` where something unusual is to be seen,
 * with the bytes of its UTF-8 so that no locale has a say.
 */
export function quoteShell(text: string): string {
  if (text.includes('\0')) throw new RangeError('No word of a shell can hold a NUL.')
  const chars = [...text]
  if (!chars.some((char) => char !== ' ' && unusual.test(char))) return `'${text.replaceAll("'", "'\\''")}'`
  return `$'${chars.map(escaped).join('')}'`
}

function escaped(char: string): string {
  if (Object.hasOwn(special, char)) return special[char] ?? ''
  if (char === ' ' || !unusual.test(char)) return char
  return [...new TextEncoder().encode(char)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')
}

/** Ends the script early when something it reads from the environment is not there. */
export function requireVariables(call: SampleCall): string {
  return `for name in ${variablesOf(call).join(' ')}; do
  [[ -n \${!name-} ]] || { echo "Set $name in the environment." >&2; exit 1; }
done
`
}
