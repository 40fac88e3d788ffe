/** Text as the macros of man(7) take it: nothing in it is a request, and what is pasted from the page is ASCII. */
export function escaped(text: string): string {
  const plain = text
    .replaceAll('\\', '\\e')
    // A hyphen that may be part of an option stays one when it is copied.
    .replaceAll('-', '\\-')
    .replaceAll('`', '')
    .replaceAll('…', '\\[u2026]')
    .replaceAll('’', '\\[cq]')
    .replaceAll('×', '\\[mu]')
  return plain
    .split('\n')
    .map((line) => (/^[.']/.test(line) ? `\\&${line}` : line))
    .join('\n')
}

/** As an argument of a macro. */
function quoted(text: string): string {
  return `"${escaped(text).replaceAll('"', '\\(dq')}"`
}

export const heading = (text: string): string => `.SH ${quoted(text)}`
export const subheading = (text: string): string => `.SS ${quoted(text)}`

/** A paragraph of text. */
export const paragraph = (text: string): string => `.PP\n${escaped(text)}`

/** A term and, indented, what it means. */
export function entry(term: string, about: string): string {
  return about === '' ? `.TP\n\\fB${escaped(term)}\\fR\n\\&` : `.TP\n\\fB${escaped(term)}\\fR\n${escaped(about)}`
}

/** Lines as they are typed. */
export const typed = (lines: string): string => `.PP\n.RS 4\n.nf\n${escaped(lines)}\n.fi\n.RE`

/** What a page is of: its version, and the day of the release, for the same sources give the same page. */
export interface Release {
  readonly version: string
  readonly date: string
}

/** The first lines of a page. */
export function pageTitle(name: string, { version, date }: Release, manual: string): string {
  const title = [quoted(name.toUpperCase()), '1', `"${date}"`, quoted(`opensag ${version}`), quoted(manual)]
  // To the left, without hyphens that are not in the text: options and paths are copied.
  return [`.TH ${title.join(' ')}`, '.ad l', '.nh'].join('\n')
}
