import { createHash } from 'node:crypto'
import {
  createKeyPair,
  type KeyPair,
  keyPairFrom,
  LinkEnded,
  ProtocolError,
  type Random,
  reenrolmentPrefix,
  Secret,
  startGatewayHandshake,
  type Timers,
} from '@opensag/protocol'
import type { Logger } from 'pino'
import { z } from 'zod'
import { identityText, pinText } from './connection-identity.ts'
import type { GatewayLink } from './connection-session.ts'
import type { OpenedLink } from './connection-socket.ts'
import type { Disk } from './disk.ts'

const file = 'reenrolment.json'

/**
 * The way from one identity to the next. `token`: SHA-256 of the key it was begun with. Without `serverKey` the next keys are
 * made, and may be known to a server; with it they count, whatever the other files say; `done`: the other files say so too.
 */
const contentSchema = z.union([
  z.strictObject({ token: z.string(), signing: z.string(), sealing: z.string(), serverKey: z.string().optional() }),
  z.strictObject({ token: z.string(), done: z.literal(true) }),
])
type Content = z.infer<typeof contentSchema>

export interface Reenrolment {
  readonly signing: KeyPair
  readonly sealing: KeyPair
  /** The server has proved that it knows the key: the next identity counts from now on, durably, and the server's key with it. */
  confirm(serverKey: string): Promise<void>
}

/** Undefined when the key is not one to enrol anew with, or has served. Completes what was cut short. */
export async function openReenrolment({
  disk,
  serial,
  key,
  random,
}: {
  readonly disk: Disk
  readonly serial: string
  readonly key: Secret | undefined
  readonly random: Random
}): Promise<Reenrolment | undefined> {
  await disk.settle(file)
  const kept = await read(disk)
  if (kept !== undefined && !('done' in kept) && kept.serverKey !== undefined) await complete(disk, serial, kept)
  if (key === undefined || !key.reveal().startsWith(reenrolmentPrefix)) return undefined
  const token = createHash('sha256').update(key.reveal()).digest('base64url')
  const found = await read(disk)
  if (found?.token === token && 'done' in found) return undefined
  const begun = found?.token === token && !('done' in found) ? found : { token, ...newKeys(random) }
  // On the disk before anybody is told of them: a lost answer costs nothing.
  if (begun !== found) await disk.write(file, JSON.stringify(begun))
  return {
    signing: keyPairFrom('Ed25519', Secret.of(begun.signing)),
    sealing: keyPairFrom('X25519', Secret.of(begun.sealing)),
    async confirm(serverKey) {
      // The one write that decides: before it the old identity counts, after it the new one.
      await disk.write(file, JSON.stringify({ ...begun, serverKey }))
      await complete(disk, serial, { ...begun, serverKey })
    },
  }
}

function newKeys(random: Random): { readonly signing: string; readonly sealing: string } {
  const [signing, sealing] = [createKeyPair('Ed25519', random), createKeyPair('X25519', random)]
  return { signing: signing.secret.reveal(), sealing: sealing.secret.reveal() }
}

async function complete(
  disk: Disk,
  serial: string,
  { token, signing, sealing, serverKey = '' }: Exclude<Content, { done: true }>,
): Promise<void> {
  await disk.write('server.json', pinText(serverKey))
  await disk.write('identity.json', identityText(serial, signing, sealing))
  // The private keys are in one place only from here on.
  await disk.write(file, JSON.stringify({ token, done: true }))
}

async function read(disk: Disk): Promise<Content | undefined> {
  const text = await disk.read(file)
  if (text === undefined) return undefined
  try {
    return contentSchema.parse(JSON.parse(text))
  } catch {
    // The cause would quote the file, which holds keys.
    throw new Error(`The file ${file} of this gateway is damaged.`)
  }
}

const patienceMs = 30_000

/** Enrols anew before the first ordinary connection, where there is a key for it. */
export function createReenrolment(context: {
  readonly disk: Disk
  readonly serial: string
  readonly key: Secret | undefined
  readonly random: Random
  readonly timers: Timers
  readonly logger: Logger
  readonly open: () => OpenedLink
}): { attempt(): Promise<void>; close(): void } {
  const { serial, key, random, timers, logger, open } = context
  let isOver = false
  let link: GatewayLink | undefined

  return {
    /** @throws LinkEnded when the server could not be reached. */
    async attempt() {
      if (isOver) return
      const pending = await openReenrolment(context)
      if (pending === undefined || key === undefined) {
        isOver = true
        return
      }
      const opened = open().link
      link = opened
      const cancelLimit = timers.after(patienceMs, () => opened.end('The server did not answer in time.'))
      try {
        const { signing, sealing } = pending
        // No pin: the key of the server may be the one that was stolen. The mac is what it is believed by.
        const proof = { serial, signing, sealing, serverKey: undefined, enrolmentKey: key }
        const handshake = startGatewayHandshake(await opened.nextText(), proof, random)
        opened.sendText(handshake.prove)
        const result = handshake.receive(await opened.nextText())
        if (result.is === 'refused') throw new ProtocolError(`${result.code}: ${result.message}`)
        await pending.confirm(result.serverKey)
        isOver = true
        logger.info({ serial }, 'Enrolled anew, with new keys.')
      } catch (error) {
        if (error instanceof LinkEnded || !(error instanceof ProtocolError)) throw error
        // The identity from before still counts at the server: a key that has expired does not cut the gateway off.
        isOver = true
        logger.error({ serial, reason: error.message }, 'The key to enrol anew was not accepted: the identity stays.')
      } finally {
        cancelLimit()
        link = undefined
        opened.end('It has served its purpose.', 'gently')
      }
    },
    close: () => link?.end('The gateway stops.', 'gently'),
  }
}
