import { chmodSync, rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { type ManagementEvent, ManagementReader } from './management-lines.ts'

/** OpenVPN refused a command, or is gone. */
export class ManagementError extends Error {
  override readonly name = 'ManagementError'
}

/** The management interface of one OpenVPN process: it connects here, and ends when this side goes. */
export interface Management {
  /**
   * Sends one command, with the lines that belong to it; resolves with what it answered.
   * @throws ManagementError when it refuses, or is not connected (any more)
   */
  command(...lines: readonly string[]): Promise<string>
  /** The same, with a secret in the first line; it is wiped. */
  secretCommand(line: Uint8Array): Promise<string>
  close(): Promise<void>
}

export interface ManagementOptions {
  /** A Unix socket in a folder that nobody else can enter. */
  readonly path: string
  /** Must not throw. */
  readonly onEvent: (event: Exclude<ManagementEvent, { is: 'answer' }>) => void
  /** OpenVPN has connected, or is gone. */
  readonly onConnected: () => void
  readonly onEnded: () => void
}

interface Asked {
  resolve(text: string): void
  reject(error: Error): void
}

/** Commands that are not answered yet. OpenVPN answers each at once: who has that many is not being answered any more. */
const mostAsked = 10_000

/** Listens before OpenVPN is started. One process at a time: another one that connects takes the place of the one before. */
export async function listenForManagement(options: ManagementOptions): Promise<Management> {
  const { path, onEvent, onConnected, onEnded } = options
  let current: { readonly socket: Socket; readonly asked: Asked[] } | undefined

  function take(socket: Socket): void {
    current?.socket.destroy()
    const connection = { socket, asked: [] as Asked[] }
    current = connection
    const reader = new ManagementReader()
    socket.on('data', (bytes) => {
      for (const event of reader.read(bytes as Buffer)) {
        if (event.is === 'answer') {
          const asked = connection.asked.shift()
          if (event.ok) asked?.resolve(event.text)
          else asked?.reject(new ManagementError(event.text))
        } else if (current === connection) onEvent(event)
      }
    })
    // What went wrong follows as the close.
    socket.on('error', () => undefined)
    socket.once('close', () => {
      for (const asked of connection.asked.splice(0)) asked.reject(new ManagementError('OpenVPN is gone.'))
      if (current !== connection) return
      current = undefined
      onEnded()
    })
    onConnected()
  }

  function send(bytes: Uint8Array): Promise<string> {
    const connection = current
    if (connection === undefined) return Promise.reject(new ManagementError('OpenVPN is not connected.'))
    if (connection.asked.length >= mostAsked) {
      connection.socket.destroy()
      return Promise.reject(new ManagementError('OpenVPN does not answer.'))
    }
    return new Promise((resolve, reject) => {
      connection.asked.push({ resolve, reject })
      connection.socket.write(bytes)
    })
  }

  const server = await listen(path, take)
  return {
    command: async (...lines) => send(Buffer.from(`${lines.map(oneLine).join('\n')}\n`)),
    secretCommand: (line) => send(line),
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      current?.socket.destroy()
      await closed
      rmSync(path, { force: true })
    },
  }
}

function listen(path: string, take: (socket: Socket) => void): Promise<Server> {
  // Of a process that is gone.
  rmSync(path, { force: true })
  const server = createServer(take)
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, () => {
      chmodSync(path, 0o600)
      resolve(server)
    })
  })
}

/** Nothing that is put into a line may begin another one. */
function oneLine(text: string): string {
  if (/[\r\n\0]/.test(text)) throw new ManagementError('A line of a command has one line.')
  return text
}
