import { request } from 'node:http'
import { join } from 'node:path'

/** One operator command over the server's socket, as the command line sends it. */
export async function operator(data: string, name: string, input: unknown): Promise<void> {
  await askOperator(data, name, input)
}

/** The same, with its answer. */
export function askOperator(data: string, name: string, input: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const call = request(
      {
        socketPath: join(data, 'operator.sock'),
        method: 'POST',
        path: `/${name.split(' ').join('/')}`,
        headers: { 'content-type': 'application/json' },
      },
      (answer) => {
        let text = ''
        answer.setEncoding('utf8').on('data', (chunk) => {
          text += chunk
        })
        answer.once('end', () =>
          answer.statusCode === 200 ? resolve(JSON.parse(text)) : reject(new Error(`${name}: ${answer.statusCode}`)),
        )
      },
    )
    call.once('error', reject)
    call.end(JSON.stringify(input))
  })
}
