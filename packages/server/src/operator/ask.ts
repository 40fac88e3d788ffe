import { type IncomingMessage, request } from 'node:http'
import { join } from 'node:path'
import { operatorPath, reachablePath } from './socket-path.ts'

/** Of the server on this data folder. */
export function operatorSocketIn(data: string): string {
  return join(data, 'operator.sock')
}

/** What the operator socket of a data folder did not do, and why. */
export class OperatorCallFailed extends Error {
  override readonly name = 'OperatorCallFailed'
  /** `nobody` listens there; it was asked `wrongly`; it `refused`; anything else is a `trouble` of the machine. */
  readonly why: 'nobody' | 'wrongly' | 'refused' | 'trouble'
  readonly socket: string

  constructor(why: OperatorCallFailed['why'], socket: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.why = why
    this.socket = socket
  }
}

export type TakeChunk = (chunk: Buffer, response: IncomingMessage) => void

export interface OperatorQuestion {
  /** The data folder of the server. */
  readonly data: string
  /** Of the command: `device list`. */
  readonly name: string
  readonly input: unknown
  readonly signal?: AbortSignal | undefined
}

/**
 * Sends one command to the operator socket of the server that runs on a data folder, and hands its answer on as it comes.
 *
 * @throws OperatorCallFailed
 */
export function askOperatorSocket({ data, name, input, signal }: OperatorQuestion, take: TakeChunk): Promise<void> {
  const socket = operatorSocketIn(data)
  const body = JSON.stringify(input)
  return new Promise((resolve, reject) => {
    const failed = (why: OperatorCallFailed['why'], message: string, cause?: Error): void =>
      reject(new OperatorCallFailed(why, socket, message, cause && { cause }))
    const call = request(
      {
        socketPath: reachablePath(socket),
        method: 'POST',
        ...(signal === undefined ? {} : { signal }),
        path: operatorPath(name),
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      },
      (response) => {
        const refused: Buffer[] = []
        const isDone = response.statusCode === 200
        response.on('data', (chunk: Buffer) => (isDone ? take(chunk, response) : void refused.push(chunk)))
        response.on('error', () => failed('refused', 'The server closed the connection. See the server log.'))
        response.on('end', () => {
          if (isDone) return resolve()
          const answer = JSON.parse(Buffer.concat(refused).toString('utf8')) as { error?: string }
          const why = answer.error ?? `The server answered ${response.statusCode}.`
          failed(response.statusCode === 400 ? 'wrongly' : 'refused', why)
        })
      },
    )
    call.on('error', (error: NodeJS.ErrnoException) => {
      const isNobody = error.code === 'ENOENT' || error.code === 'ECONNREFUSED'
      failed(isNobody ? 'nobody' : 'trouble', error.message, error)
    })
    call.end(body)
  })
}

/** The same, of a command whose answer is one JSON text. */
export async function answerOfOperator(question: OperatorQuestion): Promise<unknown> {
  const chunks: Buffer[] = []
  await askOperatorSocket(question, (chunk) => void chunks.push(chunk))
  return JSON.parse(Buffer.concat(chunks).toString('utf8'))
}
