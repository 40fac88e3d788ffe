import {
  afterSuccessor,
  afterSwitch,
  afterWelcome,
  createKeyPair,
  type KeyPair,
  keyPairFrom,
  type Random,
  Secret,
  type ServerPins,
  type Succession,
} from '@opensag/protocol'
import { z } from 'zod'
import type { Disk } from './disk.ts'

const files = {
  identity: 'identity.json',
  server: 'server.json',
  // A file of its own: a program of 0.1.0 that is put back can still read the one above.
  next: 'server-next.json',
  ticket: 'ticket.json',
} as const
const identityContent = z.strictObject({ serial: z.string(), signing: z.string(), sealing: z.string() })
const serverContent = z.strictObject({ serverKey: z.string() })
/** It counts for as long as `by` is the key in the file of the server. */
const nextContent = z.strictObject({ by: z.string(), key: z.string() })
const ticketContent = z.strictObject({ ticket: z.string(), before: z.string().optional() })

/** Who this gateway is, whom it trusts, and the ticket that tells it from a copy of its disk. */
export interface Identity {
  readonly signing: KeyPair
  readonly sealing: KeyPair
  /** Undefined before it enrolled. */
  serverKey(): string | undefined
  /** The key that is believed beside it. */
  successor(): string | undefined
  ticket(): string | undefined
  /** The one before: a newer connection of this gateway may have come between, and the newest never been confirmed. */
  ticketBefore(): string | undefined
  /** What `ticket` tells is durable once this resolves; for after a write that failed, or was cut short. */
  settle(): Promise<void>
  /** Only ever once: no other server is believed afterwards, but one whose key followed this one. */
  pin(serverKey: string): Promise<void>
  /** A welcome proved this key, which is one that is believed: no key before it is any more. */
  proved(serverKey: string): Promise<void>
  /** The server names its next key. False when that is not, or not durably, the one beside the pinned key now. */
  nameSuccessor(named: Pick<Succession, 'key' | 'signature'>): Promise<boolean>
  /** The server says on the connection of that transcript that it has switched. False: it has not. */
  switchTo(to: Pick<Succession, 'key' | 'signature'>, transcript: Buffer): Promise<boolean>
  storeTicket(ticket: string, before: string | undefined): Promise<void>
}

/** Its keys are made, and durable, before anybody is told of them: a lost answer to the enrolment costs nothing. */
export async function openIdentity({
  disk,
  serial,
  random,
}: {
  readonly disk: Disk
  readonly serial: string
  readonly random: Random
}): Promise<Identity> {
  const { signing, sealing } = await openKeys(disk, serial, random)
  let pins = await readPins(disk)
  let tickets: z.infer<typeof ticketContent> | undefined
  /** Whether it is known what is on the disk, durably: a ticket that a power cut takes back must not be presented. */
  let isSettled = false

  async function settle(): Promise<void> {
    if (isSettled) return
    await disk.settle(files.ticket)
    tickets = await readJson(disk, files.ticket, ticketContent)
    isSettled = true
  }

  async function save(next: ServerPins): Promise<void> {
    const { serverKey, successor } = next
    if (serverKey !== pins?.serverKey) await disk.write(files.server, pinText(serverKey))
    else if (successor !== undefined) {
      // What a write that failed left readable is the first one, and stays.
      await disk.settle(files.next)
      pins = (await readPins(disk)) ?? pins
      if (pins.successor !== undefined) return
      await disk.write(files.next, JSON.stringify({ by: serverKey, key: successor }))
    }
    pins = next
  }

  await settle()
  return {
    signing,
    sealing,
    serverKey: () => pins?.serverKey,
    successor: () => pins?.successor,
    ticket: () => tickets?.ticket,
    ticketBefore: () => tickets?.before,
    settle,
    async pin(serverKey) {
      if (pins !== undefined) throw new Error('This gateway has a server already.')
      await save({ serverKey, successor: undefined })
    },
    async proved(serverKey) {
      if (pins === undefined) throw new Error('This gateway has no server yet.')
      const next = afterWelcome(pins, serverKey)
      if (next !== pins) await save(next)
    },
    async nameSuccessor(named) {
      if (pins === undefined) return false
      const next = afterSuccessor(pins, named)
      if (next !== pins) await save(next)
      return pins.successor === named.key
    },
    async switchTo(to, transcript) {
      if (pins === undefined) return false
      const next = afterSwitch(pins, to, transcript)
      if (next !== pins) await save(next)
      return pins.serverKey === to.key
    },
    async storeTicket(ticket, before) {
      isSettled = false
      await disk.write(files.ticket, JSON.stringify({ ticket, before }))
      tickets = { ticket, ...(before === undefined ? {} : { before }) }
      isSettled = true
    },
  }
}

export function pinText(serverKey: string): string {
  return JSON.stringify({ serverKey } satisfies z.infer<typeof serverContent>)
}

export function identityText(serial: string, signing: string, sealing: string): string {
  return JSON.stringify({ serial, signing, sealing } satisfies z.infer<typeof identityContent>)
}

async function readPins(disk: Disk): Promise<ServerPins | undefined> {
  const server = await readJson(disk, files.server, serverContent)
  if (server === undefined) return undefined
  const next = await readJson(disk, files.next, nextContent)
  return { ...server, successor: next?.by === server.serverKey ? next.key : undefined }
}

/**
 * The keys that are on the disk; undefined: none yet.
 * @throws when it is the disk of another gateway
 */
export async function keptKeys(disk: Disk, serial: string): Promise<Pick<Identity, 'signing' | 'sealing'> | undefined> {
  const kept = await readJson(disk, files.identity, identityContent)
  if (kept === undefined) return undefined
  if (kept.serial !== serial) throw new Error(`This disk is the one of the gateway ${kept.serial}, not of ${serial}.`)
  const { signing, sealing } = kept
  return { signing: keyPairFrom('Ed25519', Secret.of(signing)), sealing: keyPairFrom('X25519', Secret.of(sealing)) }
}

async function openKeys(disk: Disk, serial: string, random: Random): Promise<Pick<Identity, 'signing' | 'sealing'>> {
  // What a write that failed left readable may be taken back by a power cut, after the server has been told of the keys.
  await disk.settle(files.identity)
  const kept = await keptKeys(disk, serial)
  if (kept !== undefined) return kept
  const made = { signing: createKeyPair('Ed25519', random), sealing: createKeyPair('X25519', random) }
  const content = identityText(serial, made.signing.secret.reveal(), made.sealing.secret.reveal())
  await disk.write(files.identity, content)
  return made
}

/** A file that is there and cannot be read is an error: making a new one would make this another gateway. */
async function readJson<T>(disk: Disk, name: string, schema: z.ZodType<T>): Promise<T | undefined> {
  const text = await disk.read(name)
  if (text === undefined) return undefined
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    // The cause would quote the file, which holds keys.
    throw new Error(`The file ${name} of this gateway is damaged.`)
  }
}
