import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { endings } from '../model/endings.ts'
import { endingOf } from './ending-of.ts'

test.each([
  ['closes', endings.goodbye, (socket: WebSocket) => socket.close()],
  ['is cut', endings.broken, (socket: WebSocket) => socket.terminate()],
] as const)('a connection that its gateway %s: “%s”', async (_, ending, end) => {
  const server = createServer()
  const sockets = new WebSocketServer({ server })
  const ended = new Promise<number>((resolve) => sockets.once('connection', (socket) => socket.once('close', resolve)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const gateway = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
  gateway.once('open', () => end(gateway))
  expect(endingOf(await ended)).toBe(ending)
  sockets.close()
  server.close()
})
