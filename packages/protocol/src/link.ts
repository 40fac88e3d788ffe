import type { z } from 'zod'
import { type Frames, frameLimit } from './frames.ts'
import { handshakeTextLimit } from './handshake-messages.ts'
import type { Pace } from './pace.ts'
import { longestMessage, PartsInWaiting, partsOf } from './parts.ts'
import { ProtocolError, parseMessage } from './wire.ts'

/** The part of a WebSocket that a link uses. */
export interface LinkSocket {
  /** Bytes handed over and not yet gone. */
  readonly bufferedAmount: number
  send(data: string | Buffer): void
  /** Lets go out what was sent, then closes, with a code of WebSockets. */
  close(code?: number): void
  /** Closes at once. */
  terminate(): void
}

/** The connection is over; `message` says why. */
export class LinkEnded extends Error {
  override readonly name = 'LinkEnded'
}

/** `gently`: what was sent goes out first; `restarting`: that too, and the other side is told that this one stops. */
export type Ending = 'gently' | 'restarting' | 'at once'

/** "Service restart": whoever is told so is to come again, at the same or another place (registry of RFC 6455). */
const serviceRestart = 1012

/** Unsent bytes past which the other side is taken for dead. */
const sendLimit = 256 * 1024
/** Messages that came and nobody has looked at yet. */
const inboxLimit = 64

/** Takes the messages of a link, one after the other: each when what it made of the one before is done. */
export interface LinkReader<In> {
  receive(message: In): Promise<void>
  /** No more messages come: `receive` rejected, a message is none of the protocol, or LinkEnded. Called once. */
  failed(error: unknown): void
}

/**
 * One connection as both sides see it: texts during the handshake, sealed messages after it, read one by one. Whatever
 * breaks the protocol or a bound ends it.
 */
export interface Link<In, Out> {
  sendText(text: string): void
  nextText(): Promise<string>
  /** From here on everything is sealed. `long`: this side sends messages that are longer than a frame, or takes them. */
  seal(frames: Frames, long?: 'sends' | 'takes'): void
  /**
   * Does nothing once the link has ended.
   * @throws RangeError when the message does not fit into what the other side takes
   */
  send(message: Out): void
  /** The next message that is no heartbeat. Rejects with LinkEnded. */
  next(): Promise<In>
  /** From here on the reader is given every message that is no heartbeat, and nobody waits for one. */
  serve(reader: LinkReader<In>): void
  end(reason: string, how?: Ending): void
  readonly isOpen: boolean
  /** Whether anything opened since this was asked last. */
  takeHeard(): boolean
  /** When something opened last, by the clock it was given; undefined without one, or before anything did. */
  readonly heardAt: number | undefined
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

export interface LinkOptions<In, Out> {
  readonly socket: LinkSocket
  readonly incoming: z.ZodType<In | { kind: 'beat' }>
  /** A heartbeat came. */
  readonly onBeat: (link: Link<In, Out>) => void
  /** How fast sealed frames may come; without it as fast as they like. */
  readonly pace?: Pace
  /** For whoever wants to know when the other side was heard last. */
  readonly wallClock?: () => number
}

export function createLink<In extends { readonly kind: string }, Out extends { readonly kind: string }>(
  options: LinkOptions<In, Out>,
): Link<In, Out> {
  return new SealedLink(options)
}

/** A class, and nothing in it that is not needed now: a server has one for every gateway that is connected. */
class SealedLink<In extends { readonly kind: string }, Out extends { readonly kind: string }> implements Link<In, Out> {
  private readonly options: LinkOptions<In, Out>
  private readonly inbox: string[] = []
  private listeners: readonly ((reason: string) => void)[] = []
  private frames: Frames | undefined
  private sendsLong = false
  /** Bytes of a long message that may wait to be sent beside all others. */
  private allowance = 0
  /** Present where long messages are taken. */
  private parts: PartsInWaiting | undefined
  private waiter: Waiter | undefined
  private reader: LinkReader<In> | undefined
  /** The reader has not done with a message yet. */
  private isReading = false
  private ended: string | undefined
  private heard = false
  /** 0: never, or nobody gave a clock. */
  private lastHeard = 0

  constructor(options: LinkOptions<In, Out>) {
    this.options = options
  }

  get isOpen(): boolean {
    return this.ended === undefined
  }

  get heardAt(): number | undefined {
    return this.lastHeard === 0 ? undefined : this.lastHeard
  }

  sendText(text: string): void {
    this.write(text)
  }

  nextText(): Promise<string> {
    const text = this.inbox.shift()
    if (text !== undefined) return Promise.resolve(text)
    if (this.ended !== undefined) return Promise.reject(new LinkEnded(this.ended))
    if (this.waiter !== undefined || this.reader !== undefined) {
      return Promise.reject(new Error('A link is read by one reader.'))
    }
    return new Promise((resolve, reject) => {
      this.waiter = { resolve, reject }
    })
  }

  seal(frames: Frames, long?: 'sends' | 'takes'): void {
    this.frames = frames
    this.sendsLong = long === 'sends'
    this.parts = long === 'takes' ? new PartsInWaiting() : undefined
  }

