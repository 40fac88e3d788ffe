import { once } from 'node:events'
import { performance } from 'node:perf_hooks'
import WebSocket from 'ws'
import { type Peer, startBareEcho } from './peers.ts'

export interface EchoCost {
  /** Wall time for each connection's messages, all connections taking turns. */
  readonly msEach: number
  readonly serverCpuMsEach: number
  readonly serverKiBEach: number
}

/** Of a password change a gateway is sent `set` and `settle` and answers `ack` and `settled`: two there and back. */
const messages = 2
/** About as long as a sealed `set`. */
const message = 'x'.repeat(400)

/** What so many messages cost a bare `ws` server that sends back whatever comes, with one connection for each gateway. */
export async function measureEcho(gateways: number, concurrency: number): Promise<EchoCost> {
  const peer = await startBareEcho()
  try {
    const before = peer.residentMiB()
    const sockets = await connectAll(peer, gateways)
    const serverKiBEach = ((peer.residentMiB() - before) * 1024) / gateways
    const cpu = peer.cpuMs()
    const started = performance.now()
    let next = 0
    const take = async (): Promise<void> => {
      for (let socket = sockets[next++]; socket !== undefined; socket = sockets[next++]) {
        for (let count = 0; count < messages; count++) {
          socket.send(message)
          await once(socket, 'message')
        }
      }
    }
    await Promise.all(Array.from({ length: concurrency }, take))
    const msEach = (performance.now() - started) / gateways
    const serverCpuMsEach = (peer.cpuMs() - cpu) / gateways
    for (const socket of sockets) socket.terminate()
    return { msEach, serverCpuMsEach, serverKiBEach }
  } finally {
    await peer.stop()
  }
}

async function connectAll({ port }: Peer, count: number): Promise<readonly WebSocket[]> {
  const sockets: WebSocket[] = []
  for (let from = 0; from < count; from += 50) {
    const some = Array.from({ length: Math.min(50, count - from) }, () => new WebSocket(`ws://127.0.0.1:${port}`))
    await Promise.all(some.map((socket) => once(socket, 'open')))
    sockets.push(...some)
  }
  return sockets
}
