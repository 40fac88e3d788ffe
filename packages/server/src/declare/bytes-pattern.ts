import { unitsOf } from './utf8.ts'

/** Tells whether a text matches, from its UTF-8. */
export type BytesRule = (utf8: Uint8Array) => boolean

type Class = (unit: number) => boolean

interface Part {
  readonly fits: Class
  readonly least: number
  readonly most: number
}

/**
 * The same verdict as the pattern's own about the bytes of a text. A secret is matched so, because a regular expression
 * wants a text, which cannot be wiped.
 *
 * @throws when the pattern is more than a row of classes from `^` to `$`, of which only the last may repeat freely; `/^/` is
 * whatever there is.
 */
export function bytesRule(pattern: RegExp): BytesRule {
  const { source, flags } = pattern
  if (source === '^' && flags === '') return () => true
  const parts = partsOf(source)
  const last = parts.pop()
  if (flags !== '' || last === undefined || parts.some(({ least, most }) => least !== most)) throw tooComplex(pattern)
  const head = parts.flatMap(({ fits, least }) => Array<Class>(least).fill(fits))
  const { fits, least, most } = last

  return (utf8) => {
    let units = 0
    for (const unit of unitsOf(utf8)) {
      if (!(head[units] ?? fits)(unit)) return false
      units++
    }
    return units >= head.length + least && units <= head.length + most
  }
}

const part = /\[(?<members>(?:\\.|[^\\\]])+)\](?:\{(?<least>\d+)(?<range>,(?<most>\d+))?\}|(?<any>\*))?/y

function partsOf(source: string): Part[] {
  const parts: Part[] = []
  if (!source.startsWith('^') || !source.endsWith('$')) return parts
  part.lastIndex = 1
  while (part.lastIndex < source.length - 1) {
    const { members = '', least = '1', range, most = '', any } = part.exec(source)?.groups ?? {}
    if (members === '') return []
    if (any !== undefined) parts.push({ fits: classOf(members), least: 0, most: Number.POSITIVE_INFINITY })
    else parts.push({ fits: classOf(members), least: Number(least), most: Number(range === undefined ? least : most) })
  }
  return parts
}

/** Members of a class: `A-Z`, `_`, `\x21-\x7e`, `\u4e00-\u9fa5`, and `\s\S` for everything. */
function classOf(members: string): Class {
  if (members === '\\s\\S') return () => true
  if (members.startsWith('^')) throw tooComplex(members)
  // Not with the flag `i`: V8 takes milliseconds to work out the other case of everything but a backslash.
  const units = [...members.matchAll(/\\u([\da-fA-F]{4})|\\x([\da-fA-F]{2})|[^\\]|\\/g)].map(([text, long, short]) => {
    if (text === '\\') throw tooComplex(members)
    const hex = long ?? short
    return { text, unit: hex === undefined ? text.charCodeAt(0) : Number.parseInt(hex, 16) }
  })
  const ranges: (readonly [from: number, to: number])[] = []
  for (let at = 0; at < units.length; at++) {
    const from = units[at]?.unit as number
    const end = units[at + 1]?.text === '-' ? units[at + 2] : undefined
    ranges.push([from, end?.unit ?? from])
    if (end !== undefined) at += 2
  }
  return (unit) => ranges.some(([from, to]) => unit >= from && unit <= to)
}

function tooComplex(pattern: RegExp | string): Error {
  return new Error(`A secret cannot be checked by ${pattern}: see bytesRule.`)
}
