import { createKeyPair, type KeyPair, keyPairFrom, type Random, Secret } from '@opensag/protocol'
import { z } from 'zod'
import type { Disk } from './disk.ts'

const files = { identity: 'identity.json', server: 'server.json', ticket: 'ticket.json' } as const
const identityContent = z.strictObject({ serial: z.string(), signing: z.string(), sealing: z.string() })
const serverContent = z.strictObject({ serverKey: z.string() })
const ticketContent = z.strictObject({ ticket: z.string(), before: z.string().optional() })

/** Who this gateway is, whom it trusts, and the ticket that tells it from a copy of its disk. */
export interface Identity {
  readonly signing: KeyPair
  readonly sealing: KeyPair
  /** Undefined before it enrolled. */
  serverKey(): string | undefined
  ticket(): string | undefined
  /** The one before: a newer connection of this gateway may have come between, and the newest never been confirmed. */
  ticketBefore(): string | undefined
  /** What `ticket` tells is durable once this resolves; for after a write that failed, or was cut short. */
  settle(): Promise<void>
  /** Only ever once: no other server is believed afterwards. */
  pin(serverKey: string): Promise<void>
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
  let serverKey = (await readJson(disk, files.server, serverContent))?.serverKey
  let tickets: z.infer<typeof ticketContent> | undefined
  /** Whether it is known what is on the disk, durably: a ticket that a power cut takes back must not be presented. */
  let isSettled = false

  async function settle(): Promise<void> {
    if (isSettled) return
    await disk.settle(files.ticket)
    tickets = await readJson(disk, files.ticket, ticketContent)
    isSettled = true
  }

  await settle()
  return {
    signing,
    sealing,
    serverKey: () => serverKey,
    ticket: () => tickets?.ticket,
    ticketBefore: () => tickets?.before,
    settle,
    async pin(key) {
      if (serverKey !== undefined) throw new Error('This gateway has a server already.')
      await disk.write(files.server, JSON.stringify({ serverKey: key }))
      serverKey = key
    },
    async storeTicket(ticket, before) {
      isSettled = false
      await disk.write(files.ticket, JSON.stringify({ ticket, before }))
      tickets = { ticket, ...(before === undefined ? {} : { before }) }
      isSettled = true
    },
  }
}

async function openKeys(disk: Disk, serial: string, random: Random): Promise<Pick<Identity, 'signing' | 'sealing'>> {
  // What a write that failed left readable may be taken back by a power cut, after the server has been told of the keys.
  await disk.settle(files.identity)
  const kept = await readJson(disk, files.identity, identityContent)
  if (kept !== undefined) {
    if (kept.serial !== serial) throw new Error(`This disk is the one of the gateway ${kept.serial}, not of ${serial}.`)
    const { signing, sealing } = kept
    return { signing: keyPairFrom('Ed25519', Secret.of(signing)), sealing: keyPairFrom('X25519', Secret.of(sealing)) }
  }
  const made = { signing: createKeyPair('Ed25519', random), sealing: createKeyPair('X25519', random) }
  const content = { serial, signing: made.signing.secret.reveal(), sealing: made.sealing.secret.reveal() }
  await disk.write(files.identity, JSON.stringify(content))
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
