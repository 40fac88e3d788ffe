import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { createFrames, type Frames } from './frames.ts'
import {
  anyHelloSchema,
  anyProofBodySchema,
  type Capability,
  capabilities,
  type Hello,
  handshakeTextLimit,
  helloSchema,
  type ProofBody,
  type Prove,
  proofBodySchema,
  protocolVersions,
  proveSchema,
  type RefusalCode,
  verdictSchema,
} from './handshake-messages.ts'
import { agree, createKeyPair, isSignedBy, type KeyPair, signWith } from './keys.ts'
import { labelled } from './labels.ts'
import type { Secret } from './secret.ts'
import { believes, type ServerPins, type Succession } from './succession.ts'
import type { Random } from './time-and-chance.ts'
import { ProtocolError, parseMessage } from './wire.ts'

const nonceBytes = 32

/** One label per use: a signature or mac made for one purpose is worth nothing for another. */
const labels = {
  proof: 'opensag channel 1 gateway proof',
  enrolProof: 'opensag channel 1 gateway enrolment',
  welcome: 'opensag channel 1 server welcome',
  enrolWelcome: 'opensag channel 1 server enrolment',
} as const

/** The server's key is not one that this gateway believes: another server, or somebody in between. */
export class WrongServer extends ProtocolError {}

/** The two sides speak no version of the protocol in common: one of them has to be brought up to date. */
export class NoCommonProtocol extends ProtocolError {
  constructor(theirs: readonly number[]) {
    const [ours, other] = [protocolVersions, theirs].map((versions) => versions.join(', '))
    super(`This side speaks version ${ours} of the protocol, the other one ${other}.`)
  }
}

/** What came from the gateway, and whether it holds the private half of the key it presents. */
export interface ReceivedProof {
  readonly body: ProofBody
  readonly signed: boolean
  /** Whether the gateway knows the enrolment key; takes the same time when there is none. */
  knows(enrolmentKey: Secret | undefined): boolean
  /** Ends the handshake: the text to send, and the frames that follow it. */
  welcome(enrolmentKey: Secret | undefined): {
    readonly text: string
    readonly frames: Frames
    /** Of this connection; both sides know it, and no other connection has it. */
    readonly transcript: Buffer
  }
}

export interface ServerHandshake {
  readonly hello: string
  /** @throws NoCommonProtocol; ProtocolError when the text is not a proof. */
  receive(text: string): ReceivedProof
}

/**
 * @param protocols Those the server offers; what this module does not speak itself it cannot go on with.
 * @param chain How the key of `identity` followed the ones before it.
 */
export function startServerHandshake(
  identity: KeyPair,
  random: Random,
  protocols: readonly number[] = protocolVersions,
  chain: readonly Succession[] = [],
): ServerHandshake {
  const ephemeral = createKeyPair('X25519', random)
  const hello = JSON.stringify({
    kind: 'hello',
    protocols: [...protocols],
    serverKey: identity.publicKey,
    ephemeral: ephemeral.publicKey,
    nonce: random(nonceBytes).toString('base64url'),
    capabilities: [...capabilities],
    ...(chain.length === 0 ? {} : { succession: [...chain] }),
  } satisfies Hello)

  return {
    hello,
    receive(text) {
      const proof = parseMessage(proveSchema, text, handshakeTextLimit)
      const { protocol } = parseMessage(anyProofBodySchema, proof.body, handshakeTextLimit)
      if (!protocolVersions.includes(protocol)) throw new NoCommonProtocol([protocol])
      const body = parseMessage(proofBodySchema, proof.body, handshakeTextLimit)
      const first = firstTranscript(hello, proof.body)
      return {
        body,
        signed: isSignedBy(body.signKey, labelled(labels.proof, first), proof.signature),
        knows(enrolmentKey) {
          const expected = macOf(enrolmentKey?.reveal() ?? '', labels.enrolProof, first)
          return equalTexts(proof.mac ?? '', expected) && enrolmentKey !== undefined
        },
        welcome(enrolmentKey) {
          const second = secondTranscript(first, proof)
          const signature = signWith(identity, labelled(labels.welcome, second))
          const mac = enrolmentKey === undefined ? undefined : macOf(enrolmentKey.reveal(), labels.enrolWelcome, second)
          return {
            text: JSON.stringify({ kind: 'welcome', signature, mac }),
            frames: createFrames('server', sharedWith(ephemeral, body.ephemeral), second),
            transcript: second,
          }
        },
      }
    },
  }
}

export interface GatewayProof {
  readonly serial: string
  readonly signing: KeyPair
  readonly sealing: KeyPair
  readonly ticket?: string | undefined
  /** The one before, which counts when the newest was never confirmed. */
  readonly ticketBefore?: string | undefined
  /** The key pinned at enrolment, or the one that followed it; undefined only before it. */
  readonly serverKey: string | undefined
  /** Pinned beside it. */
  readonly successor?: string | undefined
  /** Present when this attempt enrols. */
  readonly enrolmentKey: Secret | undefined
  /** It is made to have a configuration confirmed, and for nothing else. */
  readonly confirms?: boolean
  /** What this gateway can do. Default: what every gateway of this version can. */
  readonly capabilities?: readonly Capability[] | undefined
}

