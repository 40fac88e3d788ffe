/** A list that the browser has kept as JSON; none where it is no such list: anybody can change what a browser keeps. */
export function keptList(text: string): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(text)
    return Array.isArray(parsed) ? parsed : []
  } catch (error) {
    if (error instanceof SyntaxError) return []
    throw error
  }
}
