import { createHash } from 'node:crypto'
import {
  type Admission,
  admit,
  type FromGateway,
  type FromServer,
  hasKeys,
  type Link,
  LinkEnded,
  NoCommonProtocol,
  notAdmitted,
  protocolVersions,
  type ReceivedProof,
  type Refuse,
  type Secret,
  type ServerHandshake,
  sourceOf,
  startServerHandshake,
  takesParts,
  ticketsAfterAdmission,
} from '@opensag/protocol'
import { enrolmentKeyContext } from '../store/fleet/stored-fleet.ts'
import { recordEvent, recordEventSometimes } from '../store/gateways/events.ts'
import { enrolGateway, findGateway, type Gateway, saveCapabilities } from '../store/gateways/gateways.ts'
import {
  findOffered,
  type OfferedReenrolment,
  reenrolmentKeyContext,
  useOffered,
} from '../store/gateways/reenrolments.ts'
import { setSource } from '../store/gateways/sources.ts'
import { saveTickets } from '../store/gateways/tickets.ts'
import type { ChannelContext } from './context.ts'
import { differIn, takeCapabilities } from './take-capabilities.ts'
import { tellPops } from './tell-pops.ts'

export type ServerLink = Link<FromGateway, FromServer>

export interface AdmittedGateway {
  readonly is: 'admitted'
  readonly serial: string
  readonly signKey: string
  readonly sealKey: string
  /** To be handed over once nothing is unsettled. */
  readonly ticket: string
  /** The one it was admitted with. */
  readonly ticketBefore: string | undefined
  readonly passwordGeneration: number
  /** What it can do of what this server offered. */
  readonly capabilities: readonly string[]
  /** The node that held its connection before, when that is another one. */
  readonly otherNode: string | undefined
  /** Of the connection it was admitted on. */
  readonly transcript: Buffer
}

/** It is here to have a configuration confirmed: it replaces no connection, and no ticket is used up. */
export interface ConfirmingGateway {
  readonly is: 'confirming'
  readonly serial: string
}

/** It connects again and again: it is told to come back later, and nothing is written. */
export interface HastyGateway {
  readonly is: 'too-often'
  readonly serial: string
}

export interface ShakingHost {
  /** Where it comes from. */
  readonly address: string
  /** A proof came; what it is worth is still to be seen. */
  onProof(): void
  /** This gateway has not connected too often. Asked once for each connection that proved to be its own. */
  mayCome(serial: string): boolean
}

/** It had proved itself, and its connection ended before the store had its turn: nothing was written. */
export class GoneBeforeAdmission extends LinkEnded {}

const ticketBytes = 32

export function hashOfTicket(ticket: string): string {
  return createHash('sha256').update(ticket).digest('base64url')
}

/**
 * Proves the server to the gateway and the gateway to the server; the link is sealed afterwards. Undefined when it was
 * refused, which the gateway has been told.
 */
export async function shakeHands(
  link: ServerLink,
  context: ChannelContext,
  host: ShakingHost,
): Promise<AdmittedGateway | ConfirmingGateway | HastyGateway | undefined> {
  const { address } = host
  const { present, chain } = context.identity.keys
  const handshake = startServerHandshake(present, context.random, protocolVersions, chain)
  link.sendText(handshake.hello)
  const text = await link.nextText()
  host.onProof()
  const proof = receive(handshake, text)
  if (proof instanceof NoCommonProtocol) {
    context.logger.warn({ address, reason: proof.message }, 'A gateway speaks another version of the protocol.')
    refuse(link, { code: 'UnsupportedProtocol', message: proof.message })
    return undefined
  }
  const { serial } = proof.body

  const found = await context.store.read((db) => findGateway(db, serial))
  const { mode } = proof.body
  const isItself = found !== undefined && proof.signed && hasKeys(found, proof.body)
  if (mode === 'confirm') {
    if (!isItself) return turnAway(link, context, proof, address)
    return welcome(link, proof, undefined, () => ({ is: 'confirming', serial }))
  }
  // Only what proved itself counts, or anybody could keep a gateway out by coming in its name.
  if (mode === 'resume' && isItself && !host.mayCome(serial)) {
    return welcome(link, proof, undefined, () => ({ is: 'too-often', serial }))
  }
  const offer = mode === 'enrol' ? await offerTo(found, proof, context) : undefined
  const enrolmentKey = offer?.key ?? (mode === 'enrol' ? enrolmentKeyOf(found, context) : undefined)
  const ticket = context.random(ticketBytes).toString('base64url')
  const knows = proof.knows(enrolmentKey)
  const hasProved = isItself || knows || offer !== undefined
  const decided = await decide({ proof, mode, found, knows, offer, ticket, address }, context, () => {
    if (link.isOpen) return
    throw new (hasProved ? GoneBeforeAdmission : LinkEnded)('The connection ended before it was admitted.')
  })
  if (decided.admission.is === 'refused') {
    return turnAway(link, context, proof, address, decided.admission)
  }

  if (decided.changesConfig) await takeCapabilities(context, serial, proof.body.capabilities ?? [])
  if (decided.admission.enrols) tellPops(context)
  const { confirmed } = decided.admission
  const ticketBefore = [proof.body.ticket, proof.body.ticketBefore].find(
    (one) => one !== undefined && hashOfTicket(one) === confirmed,
  )
  const { node, passwordGeneration } = decided
  const otherNode = node === context.nodeId ? undefined : node
  return welcome(link, proof, enrolmentKey, (transcript) => ({
    is: 'admitted',
    serial,
    signKey: proof.body.signKey,
    sealKey: proof.body.sealKey,
    ticket,
    ticketBefore,
    passwordGeneration,
    capabilities: proof.body.capabilities ?? [],
    otherNode,
    transcript,
  }))
}

