import { gatewayError } from './gateway-errors.ts'
import type { Limits } from './limits.ts'

const deepest = 16
const loneSurrogate = /\p{Surrogate}/u

/**
 * The members of a JSON object as parameters: a list becomes `Name.1`, an object `Name.Key`, and `null` is "not given".
 *
 * @throws Refusal when the text is no JSON object, is nested absurdly deep, or has a value that no text form stands for
 * without loss.
 */
export function flatten(
  text: string,
  limits: Pick<Limits, 'parameterCount' | 'nameSize'>,
  add: (name: string, value: string) => void,
): void {
  requireBounded(text, limits)
  const body = parse(text)
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw gatewayError('InvalidParameter.Body')
  let visited = 0
  // Lists and objects count too: empty ones cost as much to walk through as values.
  function walk(name: string, value: unknown, depth: number): void {
    if (value === null) return
    visited += 1
    if (visited > limits.parameterCount) throw gatewayError('InvalidParameter.TooMany')
    if (depth > deepest || name.length > limits.nameSize || loneSurrogate.test(name)) {
      throw gatewayError('InvalidParameter.Body')
    }
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) walk(`${name}.${index + 1}`, item, depth + 1)
    } else if (typeof value === 'object') {
      for (const [key, item] of Object.entries(value)) walk(`${name}.${key}`, item, depth + 1)
    } else {
      add(name, scalar(value))
    }
  }
  for (const [name, value] of Object.entries(body)) walk(name, value, 1)
}

/**
 * Counts before anything is built: to parse what is deep, or has very many members, costs many times what it costs to
 * refuse it. Lenient: what is exactly allowed is decided on the value.
 */
function requireBounded(text: string, { parameterCount }: Pick<Limits, 'parameterCount'>): void {
  let depth = 0
  let members = 0
  let inString = false
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (inString) {
      if (code === backslash) index++
      else if (code === quote) inString = false
    } else if (code === quote) {
      inString = true
    } else if (code === openList || code === openObject) {
      if (++depth > deepest + 1) throw gatewayError('InvalidParameter.Body')
      members++
    } else if (code === closeList || code === closeObject) {
      depth--
    } else if (code === comma) {
      members++
    }
    if (members > 2 * parameterCount) throw gatewayError('InvalidParameter.TooMany')
  }
}

const [backslash, quote, comma, openList, closeList, openObject, closeObject] = [...'\\",[]{}'].map((char) =>
  char.charCodeAt(0),
)

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The cause quotes the body, which may hold a password: it goes nowhere.
    throw gatewayError('InvalidParameter.Body')
  }
}

function scalar(value: unknown): string {
  const text = String(value)
  // A longer number was rounded while it was read, and would be another one than the client signed.
  const rounded = typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER
  if (rounded || loneSurrogate.test(text)) throw gatewayError('InvalidParameter.Body')
  return text
}
