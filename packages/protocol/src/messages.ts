import { z } from 'zod'

const changeId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)
const generation = z.int().nonnegative()

/** What a gateway tells of itself. Everything is bounded: it comes from a machine that may be anybody's. */
export const reportSchema = z.object({
  version: z.string().regex(/^\d{1,5}(\.\d{1,5}){3}$/),
  startedAt: z.int().nonnegative(),
  serviceIp: z.union([z.ipv4(), z.ipv6()]),
  consoleUrl: z
    .url({ protocol: /^https?$/ })
    .max(300)
    .optional(),
  localRevision: z.int().nonnegative(),
  syncedRevision: z.int().nonnegative(),
  resettable: z.boolean(),
})

export const nackReasons = ['unsettled', 'generation', 'sealed', 'failed'] as const

export const fromGatewaySchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('report'),
    report: reportSchema,
    password: z.object({ generation, unsettled: changeId.optional() }),
  }),
  z.object({ kind: z.literal('settled'), changeId }),
  z.object({ kind: z.literal('ticket-stored') }),
  z.object({ kind: z.literal('ack'), changeId }),
  z.object({ kind: z.literal('nack'), changeId, reason: z.enum(nackReasons) }),
  z.object({ kind: z.literal('beat') }),
])

/** A password sealed to a gateway's key: the encapsulated key and the ciphertext, base64url. */
export const sealedPasswordSchema = z.object({
  enc: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  ciphertext: z.string().regex(/^[A-Za-z0-9_-]{1,700}$/),
})

export const fromServerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('settle'), changeId, verdict: z.enum(['confirm', 'revert']) }),
  z.object({ kind: z.literal('ticket'), ticket: z.string().regex(/^[A-Za-z0-9_-]{43}$/) }),
  z.object({ kind: z.literal('ready'), heartbeatMs: z.int().min(10).max(600_000) }),
  z.object({ kind: z.literal('set'), changeId, generation, sealed: sealedPasswordSchema }),
  z.object({ kind: z.literal('synced'), revision: z.int().nonnegative() }),
  z.object({ kind: z.literal('beat') }),
  z.object({ kind: z.literal('later'), afterMs: z.int().nonnegative().max(86_400_000) }),
])

export type FromGateway = Readonly<z.infer<typeof fromGatewaySchema>>
export type FromServer = Readonly<z.infer<typeof fromServerSchema>>
export type WireReport = Readonly<z.infer<typeof reportSchema>>
export type SealedPassword = Readonly<z.infer<typeof sealedPasswordSchema>>
export type NackReason = (typeof nackReasons)[number]
export type SettleVerdict = 'confirm' | 'revert'
