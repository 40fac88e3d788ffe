import { spawn } from 'node:child_process'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'

/** Sends datagrams to one place. */
export interface UdpSender {
  /** One that cannot be sent is lost, and `onError` is told. */
  send(datagram: Buffer): void
  close(): Promise<void>
}

export interface UdpPlace {
  readonly ip: string
  readonly port: number
  /** The address they come from; undefined: that of the way there. */
  readonly source: string | undefined
}

/** @param namespace its name for `ip netns`; undefined: the network this process is in */
export function openUdpSender(
  namespace: string | undefined,
  place: UdpPlace,
  onError: (error: unknown) => void,
): UdpSender {
  return namespace === undefined ? openHere(place, onError) : openIn(namespace, place, onError)
}

function openHere({ ip, port, source }: UdpPlace, onError: (error: unknown) => void): UdpSender {
  let bound: Socket | undefined
  let binding: Socket | undefined

  function bind(): void {
    if (binding !== undefined) return
    const socket = createSocket('udp4')
    binding = socket
    socket.on('error', (error) => {
      onError(error)
      if (binding === socket) binding = undefined
      if (bound === socket) bound = undefined
      socket.close()
    })
    socket.bind(0, source, () => {
      binding = undefined
      bound = socket
    })
  }

  bind()
  return {
    // A socket that was not bound would choose an address by itself, and go another way.
    send(datagram) {
      if (bound === undefined) bind()
      else bound.send(datagram, port, ip, (error) => error && onError(error))
    },
    close: async () => {
      for (const socket of [bound, binding]) socket?.close()
    },
  }
}

/** A socket stays in the network of its process, so that another network needs a process of its own. */
function openIn(namespace: string, place: UdpPlace, onError: (error: unknown) => void): UdpSender {
  const script = `const { ip, port, source } = ${JSON.stringify(place)}
    let bound
    const socket = require('dgram').createSocket('udp4').on('error', () => {})
    socket.bind(0, source, () => { bound = socket })
    require('readline').createInterface({ input: process.stdin })
      .on('line', (line) => bound?.send(Buffer.from(line, 'hex'), port, ip, () => {}))
      .on('close', () => process.exit())`
  const child = spawn('ip', ['netns', 'exec', namespace, process.execPath, '-e', script], {
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  child.on('error', onError)
  child.stdin.on('error', onError)
  return {
    send: (datagram) => void child.stdin.write(`${datagram.toString('hex')}\n`),
    async close() {
      if (child.exitCode !== null) return
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}