function receive(handshake: ServerHandshake, text: string): ReceivedProof | NoCommonProtocol {
  try {
    return handshake.receive(text)
  } catch (error) {
    if (error instanceof NoCommonProtocol) return error
    throw error
  }
}

function welcome<T>(
  link: ServerLink,
  proof: ReceivedProof,
  enrolmentKey: Secret | undefined,
  gateway: (transcript: Buffer) => T,
): T {
  const { text, frames, transcript } = proof.welcome(enrolmentKey)
  link.sendText(text)
  link.seal(frames, takesParts(proof.body.capabilities ?? []) ? 'sends' : undefined)
  return gateway(transcript)
}

interface Decided {
  readonly admission: Admission
  readonly node: string | undefined
  readonly passwordGeneration: number
  /** It puts parts of a configuration in force that it did not before, or the other way round; that is not kept yet. */
  readonly changesConfig: boolean
}

/** Rule and consequences in one unit of work: two copies of a gateway at once are seen one after the other. */
function decide(
  {
    proof,
    mode,
    found,
    knows,
    offer,
    ticket,
    address,
  }: {
    readonly proof: ReceivedProof
    readonly mode: 'enrol' | 'resume'
    readonly found: Gateway | undefined
    readonly knows: boolean
    readonly offer: Offer | undefined
    readonly ticket: string
    readonly address: string
  },
  { store, wallClock, settings, sealer }: ChannelContext,
  requireOpen: () => void,
): Promise<Decided> {
  const { serial, signKey, sealKey, ticket: presented, ticketBefore, capabilities = [] } = proof.body
  const at = wallClock()
  const keepsTo = { gateway: serial }
  return store.write(async (tx) => {
    // Where many wait, the work of those who have given up would make the others give up too.
    requireOpen()
    const gateway = await findGateway(tx, serial)
    const isOffered = offer !== undefined && (await findOffered(tx, serial))?.keySealed === offer.keySealed
    const admission = admit(gateway, {
      mode,
      signKey,
      sealKey,
      signed: proof.signed,
      // The key may have been replaced since it was looked at.
      knowsEnrolmentKey: knows && gateway?.enrolmentKeySealed === found?.enrolmentKeySealed,
      knowsReenrolmentKey: isOffered,
      ticket: presented === undefined ? undefined : hashOfTicket(presented),
      ticketBefore: ticketBefore === undefined ? undefined : hashOfTicket(ticketBefore),
    })
    const isOther = gateway?.capabilities.join() !== capabilities.join()
    const changesConfig =
      admission.is !== 'refused' && !admission.enrols && differIn(gateway?.capabilities ?? [], capabilities).length > 0
    if (admission.is === 'refused') {
      const event = { serial, kind: 'DeviceHacked', at, detail: `${admission.code} from ${address}` } as const
      if (admission.hacked) await recordEventSometimes(tx, event, at - settings.hackedEveryMs)
    } else {
      if (admission.enrols) {
        await enrolGateway(tx, serial, { signKey, sealKey, at })
        if (offer !== undefined) await useOffered(tx, serial, sealer.seal(offer.key, enrolmentKeyContext(serial)))
      }
      const source = sourceOf(address)
      // In one trip to the database: while one gateway is admitted no other is.
      await Promise.all([
        saveTickets(tx, serial, ticketsAfterAdmission(admission, hashOfTicket(ticket))),
        admission.enrols && recordEvent(tx, { serial, kind: 'DeviceEnrolled', at, detail: `from ${address}` }),
        gateway?.source !== source && setSource(tx, serial, source),
        // Seldom: with another version of its program.
        isOther && !changesConfig && saveCapabilities(tx, serial, capabilities),
      ])
    }
    return { admission, node: gateway?.node, passwordGeneration: gateway?.passwordGeneration ?? 0, changesConfig }
  }, keepsTo)
}

interface Offer extends OfferedReenrolment {
  readonly key: Secret
}

/** The key to enrol anew with, if this gateway has proved that it knows it and it has not expired. */
async function offerTo(
  gateway: Gateway | undefined,
  proof: ReceivedProof,
  { store, sealer, wallClock }: ChannelContext,
): Promise<Offer | undefined> {
  if (gateway === undefined) return undefined
  const { serial } = gateway
  const found = await store.read((db) => findOffered(db, serial))
  if (found === undefined || found.until <= wallClock()) return undefined
  const key = sealer.open(found.keySealed, reenrolmentKeyContext(serial))
  return proof.knows(key) ? { ...found, key } : undefined
}

function enrolmentKeyOf(gateway: Gateway | undefined, { sealer }: ChannelContext): Secret | undefined {
  return gateway && sealer.open(gateway.enrolmentKeySealed, enrolmentKeyContext(gateway.serial))
}

function turnAway(
  link: ServerLink,
  { logger }: ChannelContext,
  { body }: ReceivedProof,
  address: string,
  { code, message }: Admission & { is: 'refused' } = notAdmitted,
): undefined {
  logger.warn({ serial: body.serial, address, code }, 'A gateway was refused.')
  refuse(link, { code, message })
}

function refuse(link: ServerLink, refusal: Omit<Refuse, 'kind'>): void {
  link.sendText(JSON.stringify({ kind: 'refuse', ...refusal } satisfies Refuse))
  link.end(`Refused: ${refusal.code}.`, 'gently')
}
