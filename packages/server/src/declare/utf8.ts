// What a check needs of a text, from the bytes of its UTF-8: a password is never made a text to look at it.

/** The UTF-16 code units of a valid text one after another, as `charCodeAt` gives them. */
export function* unitsOf(utf8: Uint8Array): Generator<number> {
  for (let at = 0; at < utf8.length; ) {
    const first = utf8[at] as number
    const more = first < 0x80 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3
    let point = more === 0 ? first : first & (0x3f >> more)
    for (let next = 1; next <= more; next++) point = (point << 6) | ((utf8[at + next] as number) & 0x3f)
    at += more + 1
    if (point > 0xffff) {
      yield 0xd800 + ((point - 0x10000) >> 10)
      yield 0xdc00 + (point & 0x3ff)
    } else {
      yield point
    }
  }
}

/** Whether `trim` would leave nothing. */
export function isBlank(utf8: Uint8Array): boolean {
  for (const unit of unitsOf(utf8)) if (!isWhite(unit)) return false
  return true
}

/** ECMAScript's white space and line ends. */
function isWhite(unit: number): boolean {
  if (unit <= 0x20) return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d)
  if (unit < 0x2000) return unit === 0xa0 || unit === 0x1680
  return unit <= 0x200a || otherWhite.has(unit)
}

const otherWhite: ReadonlySet<number> = new Set([0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff])