  send(message: Out): void {
    const { frames } = this
    if (frames === undefined) throw new Error('Nothing can be sealed before the handshake is done.')
    if (this.ended !== undefined) return
    const text = JSON.stringify(message)
    // Most messages are so short that nobody has to look whether they fit.
    if (text.length < shortText) this.write(frames.seal(text))
    else this.sendParts(partsOf(text), frames)
  }

  private sendParts(parts: readonly string[], frames: Frames): void {
    if (parts.length > 1 && !this.sendsLong) throw new RangeError('A message is longer than the other side takes.')
    if (this.isStuck()) return
    if (parts.length > 1) this.allowance = parts.length * frameLimit
    for (const part of parts) this.options.socket.send(frames.seal(part))
  }

  async next(): Promise<In> {
    return this.parsed(await this.nextText())
  }

  serve(reader: LinkReader<In>): void {
    if (this.waiter !== undefined || this.reader !== undefined) throw new Error('A link is read by one reader.')
    this.reader = reader
    if (this.ended === undefined) void this.read(reader)
    else reader.failed(new LinkEnded(this.ended))
  }

  end(reason: string, how: Ending = 'at once'): void {
    if (this.ended !== undefined) return
    this.ended = reason
    const { waiter, listeners, reader } = this
    this.inbox.length = 0
    if (how === 'gently') this.options.socket.close()
    else if (how === 'restarting') this.options.socket.close(serviceRestart)
    else this.options.socket.terminate()
    waiter?.reject(new LinkEnded(reason))
    this.waiter = undefined
    for (const listener of listeners) listener(reason)
    // One that has not done with a message yet hears of it then.
    if (!this.isReading) reader?.failed(new LinkEnded(reason))
  }

  takeHeard(): boolean {
    const was = this.heard
    this.heard = false
    return was
  }

  onEnd(listener: (reason: string) => void): void {
    this.listeners = [...this.listeners, listener]
  }

  received(data: Buffer, isBinary: boolean): void {
    if (this.ended !== undefined) return
    try {
      this.take(data, isBinary)
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
      this.end(error.message)
    }
  }

  closed(reason: string): void {
    this.end(reason)
  }

  private take(data: Buffer, isBinary: boolean): void {
    const { frames } = this
    if (isBinary !== (frames !== undefined)) throw new ProtocolError('A frame came that does not belong here.')
    if (frames === undefined) {
      if (data.length > handshakeTextLimit) throw new ProtocolError('A handshake message is too long.')
      this.note()
      this.deliver(data.toString('utf8'))
      return
    }
    const { pace, onBeat } = this.options
    // Before it is opened: who floods must not keep this side busy with it.
    if (pace?.take() === false) throw new ProtocolError('The other side sends too much.')
    const text = frames.open(data)
    this.note()
    // Heartbeats answer at once, however busy the reader is.
    if (text === beat) onBeat(this)
    else {
      const whole = this.parts === undefined ? text : this.parts.take(text)
      if (whole !== undefined) this.deliver(whole)
    }
  }

  private note(): void {
    this.heard = true
    this.lastHeard = this.options.wallClock?.() ?? 0
  }

  private deliver(text: string): void {
    const { waiter, reader, inbox } = this
    if (waiter !== undefined) {
      this.waiter = undefined
      waiter.resolve(text)
      return
    }
    if (inbox.length >= inboxLimit) {
      this.end('The other side sends faster than it is served.')
      return
    }
    inbox.push(text)
    if (reader !== undefined && !this.isReading) void this.read(reader)
  }

  /** Gives the reader whatever waits; nothing of this is left when it has done with all. */
  private async read(reader: LinkReader<In>): Promise<void> {
    this.isReading = true
    try {
      for (let text = this.inbox.shift(); text !== undefined; text = this.inbox.shift()) {
        await reader.receive(this.parsed(text))
      }
      // The memory of an empty array that was filled once.
      this.inbox.length = 0
    } catch (error) {
      reader.failed(error)
      return
    }
    this.isReading = false
    if (this.ended !== undefined) reader.failed(new LinkEnded(this.ended))
  }

  private parsed(text: string): In {
    const limit = this.parts === undefined ? frameLimit : longestMessage
    const message = parseMessage(this.options.incoming, text, limit)
    if (message.kind === 'beat') throw new ProtocolError('A heartbeat has one form only.')
    return message as In
  }

  private write(data: string | Buffer): void {
    if (this.ended === undefined && !this.isStuck()) this.options.socket.send(data)
  }

  /** Ends the link when too much waits to be sent. */
  private isStuck(): boolean {
    const { bufferedAmount } = this.options.socket
    if (bufferedAmount <= sendLimit) this.allowance = 0
    const isStuck = bufferedAmount > sendLimit + this.allowance
    if (isStuck) this.end('The other side does not take what it is sent.')
    return isStuck
  }
}

/** Characters that fit into a frame however many bytes they take. */
const shortText = frameLimit / 4

const beat = '{"kind":"beat"}'
