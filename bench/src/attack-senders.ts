import { randomBytes } from 'node:crypto'
import { Agent, request } from 'node:http'
import { connect, type Socket } from 'node:net'

/** How many answers of each kind came: by error code, by status where there is none, by fault where nobody answered. */
export type Tally = Map<string, number>

/**
 * Sends the same kind of body from one address of this machine, at most so often (a loaded machine lets timers come late)
 * and never more at once than it has sockets.
 */
export function sendSteadily(
  { port, from, perSecond, sockets }: { port: number; from: string; perSecond: number; sockets: number },
  body: () => string,
  tally: Tally,
): () => void {
  const agent = new Agent({ keepAlive: true, maxSockets: sockets })
  let underWay = 0
  const timer = setInterval(() => {
    if (underWay >= sockets) return count(tally, 'not sent: all sockets wait')
    underWay += 1
    void sendForm(port, from, agent, body()).then(({ code }) => {
      underWay -= 1
      count(tally, code)
    })
  }, 1000 / perSecond)
  return () => {
    clearInterval(timer)
    agent.destroy()
  }
}

/** A form POST from one address of this machine. It never fails: what went wrong is the code. */
export function sendForm(
  port: number,
  from: string,
  agent: Agent,
  body: string,
): Promise<{ code: string; ms: number }> {
  const began = performance.now()
  return new Promise((resolve) => {
    const done = (code: string): void => resolve({ code, ms: performance.now() - began })
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) }
    const call = request({ host: '127.0.0.1', port, localAddress: from, agent, method: 'POST', headers }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (chunk) => {
        text += chunk
      })
      answer.once('error', (error) => done(faultOf(error)))
      answer.once('end', () => done(/"Code":\s*"([^"]+)"/.exec(text)?.[1] ?? String(answer.statusCode)))
    })
    call.setTimeout(30_000, () => call.destroy(new Error('no answer in 30 s')))
    call.once('error', (error) => done(faultOf(error)))
    call.end(body)
  })
}

/**
 * Keeps so many connections open that never say anything, each from an address of its own, and opens a new one for each
 * that the server ended, at a steady rate.
 */
export function keepSilent(
  { port, addresses, perSecond }: { port: number; addresses: readonly string[]; perSecond: number },
  kind: 'websocket' | 'tcp',
  tally: Tally,
): { readonly open: () => number; readonly stop: () => void } {
  const open = new Map<string, Socket>()
  let next = 0
  const timer = setInterval(() => {
    const from = addresses[next++ % addresses.length] as string
    if (open.has(from)) return
    const socket = connect({ host: '127.0.0.1', port, localAddress: from })
    open.set(from, socket)
    socket.once('connect', () => {
      if (kind === 'websocket') socket.write(upgrade())
      else count(tally, 'connected')
    })
    if (kind === 'websocket') socket.once('data', (head) => count(tally, head.toString('latin1').slice(9, 12)))
    socket.resume()
    socket.once('error', (error) => count(tally, faultOf(error)))
    socket.once('end', () => count(tally, 'ended by the server'))
    socket.once('close', () => open.delete(from))
  }, 1000 / perSecond)
  return {
    open: () => open.size,
    stop() {
      clearInterval(timer)
      for (const socket of open.values()) socket.destroy()
    },
  }
}

/** Different addresses of the loopback network; 127.0.0.1 is not among them. */
export function loopbackAddresses(network: number, many: number): readonly string[] {
  return Array.from({ length: many }, (_, index) => `127.0.${network}.${index + 1}`)
}

function upgrade(): string {
  const lines = ['GET /channel HTTP/1.1', 'Host: attack', 'Connection: Upgrade', 'Upgrade: websocket']
  const key = randomBytes(16).toString('base64')
  return `${[...lines, 'Sec-WebSocket-Version: 13', `Sec-WebSocket-Key: ${key}`].join('\r\n')}\r\n\r\n`
}

function faultOf(error: Error): string {
  return (error as NodeJS.ErrnoException).code ?? error.message
}

function count(tally: Tally, what: string): void {
  tally.set(what, 1 + (tally.get(what) ?? 0))
}
