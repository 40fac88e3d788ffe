import type { z } from 'zod'
import { type Frames, frameLimit } from './frames.ts'
import { handshakeTextLimit } from './handshake-messages.ts'
import type { Pace } from './pace.ts'
import { ProtocolError, parseMessage } from './wire.ts'

/** The part of a WebSocket that a link uses. */
export interface LinkSocket {
  /** Bytes handed over and not yet gone. */
  readonly bufferedAmount: number
  send(data: string | Buffer): void
  /** Lets go out what was sent, then closes. */
  close(): void
  /** Closes at once. */
  terminate(): void
}

/** The connection is over; `message` says why. */
export class LinkEnded extends Error {
  override readonly name = 'LinkEnded'
}

/** Unsent bytes past which the other side is taken for dead. */
const sendLimit = 256 * 1024
/** Messages that came and nobody has looked at yet. */
const inboxLimit = 64

/**
 * One connection as both sides see it: texts during the handshake, sealed messages after it, read one by one. Whatever
 * breaks the protocol or a bound ends it.
 */
export interface Link<In, Out> {
  sendText(text: string): void
  nextText(): Promise<string>
  /** From here on everything is sealed. */
  seal(frames: Frames): void
  /** Does nothing once the link has ended. */
  send(message: Out): void
  /** The next message that is no heartbeat. Rejects with LinkEnded. */
  next(): Promise<In>
  end(reason: string, how?: 'gently' | 'at once'): void
  readonly isOpen: boolean
  /** Whether anything opened since this was asked last. */
  takeHeard(): boolean
  /** Called once, with the reason. */
  onEnd(listener: (reason: string) => void): void

  /** The socket says so. */
  received(data: Buffer, isBinary: boolean): void
  closed(reason: string): void
}

interface Waiter {
  readonly resolve: (text: string) => void
  readonly reject: (error: Error) => void
}

export function createLink<In extends { readonly kind: string }, Out extends { readonly kind: string }>({
  socket,
  incoming,
  onBeat,
  pace,
}: {
  readonly socket: LinkSocket
  readonly incoming: z.ZodType<In | { kind: 'beat' }>
  /** A heartbeat came. */
  readonly onBeat: () => void
  /** How fast sealed frames may come; without it as fast as they like. */
  readonly pace?: Pace
}): Link<In, Out> {
  const inbox: string[] = []
  const listeners: ((reason: string) => void)[] = []
  let frames: Frames | undefined
  let waiter: Waiter | undefined
  let ended: string | undefined
  let heard = false

  function end(reason: string, how: 'gently' | 'at once' = 'at once'): void {
    if (ended !== undefined) return
    ended = reason
    inbox.length = 0
    if (how === 'gently') socket.close()
    else socket.terminate()
    waiter?.reject(new LinkEnded(reason))
    waiter = undefined
    for (const listener of listeners) listener(reason)
  }

  function deliver(text: string): void {
    if (waiter !== undefined) {
      waiter.resolve(text)
      waiter = undefined
    } else if (inbox.length < inboxLimit) {
      inbox.push(text)
    } else {
      end('The other side sends faster than it is served.')
    }
  }

  function nextText(): Promise<string> {
    const text = inbox.shift()
    if (text !== undefined) return Promise.resolve(text)
    if (ended !== undefined) return Promise.reject(new LinkEnded(ended))
    if (waiter !== undefined) return Promise.reject(new Error('A link is read by one reader.'))
    return new Promise((resolve, reject) => {
      waiter = { resolve, reject }
    })
  }

  function write(data: string | Buffer): void {
    if (ended !== undefined) return
    if (socket.bufferedAmount > sendLimit) end('The other side does not take what it is sent.')
    else socket.send(data)
  }

  function take(data: Buffer, isBinary: boolean): void {
    if (isBinary !== (frames !== undefined)) throw new ProtocolError('A frame came that does not belong here.')
    if (frames === undefined) {
      if (data.length > handshakeTextLimit) throw new ProtocolError('A handshake message is too long.')
      heard = true
      deliver(data.toString('utf8'))
      return
    }
    // Before it is opened: who floods must not keep this side busy with it.
    if (pace?.take() === false) throw new ProtocolError('The other side sends too much.')
    const text = frames.open(data)
    heard = true
    // Heartbeats answer at once, however busy the reader is.
    if (text === beat) onBeat()
    else deliver(text)
  }

  return {
    sendText: write,
    nextText,
    seal(opened) {
      frames = opened
    },
    send(message) {
      if (frames === undefined) throw new Error('Nothing can be sealed before the handshake is done.')
      if (ended === undefined) write(frames.seal(JSON.stringify(message)))
    },
    async next() {
      const message = parseMessage(incoming, await nextText(), frameLimit)
      if (message.kind === 'beat') throw new ProtocolError('A heartbeat has one form only.')
      return message as In
    },
    end,
    get isOpen() {
      return ended === undefined
    },
    takeHeard() {
      const was = heard
      heard = false
      return was
    },
    onEnd(listener) {
      listeners.push(listener)
    },
    received(data, isBinary) {
      if (ended !== undefined) return
      try {
        take(data, isBinary)
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error
        end(error.message)
      }
    },
    closed: end,
  }
}

const beat = '{"kind":"beat"}'
