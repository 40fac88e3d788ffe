import { createHash } from 'node:crypto'
import {
  type FromGateway,
  type FromServer,
  type Link,
  protocolVersion,
  type ReceivedProof,
  type Refuse,
  type Secret,
  startServerHandshake,
} from '@opensag/protocol'
import { enrolmentKeyContext } from '../store/fleet-stored.ts'
import {
  enrolGateway,
  findGateway,
  type Gateway,
  issueTicket,
  recordEvent,
  recordEventSometimes,
} from '../store/gateways.ts'
import { type Admission, admit, hasKeys, notAdmitted } from './admission.ts'
import type { ChannelWorld } from './world.ts'

export type ServerLink = Link<FromGateway, FromServer>

export interface AdmittedGateway {
  readonly is: 'admitted'
  readonly serial: string
  /** To be handed over once nothing is unsettled. */
  readonly ticket: string
  readonly passwordGeneration: number
  /** The node that held its connection before, when that is another one. */
  readonly otherNode: string | undefined
}

/** It is here to have a configuration confirmed: it replaces no connection, and no ticket is used up. */
export interface ConfirmingGateway {
  readonly is: 'confirming'
  readonly serial: string
}

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
  world: ChannelWorld,
  { address, onProof }: { readonly address: string; onProof(): void },
): Promise<AdmittedGateway | ConfirmingGateway | undefined> {
  const handshake = startServerHandshake(world.identity, world.random)
  link.sendText(handshake.hello)
  const proof = handshake.receive(await link.nextText())
  onProof()
  const { serial, protocol } = proof.body
  if (protocol !== protocolVersion) {
    refuse(link, { code: 'UnsupportedProtocol', message: 'This server does not speak that version of the protocol.' })
    return undefined
  }

  const found = await world.store.read((db) => findGateway(db, serial))
  const { mode } = proof.body
  if (mode === 'confirm') {
    const isKnown = found !== undefined && proof.signed && hasKeys(found, proof.body)
    return isKnown
      ? welcome(link, proof, undefined, { is: 'confirming', serial })
      : turnAway(link, world, proof, address)
  }
  const enrolmentKey = mode === 'enrol' ? enrolmentKeyOf(found, world) : undefined
  const ticket = world.random(ticketBytes).toString('base64url')
  const decided = await decide({ proof, mode, found, knows: proof.knows(enrolmentKey), ticket, address }, world)
  if (decided.admission.is === 'refused') {
    return turnAway(link, world, proof, address, decided.admission)
  }

  const { node, passwordGeneration } = decided
  const otherNode = node === world.nodeId ? undefined : node
  return welcome(link, proof, enrolmentKey, { is: 'admitted', serial, ticket, passwordGeneration, otherNode })
}

function welcome<T>(link: ServerLink, proof: ReceivedProof, enrolmentKey: Secret | undefined, gateway: T): T {
  const { text, frames } = proof.welcome(enrolmentKey)
  link.sendText(text)
  link.seal(frames)
  return gateway
}

interface Decided {
  readonly admission: Admission
  readonly node: string | undefined
  readonly passwordGeneration: number
}

/** Rule and consequences in one unit of work: two copies of a gateway at once are seen one after the other. */
function decide(
  {
    proof,
    mode,
    found,
    knows,
    ticket,
    address,
  }: {
    readonly proof: ReceivedProof
    readonly mode: 'enrol' | 'resume'
    readonly found: Gateway | undefined
    readonly knows: boolean
    readonly ticket: string
    readonly address: string
  },
  { store, wallClock, settings }: ChannelWorld,
): Promise<Decided> {
  const { serial, signKey, sealKey, ticket: presented } = proof.body
  const at = wallClock()
  return store.write(async (tx) => {
    const gateway = await findGateway(tx, serial)
    const admission = admit(gateway, {
      mode,
      signKey,
      sealKey,
      signed: proof.signed,
      // The key may have been replaced since it was looked at.
      knowsEnrolmentKey: knows && gateway?.enrolmentKeySealed === found?.enrolmentKeySealed,
      ticket: presented === undefined ? undefined : hashOfTicket(presented),
    })
    if (admission.is === 'refused') {
      const event = { serial, kind: 'DeviceHacked', at, detail: `${admission.code} from ${address}` } as const
      if (admission.hacked) await recordEventSometimes(tx, event, at - settings.hackedEveryMs)
    } else {
      if (admission.enrols) {
        await enrolGateway(tx, serial, { signKey, sealKey, at })
        await recordEvent(tx, { serial, kind: 'DeviceEnrolled', at, detail: `from ${address}` })
      }
      await issueTicket(tx, serial, { confirmed: admission.confirmed, issued: hashOfTicket(ticket) })
    }
    return { admission, node: gateway?.node, passwordGeneration: gateway?.passwordGeneration ?? 0 }
  })
}

function enrolmentKeyOf(gateway: Gateway | undefined, { sealer }: ChannelWorld): Secret | undefined {
  return gateway && sealer.open(gateway.enrolmentKeySealed, enrolmentKeyContext(gateway.serial))
}

function turnAway(
  link: ServerLink,
  { logger }: ChannelWorld,
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
