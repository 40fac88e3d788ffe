import { randomBytes } from 'node:crypto'
import {
  type Capability,
  createKeyPair,
  type Frames,
  type FromGateway,
  type FromServer,
  type KeyPair,
  type Secret,
  startGatewayHandshake,
  type WireReport,
} from '@opensag/protocol'
import { WebSocket } from 'ws'
import { until } from '../support/time.ts'

/** A peer that speaks the protocol by hand, so that it can do what no agent does. */
export interface RawGateway {
  readonly socket: WebSocket
  readonly received: readonly FromServer[]
  isClosed(): boolean
  send(message: FromGateway): void
  /** Texts and bytes as they are. */
  sendRaw(data: string | Buffer): void
}

export const rawReport: WireReport = {
  version: '2.3.1.1',
  startedAt: 0,
  serviceIp: '192.0.2.7',
  localRevision: 0,
  syncedRevision: 0,
  resettable: true,
}

/** Enrols and is ready, as an agent would be. */
export async function startRawGateway(
  url: string,
  {
    serial,
    enrolmentKey,
    capabilities,
  }: {
    readonly serial: string
    readonly enrolmentKey: Secret
    /** Those of a program before this one; else what every gateway of this one can do. */
    readonly capabilities?: readonly Capability[]
  },
): Promise<RawGateway> {
  const [signing, sealing]: readonly KeyPair[] = [
    createKeyPair('Ed25519', randomBytes),
    createKeyPair('X25519', randomBytes),
  ]
  if (signing === undefined || sealing === undefined) throw new Error('No keys.')
  const socket = new WebSocket(url)
  const texts: string[] = []
  const received: FromServer[] = []
  let frames: Frames | undefined
  let closed = false
  socket.on('error', () => {})
  socket.on('close', () => {
    closed = true
  })
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    if (isBinary && frames !== undefined) received.push(JSON.parse(frames.open(data)) as FromServer)
    else texts.push(data.toString('utf8'))
  })
  const send = (message: FromGateway): void => {
    if (frames === undefined) throw new Error('Not sealed yet.')
    socket.send(frames.seal(JSON.stringify(message)), { binary: true })
  }
  await until('hello', () => texts.length === 1)
  const handshake = startGatewayHandshake(
    texts[0] ?? '',
    { serial, signing, sealing, serverKey: undefined, enrolmentKey, capabilities },
    randomBytes,
  )
  socket.send(handshake.prove)
  await until('welcome', () => texts.length === 2)
  const result = handshake.receive(texts[1] ?? '')
  if (result.is === 'refused') throw new Error(`Refused: ${result.code}.`)
  frames = result.frames
  send({ kind: 'report', report: rawReport, password: { generation: 0 } })
  await until('ticket', () => received.some(({ kind }) => kind === 'ticket'))
  send({ kind: 'ticket-stored' })
  await until('ready', () => received.some(({ kind }) => kind === 'ready'))
  return { socket, received, isClosed: () => closed, send, sendRaw: (data) => socket.send(data) }
}
