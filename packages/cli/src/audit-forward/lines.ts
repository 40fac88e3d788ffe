/** Characters of one line; the server limits what an entry holds to far less. */
export const longestLine = 1024 * 1024

/**
 * Lines of text as they come. Holds one line and one chunk at most.
 * @throws when a line is longer than {@link longestLine}
 */
export async function* linesOf(chunks: AsyncIterable<Buffer | string>, longest = longestLine): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of chunks) {
    rest += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true })
    const lines = rest.split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > longest) throw new Error(`The server exported a line of more than ${longest} characters.`)
    for (const line of lines) if (line !== '') yield line
  }
}
