import { connect, type Socket } from 'node:net'
import { limit } from '../../../../../test/support/time.ts'

export interface RawResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface Exchange {
  readonly responses: readonly RawResponse[]
  /** Whether the server ended the connection. */
  readonly closed: boolean
}

type Pieces = Iterable<Buffer> | AsyncIterable<Buffer>

export interface ExchangeOptions {
  /** Return after so many answers; without it, when the connection closes. */
  readonly answers?: number
  /** Nothing came for so many milliseconds: a hang. */
  readonly patience?: number
  /** The pieces the bytes are sent in; each waits until the one before was handed over. */
  readonly pieces?: Pieces
}

/** Sends bytes as they are and reads what comes back. Rejects when the server falls silent. */
export function exchange(port: number, bytes: Buffer | string, options: ExchangeOptions = {}): Promise<Exchange> {
  const { answers = Number.POSITIVE_INFINITY, patience = limit(20_000), pieces = [Buffer.from(bytes)] } = options
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let received = Buffer.alloc(0)
    socket.setNoDelay(true)
    socket.setTimeout(patience, () => {
      socket.destroy()
      reject(new Error(`The server fell silent after: ${received.toString('latin1').slice(0, 200)}`))
    })
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk])
      const responses = parseResponses(received)
      if (responses.length >= answers) {
        socket.destroy()
        resolve({ responses, closed: false })
      }
    })
    // A server that answered and closed may reset what the client still had on the way.
    socket.on('error', () => socket.destroy())
    socket.on('close', () => resolve({ responses: parseResponses(received), closed: true }))
    socket.on('connect', () => void sendAll(socket, pieces).catch(reject))
  })
}

async function sendAll(socket: Socket, pieces: Pieces): Promise<void> {
  for await (const piece of pieces) {
    if (!socket.writable) return
    await new Promise((resolve) => socket.write(piece, resolve))
  }
}

/** The complete answers at the beginning of the bytes. */
export function parseResponses(bytes: Buffer): readonly RawResponse[] {
  const responses: RawResponse[] = []
  let rest = bytes
  for (;;) {
    const end = rest.indexOf('\r\n\r\n')
    if (end === -1) return responses
    const [statusLine = '', ...lines] = rest.subarray(0, end).toString('latin1').split('\r\n')
    const headers = Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
    )
    const status = Number(statusLine.split(' ')[1])
    if (status === 100) {
      rest = rest.subarray(end + 4)
      continue
    }
    const length = Number(headers['content-length'] ?? 0)
    if (rest.length < end + 4 + length) return responses
    responses.push({ status, headers, body: rest.subarray(end + 4, end + 4 + length).toString('utf8') })
    rest = rest.subarray(end + 4 + length)
  }
}
