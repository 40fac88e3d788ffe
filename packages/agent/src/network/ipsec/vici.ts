import { connect } from 'node:net'
import { createMutex, type Timers } from '@opensag/protocol'
import {
  decodePacket,
  encodePacket,
  type Packet,
  type PacketType,
  packetLimit,
  packetType,
  type ReadSection,
  textIn,
  ViciError,
  type ViciSection,
} from './vici-codec.ts'

/** A connection to charon. */
export interface Vici {
  /**
   * What charon answers. Requests are answered one after the other.
   * @throws {ViciError} when it is not done, with the reason charon gives, or when the connection has ended
   */
  request(command: string, message?: ViciSection): Promise<ReadSection>
  /** A request that is answered with events of one name before its answer: those. No more than `mostItems` of them. */
  list(command: string, event: string, message?: ViciSection): Promise<readonly ReadSection[]>
  /** From now on; resolves when charon sends them. */
  subscribe(event: string, listener: (message: ReadSection) => void): Promise<void>
  /** Called once, when the connection has ended, whoever ended it. `silent`: charon did not answer in time. */
  onEnd(listener: (how: 'silent' | 'ended') => void): void
  close(): void
}

/** More SAs and certificates than a pop can have. */
const mostItems = 50_000

interface Waiting {
  readonly accepts: PacketType
  resolve(message: ReadSection): void
  reject(error: ViciError): void
}

/** `patienceMs`: how long an answer may take before the connection is given up. @throws when nobody listens there */
export async function connectVici(path: string, timers: Timers, patienceMs: number): Promise<Vici> {
  const socket = connect(path)
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve).once('error', reject)
  })
  const waiting: Waiting[] = []
  const listeners = new Map<string, ((message: ReadSection) => void)[]>()
  const endListeners: ((how: 'silent' | 'ended') => void)[] = []
  const exclusive = createMutex()
  let received: Buffer = Buffer.alloc(0)
  let reason: ViciError | undefined
  let cancelPatience = (): void => {}

  function end(why: string, how: 'silent' | 'ended' = 'ended'): void {
    if (reason !== undefined) return
    reason = new ViciError(why)
    cancelPatience()
    socket.destroy()
    for (const one of waiting.splice(0)) one.reject(reason)
    for (const listener of endListeners.splice(0)) listener(how)
  }

  function awaitNext(): void {
    cancelPatience()
    if (waiting.length > 0)
      cancelPatience = timers.after(patienceMs, () => end(`charon did not answer in ${patienceMs} ms.`, 'silent'))
  }

  function take(packet: Packet): void {
    if (packet.type === packetType.event) {
      for (const listener of listeners.get(packet.name) ?? []) listener(packet.message)
      return
    }
    const answered = waiting.shift()
    if (answered === undefined) throw new ViciError('charon answers what it was not asked.')
    awaitNext()
    if (packet.type !== answered.accepts) answered.reject(new ViciError('charon does not know what it was asked.'))
    else if (textIn(packet.message, 'success') === 'no')
      answered.reject(new ViciError(textIn(packet.message, 'errmsg') ?? 'charon does not say why.'))
    else answered.resolve(packet.message)
  }

  function read(data: Buffer): void {
    received = received.length === 0 ? data : Buffer.concat([received, data])
    while (received.length >= 4 && reason === undefined) {
      const length = received.readUInt32BE()
      if (length > packetLimit) throw new ViciError(`charon announces a packet of ${length} bytes.`)
      if (received.length < 4 + length) return
      const body = received.subarray(4, 4 + length)
      received = received.subarray(4 + length)
      take(decodePacket(body))
    }
  }

  function send(type: PacketType, name: string, accepts: PacketType, message?: ViciSection): Promise<ReadSection> {
    if (reason !== undefined) return Promise.reject(reason)
    const packet = encodePacket(type, name, message)
    return new Promise((resolve, reject) => {
      waiting.push({ accepts, resolve, reject })
      if (waiting.length === 1) awaitNext()
      socket.write(packet)
    })
  }

  async function subscribe(event: string, listener: (message: ReadSection) => void): Promise<void> {
    const before = listeners.get(event) ?? []
    listeners.set(event, [...before, listener])
    if (before.length === 0) await send(packetType.register, event, packetType.confirmed)
  }

  async function unsubscribe(event: string, listener: (message: ReadSection) => void): Promise<void> {
    const left = (listeners.get(event) ?? []).filter((one) => one !== listener)
    listeners.set(event, left)
    if (left.length === 0) await send(packetType.unregister, event, packetType.confirmed)
  }

  const request: Vici['request'] = (command, message) => send(packetType.request, command, packetType.response, message)

  async function list(command: string, event: string, message?: ViciSection): Promise<readonly ReadSection[]> {
    const items: ReadSection[] = []
    const collect = (item: ReadSection): void => {
      if (items.push(item) > mostItems) end(`charon lists more than ${mostItems} items.`)
    }
    await subscribe(event, collect)
    try {
      await request(command, message)
    } finally {
      if (reason === undefined) await unsubscribe(event, collect)
    }
    return items
  }

  socket.on('data', (data: Buffer) => {
    try {
      read(data)
    } catch (error) {
      end(error instanceof ViciError ? error.message : String(error))
    }
  })
  socket.on('error', (error) => end(error.message))
  socket.on('close', () => end('charon has closed the connection.'))

  return {
    request,
    // One at a time: events do not say which request they belong to.
    list: (command, event, message) => exclusive(() => list(command, event, message)),
    subscribe,
    onEnd(listener) {
      if (reason === undefined) endListeners.push(listener)
      else listener('ended')
    },
    close: () => end('This side has closed the connection.'),
  }
}
