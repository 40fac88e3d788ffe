import { connect } from 'node:net'
import { StringDecoder } from 'node:string_decoder'
import type { Timers } from '@opensag/protocol'

/** What BIRD refuses: a mistake in its configuration, or a command that it does not know. */
export class BirdRefusal extends Error {}

/** More than the routes of the largest network. */
const answerLimit = 64 * 1024 * 1024
const patienceMs = 20_000

/**
 * Asks BIRD by its control socket. Its protocol: `NNNN-text` and lines that begin with a space go on, `NNNN text` ends an
 * answer; it greets with one. Codes from 8000 on are errors.
 *
 * @returns the lines of the answer without their codes
 * @throws {@link BirdRefusal}, or another error when the socket is not there or nothing comes in time
 */
export async function askBird(socketPath: string, command: string, timers: Timers): Promise<readonly string[]> {
  const socket = connect(socketPath)
  const cancel = timers.after(patienceMs, () => void socket.destroy(new Error('BIRD does not answer.')))
  try {
    const answers = answersOf(socket)
    await answers.next()
    socket.write(`${command}\n`)
    const answer = (await answers.next()).value
    if (answer === undefined) throw new Error('BIRD has closed its socket.')
    const refusal = answer.find(({ code }) => code >= 8000)
    if (refusal !== undefined) throw new BirdRefusal(refusal.text)
    return answer.map(({ text }) => text)
  } finally {
    cancel()
    socket.destroy()
  }
}

interface Line {
  readonly code: number
  readonly text: string
}

async function* answersOf(socket: AsyncIterable<Buffer>): AsyncGenerator<readonly Line[], undefined> {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  let size = 0
  let lines: Line[] = []
  for await (const chunk of socket) {
    size += chunk.length
    if (size > answerLimit) throw new Error('The answer of BIRD is too long.')
    const parts = (rest + decoder.write(chunk)).split('\n')
    rest = parts.pop() ?? ''
    for (const part of parts) {
      const [, code, mark, text = ''] = /^(\d{4})([ -])(.*)$/.exec(part) ?? []
      lines.push(
        code === undefined ? { code: lines.at(-1)?.code ?? 0, text: part.slice(1) } : { code: Number(code), text },
      )
      if (mark !== ' ') continue
      yield lines
      lines = []
    }
  }
  return undefined
}
