import { connect, type Socket } from 'node:net'
import { performance } from 'node:perf_hooks'
import { connect as connectTls } from 'node:tls'
import { quantile } from '../statistics.ts'
import type { Generator } from './generator.ts'

/** What one round of load did. */
export interface Round {
  readonly perSecond: number
  readonly failures: number
}

/**
 * Plays prepared requests over kept-alive connections: caller k sends `callers[k]` one after the other, each as soon as
 * the answer to the one before is whole.
 */
export async function play(port: number, callers: readonly (readonly Buffer[])[]): Promise<Round> {
  const sockets = await Promise.all(callers.map(() => open(port, false)))
  const started = performance.now()
  let failures = 0
  await Promise.all(
    callers.map((requests, index) => {
      let next = 0
      return converse(
        sockets[index] as Socket,
        () => requests[next++],
        (ok) => {
          if (!ok) failures++
        },
      )
    }),
  )
  const seconds = (performance.now() - started) / 1000
  for (const socket of sockets) socket.destroy()
  return { perSecond: callers.reduce((sum, { length }) => sum + length, 0) / seconds, failures }
}

/** In this process: for machines without `wrk`, and for what `wrk` cannot do. */
export const ownGenerator: Generator = {
  name: 'own generator',
  async play({ port, secure, connections, seconds, requests, again }) {
    const sockets = await Promise.all(Array.from({ length: connections }, () => open(port, secure)))
    const latencies: number[] = []
    let [next, failures] = [0, 0]
    const started = performance.now()
    const end = started + 1000 * seconds
    function take(): Buffer | undefined {
      if (performance.now() >= end) return undefined
      if (next === requests.length && again) next = 0
      return requests[next++]
    }
    await Promise.all(
      sockets.map((socket) =>
        converse(socket, take, (ok, tookMs) => {
          latencies.push(tookMs)
          if (!ok) failures++
        }),
      ),
    )
    const took = (performance.now() - started) / 1000
    for (const socket of sockets) socket.destroy()
    return {
      perSecond: latencies.length / took,
      answers: latencies.length,
      failures,
      p50Ms: quantile(latencies, 0.5),
      p99Ms: quantile(latencies, 0.99),
      ranOut: !again && next > requests.length,
    }
  },
}

export function open(port: number, secure: boolean, host = '127.0.0.1'): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const place = { port, host }
    // Whose certificate it is does not matter here: it was made for this run.
    const socket = secure ? connectTls({ ...place, rejectUnauthorized: false }) : connect({ ...place, noDelay: true })
    socket.once(secure ? 'secureConnect' : 'connect', () => resolve(socket))
    socket.once('error', reject)
  })
}

const headEnd = Buffer.from('\r\n\r\n')

/**
 * Tells the status of each answer of a connection once it is whole, and whether it was the last one there.
 *
 * @throws Error when its end cannot be told
 */
export function createAnswerReader(onAnswer: (status: number, isLast: boolean) => void): (chunk: Buffer) => void {
  let pending: Buffer = Buffer.alloc(0)
  return (chunk) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk])
    const end = pending.indexOf(headEnd)
    if (end < 0) return
    const head = pending.toString('latin1', 0, end)
    const status = Number(head.slice(9, 12))
    const length = status === 204 ? 0 : Number(/content-length: (\d+)/i.exec(head)?.[1] ?? Number.NaN)
    if (Number.isNaN(length)) throw new Error(`An answer without Content-Length:\n${head}`)
    if (pending.length < end + 4 + length) return
    pending = pending.subarray(end + 4 + length)
    onAnswer(status, /^connection: close\r?$/im.test(head))
  }
}

/** Sends what `take` gives until it gives nothing, each as soon as the answer to the one before is whole. */
function converse(
  socket: Socket,
  take: () => Buffer | undefined,
  onAnswer: (ok: boolean, tookMs: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let sentAt = 0
    const send = (): void => {
      const request = take()
      if (request === undefined) {
        resolve()
        return
      }
      sentAt = performance.now()
      socket.write(request)
    }
    const read = createAnswerReader((status) => {
      onAnswer(status >= 200 && status < 300, performance.now() - sentAt)
      send()
    })
    socket.on('error', reject)
    // After the last answer this changes nothing: the promise is settled then.
    socket.on('close', () => reject(new Error('The server ended a connection under load.')))
    socket.on('data', (chunk: Buffer) => {
      try {
        read(chunk)
      } catch (error) {
        reject(error)
      }
    })
    send()
  })
}
