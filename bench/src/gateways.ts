import { request } from 'node:http'
import { join } from 'node:path'

/** How many gateways a server says are connected. */
export async function connectedGateways(data: string): Promise<number | undefined> {
  return (await metricsOf(data)).get('opensag_gateways_connected')
}

/** What a server says of itself, by name and labels as they are written. */
export function metricsOf(data: string): Promise<ReadonlyMap<string, number>> {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath: join(data, 'operator.sock'), path: '/metrics' }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (chunk) => {
        text += chunk
      })
      answer.once('end', () => {
        const found = text.matchAll(/^([a-z_]+(?:\{[^}]*\})?) (\S+)$/gm)
        resolve(new Map([...found].map(([, name = '', value]) => [name, Number(value)])))
      })
    })
    call.once('error', reject)
    call.end()
  })
}
