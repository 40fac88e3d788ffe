import { connect, type Socket } from 'node:net'

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
  const sockets = await Promise.all(callers.map(() => open(port)))
  const started = process.hrtime.bigint()
  const failures = await Promise.all(callers.map((requests, index) => converse(sockets[index] as Socket, requests)))
  const seconds = Number(process.hrtime.bigint() - started) / 1e9
  for (const socket of sockets) socket.destroy()
  const count = callers.reduce((sum, requests) => sum + requests.length, 0)
  return { perSecond: count / seconds, failures: failures.reduce((sum, one) => sum + one, 0) }
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    socket.once('connect', () => resolve(socket))
    socket.once('error', reject)
  })
}

const headEnd = Buffer.from('\r\n\r\n')

function converse(socket: Socket, requests: readonly Buffer[]): Promise<number> {
  return new Promise((resolve, reject) => {
    let next = 0
    let failures = 0
    let pending: Buffer = Buffer.alloc(0)
    const send = (): void => {
      const request = requests[next++]
      if (request === undefined) resolve(failures)
      else socket.write(request)
    }
    socket.on('error', reject)
    // After the last answer this changes nothing: the promise is settled then.
    socket.on('close', () => reject(new Error('The server ended a connection under load.')))
    socket.on('data', (chunk: Buffer) => {
      pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk])
      const end = pending.indexOf(headEnd)
      if (end < 0) return
      const head = pending.toString('latin1', 0, end)
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? Number.NaN)
      if (Number.isNaN(length)) {
        reject(new Error(`An answer without Content-Length:\n${head}`))
        return
      }
      if (pending.length < end + 4 + length) return
      if (!head.startsWith('HTTP/1.1 200')) failures += 1
      pending = pending.subarray(end + 4 + length)
      send()
    })
    send()
  })
}
