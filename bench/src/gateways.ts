import { request } from 'node:http'
import { join } from 'node:path'

/** How many gateways a server says are connected. */
export function connectedGateways(data: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath: join(data, 'operator.sock'), path: '/metrics' }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (chunk) => {
        text += chunk
      })
      answer.once('end', () => {
        const count = /^opensag_gateways_connected (\d+)$/m.exec(text)?.[1]
        resolve(count === undefined ? undefined : Number(count))
      })
    })
    call.once('error', reject)
    call.end()
  })
}
