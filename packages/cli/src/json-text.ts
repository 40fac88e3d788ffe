/** Parses JSON that a person wrote; tells in words where it is wrong, and repeats nothing of it. */
export function parseJson(text: string): { readonly value: unknown } | { readonly mistake: string } {
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    const { message } = error as Error
    if (message.startsWith('Unexpected end')) return { mistake: 'is not valid JSON: it ends too early' }
    const [, position] = /position (\d+)/.exec(message) ?? []
    if (position === undefined) return { mistake: 'is not valid JSON' }
    const lines = text.slice(0, Number(position)).split('\n')
    return { mistake: `is not valid JSON: see line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}` }
  }
}
