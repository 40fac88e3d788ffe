import { type IncomingMessage, request } from 'node:http'
import { join } from 'node:path'
import { operatorPath, reachablePath } from '@opensag/server/tools'
import { troubleWith } from '@opensag/server/trouble'
import { CommandFailure, UsageError } from './exit.ts'

/** Nobody answers at the data folder's socket. */
export class NoServer extends CommandFailure {
  constructor(socket: string) {
    super(`No server is running on this data folder (${socket}).`)
  }
}

/** Sends one command to the operator socket of the server that runs on this data folder. */
export async function askOperator(data: string, name: string, input: unknown): Promise<unknown> {
  const chunks: Buffer[] = []
  await ask(data, name, input, (chunk) => void chunks.push(chunk))
  return JSON.parse(Buffer.concat(chunks).toString('utf8'))
}

/** Sends one command whose answer can be longer than memory, and hands it on as it comes. */
export function askOperatorForLines(
  data: string,
  name: string,
  input: unknown,
  out: NodeJS.WritableStream,
  signal?: AbortSignal,
): Promise<void> {
  function take(chunk: Buffer, response: IncomingMessage): void {
    if (out.write(chunk)) return
    response.pause()
    out.once('drain', () => response.resume())
  }
  return ask(data, name, input, take, signal)
}

type Take = (chunk: Buffer, response: IncomingMessage) => void

function ask(data: string, name: string, input: unknown, take: Take, signal?: AbortSignal): Promise<void> {
  const socket = join(data, 'operator.sock')
  const body = JSON.stringify(input)
  return new Promise((resolve, reject) => {
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
        response.on('error', () => reject(new CommandFailure('The server closed the connection. See the server log.')))
        response.on('end', () => {
          if (isDone) return resolve()
          const answer = JSON.parse(Buffer.concat(refused).toString('utf8')) as { error?: string }
          const why = answer.error ?? `The server answered ${response.statusCode}.`
          reject(response.statusCode === 400 ? new UsageError(why) : new CommandFailure(why))
        })
      },
    )
    call.on('error', (error: NodeJS.ErrnoException) => {
      const isNobody = error.code === 'ENOENT' || error.code === 'ECONNREFUSED'
      reject(
        isNobody ? new NoServer(socket) : new CommandFailure(troubleWith(socket, error.code ?? '') ?? error.message),
      )
    })
    call.end(body)
  })
}
