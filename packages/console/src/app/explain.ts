import type { ApiReference, ErrorEntry, Texts } from '@opensag/rules'
import type { ApiError } from '@opensag/smartag-client'
import { reference } from './reference.ts'
import type { Language } from './texts.ts'

/** What is written about an error code as one operation answers it. */
export interface Explanation {
  readonly message: Texts
  readonly cause: Texts | undefined
  readonly cure: Texts | undefined
}

/** Cause and cure from the server's own reference; undefined when nothing is written about the code. */
export async function explain({ code, operation }: ApiError): Promise<Explanation | undefined> {
  return explanationIn(await reference(), operation, code)
}

/** What is written about the code; what the API itself said where nothing is, or where the reference cannot be read. */
export async function messageOf(error: ApiError, language: Language): Promise<string> {
  return (await explain(error).catch(() => undefined))?.message[language] ?? error.message
}

/** The operation's own meaning, else that of the front door, which answers for all. */
export function explanationIn(all: ApiReference, operation: string, code: string): Explanation | undefined {
  const [product = '', name = ''] = operation.split(':')
  const own = all.apis
    .find((api) => api.product === product)
    ?.families.flatMap((family) => family.operations)
    .find((entry) => entry.name === name)
    ?.errors.find((entry) => entry.code === code)
  if (own !== undefined) return explanationOf(all, own, '')
  for (const entry of all.errors) {
    const parameter = parameterIn(entry.code, code)
    if (parameter !== undefined) return explanationOf(all, entry, parameter)
  }
  return undefined
}

/** `Missing{Name}` stands for `MissingRegionId`: the parameter's name, empty for a code that has none in it. */
function parameterIn(pattern: string, code: string): string | undefined {
  if (pattern === code) return ''
  const [prefix = '', suffix] = pattern.split('{Name}', 2)
  if (suffix === undefined || !code.startsWith(prefix)) return undefined
  const parameter = code.slice(prefix.length)
  return /^[A-Z]\w*$/.test(parameter) ? parameter : undefined
}

function explanationOf(all: ApiReference, { en, zh, cause: place }: ErrorEntry, parameter: string): Explanation {
  const filled = (text: string): string => text.replaceAll('{Name}', parameter)
  const why = place === undefined ? undefined : all.causes[place]
  return {
    message: { en: filled(en), zh: filled(zh) },
    cause: why && { en: why.en[0], zh: why.zh[0] },
    cure: why && { en: why.en[1], zh: why.zh[1] },
  }
}
