import { z } from 'zod'
import { mostSuccessions } from './succession.ts'

/** 32 bytes as base64url. */
const bytes32 = z.string().regex(/^[A-Za-z0-9_-]{43}$/)
const signature = z.string().regex(/^[A-Za-z0-9_-]{86}$/)

export const handshakeTextLimit = 4096
/** Versions of the protocol this side speaks, the best first. */
export const protocolVersions: readonly number[] = [1]

/** What is the same in every version: which ones the other side speaks, and which one it has chosen. */
export const anyHelloSchema = z.object({
  kind: z.literal('hello'),
  protocols: z.array(z.int().positive()).min(1).max(16),
})
export const anyProofBodySchema = z.object({ protocol: z.int().positive() })

/**
 * What a side can do beyond version 1 of the protocol as 0.1.0 spoke it. The server offers, the gateway takes what it can do too;
 * a side of 0.1.0 names none. `network`: it carries packets; it takes certificates. `dnat`, `qos`, `flow-log`, `acl`, `health-check`,
 * `probe-task`, `dpi`, `monitor`: it puts that part of a configuration in force, or keeps it where it carries no packets; whether it
 * has what `dpi` needs its reports say. `box`: the same, and it tells of its ports; `box-dns`: also of its DNS servers and forwards;
 * `box-ports`: also lines to the Internet, leased lines, roles of ports, Wi-Fi and HA; `box-routing`: also of the protocols it
 * speaks with routers of the branch. `diagnosis`: it diagnoses itself when it is asked to. `routes`: it takes static routes and what
 * is distributed of its routes, and tells which routes it has. `tools`: it runs tools while somebody waits. With `network`, `qos` or `acl` it takes
 * configurations in parts ({@link takesParts}).
 */
export const capabilities = [
  'config-trial',
  'network',
  'dnat',
  'qos',
  'flow-log',
  'acl',
  'box',
  'box-dns',
  'box-ports',
  'box-routing',
  'health-check',
  'probe-task',
  'dpi',
  'monitor',
  'diagnosis',
  'routes',
  'tools',
] as const

export type Capability = (typeof capabilities)[number]

/** Messages to this side may be longer than a frame. */
export function takesParts(capabilities: readonly Capability[]): boolean {
  return (['network', 'qos', 'acl'] as const).some((one) => capabilities.includes(one))
}

/** Those of a later version are no mistake: they are left out. */
const capabilityNames = z
  .array(z.string().max(40))
  .max(32)
  .transform((names) => capabilities.filter((name) => names.includes(name)))

export const helloSchema = z.object({
  kind: z.literal('hello'),
  protocols: z.array(z.int().positive()).min(1).max(16),
  serverKey: bytes32,
  ephemeral: bytes32,
  nonce: bytes32,
  capabilities: capabilityNames.optional(),
  /** How `serverKey` followed the keys before it, the newest last. A gateway of 0.1.0 does not look at it. */
  succession: z
    .array(z.object({ by: bytes32, key: bytes32, signature }))
    .max(2 * mostSuccessions)
    .optional(),
})

export const proofBodySchema = z.object({
  protocol: z.int().positive(),
  serial: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  /** `confirm`: to have a configuration confirmed and for nothing else. */
  mode: z.enum(['enrol', 'resume', 'confirm']),
  signKey: bytes32,
  sealKey: bytes32,
  ephemeral: bytes32,
  nonce: bytes32,
  ticket: bytes32.optional(),
  /** The one it had before, in case the newest was never confirmed. */
  ticketBefore: bytes32.optional(),
  capabilities: capabilityNames.optional(),
})

export const proveSchema = z.object({
  kind: z.literal('prove'),
  /** The text of a proof body: signed as it is, so that nobody has to agree on how JSON is written. */
  body: z.string().max(2048),
  signature,
  mac: bytes32.optional(),
})

export const welcomeSchema = z.object({ kind: z.literal('welcome'), signature, mac: bytes32.optional() })

export const refusalCodes = ['NotAdmitted', 'AlreadyEnrolled', 'StaleTicket', 'UnsupportedProtocol'] as const

export const refuseSchema = z.object({
  kind: z.literal('refuse'),
  code: z.enum(refusalCodes),
  message: z.string().max(300),
})

export const verdictSchema = z.discriminatedUnion('kind', [welcomeSchema, refuseSchema])

export type Hello = Readonly<z.infer<typeof helloSchema>>
export type ProofBody = Readonly<z.infer<typeof proofBodySchema>>
export type Prove = Readonly<z.infer<typeof proveSchema>>
export type Refuse = Readonly<z.infer<typeof refuseSchema>>
export type RefusalCode = (typeof refusalCodes)[number]