/** To carry packets, or to tell of its ports, a gateway needs more than its program. */
const capabilitiesOfAll: readonly Capability[] = capabilities.filter(
  (name) => name !== 'network' && !/^box\b/.test(name),
)

export type HandshakeResult =
  | {
      readonly is: 'welcomed'
      readonly frames: Frames
      readonly serverKey: string
      readonly transcript: Buffer
      /** What both sides can do. */
      readonly capabilities: readonly Capability[]
    }
  | { readonly is: 'refused'; readonly code: RefusalCode; readonly message: string }

export interface GatewayHandshake {
  readonly prove: string
  /** @throws ProtocolError when the server does not prove that it is the one it said. */
  receive(text: string): HandshakeResult
}

/**
 * Answers the server's hello.
 * @throws WrongServer, NoCommonProtocol before anything was said about this gateway; ProtocolError when the text is not a hello.
 */
export function startGatewayHandshake(helloText: string, proof: GatewayProof, random: Random): GatewayHandshake {
  const { protocols } = parseMessage(anyHelloSchema, helloText, handshakeTextLimit)
  const protocol = protocolVersions.find((version) => protocols.includes(version))
  if (protocol === undefined) throw new NoCommonProtocol(protocols)
  const hello = parseMessage(helloSchema, helloText, handshakeTextLimit)
  const pins = pinsOf(proof)
  if (pins !== undefined && !believes(pins, hello.serverKey, hello.succession ?? [])) {
    throw new WrongServer('The server has another key than the one this gateway enrolled with.')
  }
  if (proof.serverKey === undefined && proof.enrolmentKey === undefined) {
    throw new ProtocolError('This gateway has not enrolled and has no enrolment key.')
  }
  const { capabilities: own = capabilitiesOfAll } = proof
  const agreed = hello.capabilities?.filter((name) => own.includes(name))
  const ephemeral = createKeyPair('X25519', random)
  const body = JSON.stringify({
    protocol,
    serial: proof.serial,
    mode: modeOf(proof),
    signKey: proof.signing.publicKey,
    sealKey: proof.sealing.publicKey,
    ephemeral: ephemeral.publicKey,
    nonce: random(nonceBytes).toString('base64url'),
    ticket: proof.ticket,
    ticketBefore: proof.ticketBefore,
    capabilities: agreed,
  } satisfies { [K in keyof ProofBody]: ProofBody[K] | undefined })
  const first = firstTranscript(helloText, body)
  const prove = {
    kind: 'prove',
    body,
    signature: signWith(proof.signing, labelled(labels.proof, first)),
    mac: proof.enrolmentKey && macOf(proof.enrolmentKey.reveal(), labels.enrolProof, first),
  } as const

  return {
    prove: JSON.stringify(prove),
    receive(text) {
      const verdict = parseMessage(verdictSchema, text, handshakeTextLimit)
      if (verdict.kind === 'refuse') return { is: 'refused', code: verdict.code, message: verdict.message }
      const second = secondTranscript(first, prove)
      if (!isSignedBy(hello.serverKey, labelled(labels.welcome, second), verdict.signature)) {
        throw new ProtocolError('The server does not hold the key it presented.')
      }
      if (proof.enrolmentKey !== undefined) {
        const expected = macOf(proof.enrolmentKey.reveal(), labels.enrolWelcome, second)
        if (!equalTexts(verdict.mac ?? '', expected))
          throw new ProtocolError('The server does not know the enrolment key.')
      }
      const frames = createFrames('gateway', sharedWith(ephemeral, hello.ephemeral), second)
      return { is: 'welcomed', frames, serverKey: hello.serverKey, transcript: second, capabilities: agreed ?? [] }
    },
  }
}

function pinsOf({ serverKey, successor }: GatewayProof): ServerPins | undefined {
  return serverKey === undefined ? undefined : { serverKey, successor }
}

function modeOf({ enrolmentKey, confirms }: GatewayProof): ProofBody['mode'] {
  if (enrolmentKey !== undefined) return 'enrol'
  return confirms === true ? 'confirm' : 'resume'
}

function firstTranscript(hello: string, body: string): Buffer {
  return digest([Buffer.from(hello), Buffer.from(body)])
}

function secondTranscript(
  first: Buffer,
  proof: Pick<Prove, 'signature'> & { readonly mac?: string | undefined },
): Buffer {
  return digest([first, Buffer.from(proof.signature), Buffer.from(proof.mac ?? '')])
}

/** Each part behind its length, so that no two lists of parts have one digest. */
function digest(parts: readonly Buffer[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(part.length)
    hash.update(length).update(part)
  }
  return hash.digest()
}

function macOf(key: string, label: string, transcript: Buffer): string {
  return createHmac('sha256', key).update(labelled(label, transcript)).digest('base64url')
}

function equalTexts(one: string, other: string): boolean {
  const left = Buffer.from(one)
  const right = Buffer.from(other)
  return left.length === right.length && timingSafeEqual(left, right)
}

function sharedWith(own: KeyPair, other: string): Buffer {
  try {
    return agree(own, other)
  } catch (error) {
    throw new ProtocolError('The other side sent a key that agrees on nothing.', { cause: error })
  }
}
