/** Characters that take two columns of a terminal: Chinese, Japanese and Korean, full-width forms, pictures. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u
/** They are drawn over the character before them. */
const joining = /^(?:\p{M}|\u200b|\u200c|\u200d)$/u

/** Columns that a text takes in a terminal. */
export function widthOf(text: string): number {
  let columns = 0
  for (const char of text) columns += wide.test(char) ? 2 : joining.test(char) ? 0 : 1
  return columns
}

/** Fills up with blanks to so many columns. */
export function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - widthOf(text)))
}

/**
 * Breaks a text into lines of so many columns, between words, or before and after a wide character; never before a mark that
 * ends something.
 */
export function broken(text: string, columns: number): string {
  return text
    .split('\n')
    .map((line) => brokenLine(line, columns))
    .join('\n')
}

const partsOfLine = /\s*(?:[^\s\u2e80-\u9fff\uff00-\uff60]+|[\u2e80-\u9fff\uff00-\uff60])[、。，；：）》！？”]*/gu

function brokenLine(text: string, columns: number): string {
  const lines = ['']
  for (const [part] of text.matchAll(partsOfLine)) {
    const last = lines.length - 1
    const longer = `${lines[last]}${part}`
    if (widthOf(longer) <= columns || lines[last] === '') lines[last] = longer
    else lines.push(part.trimStart())
  }
  return lines.join('\n')
}
