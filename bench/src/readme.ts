const begin = '<!-- bench -->'
const end = '<!-- /bench -->'

/** The text with other content between its markers. @throws Error without them */
export function betweenMarkers(text: string, content: string): string {
  const from = text.indexOf(begin)
  const to = text.indexOf(end)
  if (from === -1 || to < from) throw new Error(`There is no ${begin} … ${end}.`)
  return `${text.slice(0, from + begin.length)}\n${content}\n${text.slice(to)}`
}
