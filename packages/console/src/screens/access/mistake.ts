/** Where in a policy something is wrong. */
export interface PolicyMistake {
  readonly message: string
  /** From 1; undefined when the place is not told. */
  readonly line: number | undefined
  readonly column: number | undefined
}

/** The server tells the place at the end or the beginning of its message: `Line 3, column 14: …`. */
export function mistakeOf(message: string): PolicyMistake {
  const place = /Line (\d+), column (\d+): (.*)$/s.exec(message)
  if (place === null) return { message, line: undefined, column: undefined }
  return { message: place[3] ?? message, line: Number(place[1]), column: Number(place[2]) }
}

/** The position in a text of a line and column, both from 1. */
export function offsetOf(text: string, line: number, column: number): number {
  let start = 0
  for (let number = 1; number < line; number += 1) {
    const end = text.indexOf('\n', start)
    if (end === -1) return text.length
    start = end + 1
  }
  return Math.min(text.length, start + column - 1)
}
