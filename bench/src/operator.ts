import { request } from 'node:http'
import { join } from 'node:path'

/** One operator command over the server's socket, as the command line sends it. */
export function operator(data: string, name: string, input: unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    const call = request(
      {
        socketPath: join(data, 'operator.sock'),
        method: 'POST',
        path: `/${name.split(' ').join('/')}`,
        headers: { 'content-type': 'application/json' },
      },
      (answer) => {
        answer.resume()
        answer.once('end', () =>
          answer.statusCode === 200 ? resolve() : reject(new Error(`${name}: ${answer.statusCode}`)),
        )
      },
    )
    call.once('error', reject)
    call.end(JSON.stringify(input))
  })
}
