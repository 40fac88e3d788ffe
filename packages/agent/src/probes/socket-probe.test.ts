import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { limit } from '../../../../test/support/time.ts'
import { connectionProbe, httpProbe } from './socket-probe.ts'

const servers: Server[] = []
const timeoutMs = limit(5_000)
/** Where probes come from, and an address that nobody here has. */
const [from, nobodys] = ['127.0.0.3', '192.0.2.77']

afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve))
})

function listening(server: Server): Promise<number> {
  servers.push(server)
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)))
}

test('a connection comes from the address that was said, and is answered; without a listener it is lost; from an address that is not here it is unsent', async () => {
  const seen: (string | undefined)[] = []
  const port = await listening(createServer((socket) => void seen.push(socket.on('error', () => {}).remoteAddress)))
  const place = { from, to: '127.0.0.1', port, timeoutMs }
  expect(await connectionProbe(place)).toMatchObject({ is: 'answered' })
  expect(seen).toEqual([from])
  expect(await connectionProbe({ ...place, port: 1 })).toEqual({ is: 'lost' })
  expect(await connectionProbe({ ...place, from: nobodys })).toEqual({ is: 'unsent' })
})

test('a page is answered, an error and a silent server are lost; the address is the one that was looked at', async () => {
  const seen: string[] = []
  const server = createHttpServer((request, response) => {
    seen.push(`${request.socket.remoteAddress} ${request.headers.host} ${request.url}`)
    if (request.url !== '/silent')
      response.writeHead(request.url === '/gone' ? 404 : 302, { location: '/gone' }).end('x')
  })
  const port = await listening(server)
  const page = (path: string, within = timeoutMs) =>
    httpProbe(new URL(`http://www.example.com:${port}${path}`), { from, to: '127.0.0.1', timeoutMs: within })
  expect(await page('/a?b')).toMatchObject({ is: 'answered' })
  expect(seen).toEqual([`${from} www.example.com:${port} /a?b`])
  expect(await page('/gone')).toEqual({ is: 'lost' })
  expect(await page('/silent', 100)).toEqual({ is: 'lost' })
  expect(await httpProbe(new URL(`http://x:${port}`), { from: nobodys, to: '127.0.0.1', timeoutMs })).toEqual({
    is: 'unsent',
  })
})
