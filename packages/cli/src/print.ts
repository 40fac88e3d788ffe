import { say } from './say.ts'
import { padded, widthOf } from './width.ts'

/** Lines of a text to a person, each a name and a value, which stand below one another. */
export function labelled(lines: readonly (readonly [name: string, value: string])[]): string {
  const widest = Math.max(...lines.map(([name]) => widthOf(name)))
  return lines.map(([name, value]) => `  ${padded(name, widest)}   ${value}`).join('\n')
}

/** Prints an operator's answer for a person: a list as a table, one thing as lines. */
export function printTable(answer: unknown): void {
  if (Array.isArray(answer)) {
    const rows = answer as readonly Readonly<Record<string, unknown>>[]
    if (rows.length === 0) {
      console.log(say('(none)'))
      return
    }
    const columns = Object.keys(rows[0] ?? {})
    const cells = [columns, ...rows.map((row) => columns.map((column) => shown(row[column])))]
    const widths = columns.map((_, index) => Math.max(...cells.map((row) => widthOf(row[index] ?? ''))))
    for (const row of cells) {
      console.log(
        row
          .map((cell, index) => padded(cell, widths[index] ?? 0))
          .join('  ')
          .trimEnd(),
      )
    }
    return
  }
  for (const [name, value] of Object.entries((answer ?? {}) as Record<string, unknown>)) {
    console.log(`${name}: ${shown(value)}`)
  }
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return '-'
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  // A line break would end the row, and other control characters move the cursor.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about.
  return text.replace(/[\0-\x1f\x7f-\x9f]/g, (char) => JSON.stringify(char).slice(1, -1))
}
