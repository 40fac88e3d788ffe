import type { Socket } from 'node:net'

/** Why a connection that ended is no delivery. */
export function endedEarly(): Error {
  return new Error('The receiver ended the connection before it had read everything.')
}

/**
 * Writes, ends, and waits until the receiver has ended too.
 * @throws when it ends first, when the connection is reset, and as soon as `signal` is aborted
 */
export function writeToTheEnd(socket: Socket, bytes: Buffer, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    let isEnding = false
    let isEnded = false
    const stop = (): void => void socket.destroy(signal.reason as Error)
    signal.addEventListener('abort', stop)
    if (signal.aborted) stop()
    socket.on('error', reject)
    socket.write(bytes, (error) => {
      if (error) return
      isEnding = true
      socket.end()
    })
    // Nothing is expected of it; without reading, its end is not seen.
    socket.resume()
    socket.on('end', () => {
      isEnded = isEnding
      if (!isEnding) socket.destroy()
    })
    socket.on('close', () => {
      signal.removeEventListener('abort', stop)
      if (isEnded) resolve()
      else reject(endedEarly())
    })
  })
}
