import { request } from 'node:http'
import { join } from 'node:path'
import { operatorPath, reachablePath } from '@opensag/server'
import { CommandFailure } from './exit.ts'

/** Sends one command to the operator socket of the server that runs on this data folder. */
export function askOperator(data: string, name: string, input: unknown): Promise<unknown> {
  const socket = join(data, 'operator.sock')
  const body = JSON.stringify(input)
  return new Promise((resolve, reject) => {
    const call = request(
      {
        socketPath: reachablePath(socket),
        method: 'POST',
        path: operatorPath(name),
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const answer = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { error?: string }
          if (response.statusCode === 200) resolve(answer)
          else reject(new CommandFailure(answer.error ?? `The server answered ${response.statusCode}.`))
        })
      },
    )
    call.on('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'ENOENT' || error.code === 'ECONNREFUSED'
          ? `No server is running on this data folder (${socket}).`
          : error.message
      reject(new CommandFailure(why))
    })
    call.end(body)
  })
}
