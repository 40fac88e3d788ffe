import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { Socket } from 'node:net'
import type { Timers } from '@opensag/protocol'
import type { Logger } from 'pino'

/** What Node keeps of the requests it read. */
export interface Received {
  /** Overwrites it within {@link withinMs}. */
  wipeSoon(): void
  close(): Promise<void>
}

/** Many calls that end together cost one wiping. */
const withinMs = 50
/** Node reads all HTTP/1.1 connections of a thread into one buffer of this size, always from its beginning. */
const bufferSize = 64 * 1024

/**
 * The buffer keeps the end of a long request until another one is as long: on an idle server, a password for days. No
 * interface of Node reaches it. So this sends as many zeros as fit, in one piece, over a connection from the process to
 * itself, which Node then reads to the same place. A Unix socket hands over that much at once; its name is a random one of
 * Linux's, which no file stands for, and nothing listens there any more once the connection is made.
 */
export function openReceived({ timers, logger }: { readonly timers: Timers; readonly logger: Logger }): Received {
  const zeros = Buffer.alloc(bufferSize)
  let isWaiting = false
  let isClosed = false
  let connection: Promise<Connection> | undefined

  async function wipe(): Promise<void> {
    isWaiting = false
    if (isClosed) return
    if (connection === undefined || (await connection).near.destroyed) connection = connectToSelf()
    const { near } = await connection
    near.write(zeros)
  }

  return {
    wipeSoon() {
      if (isWaiting || process.platform !== 'linux') return
      isWaiting = true
      timers.after(withinMs, () => {
        wipe().catch((error: unknown) => {
          connection = undefined
          logger.warn({ err: error }, 'what Node keeps of received requests could not be overwritten')
        })
      })
    },
    async close() {
      isClosed = true
      const made = await connection?.catch(() => undefined)
      made?.near.destroy()
      made?.far.closeAllConnections()
    },
  }
}

interface Connection {
  readonly near: Socket
  readonly far: Server
}

/** One connection, with a request whose body never ends. */
function connectToSelf(): Promise<Connection> {
  const name = `opensag-${randomUUID()}`
  const head = `POST / HTTP/1.1\r\nhost: ${name}\r\ncontent-length: ${Number.MAX_SAFE_INTEGER}\r\n\r\n`
  return new Promise((resolve, reject) => {
    const far = createServer({ requestTimeout: 0, headersTimeout: 0 }, (request) => {
      if (request.headers.host !== name) return void request.destroy()
      far.close()
      request.on('error', () => {}).resume()
      // It keeps no process alive.
      request.socket.unref()
      near.unref()
      resolve({ near, far })
    })
    const near = new Socket()
    near.on('error', (error) => {
      far.close()
      reject(error)
    })
    far.once('error', reject)
    far.listen(`\0${name}`, () => near.connect(`\0${name}`).write(head))
  })
}
