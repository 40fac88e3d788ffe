import { Secret } from '@opensag/protocol'
import { z } from 'zod'
import { type Assertion, type Registration, transports } from '../access/security-keys/ceremonies.ts'
import { ConsoleLogonRefusal } from './refusals.ts'

const password = z
  .string()
  .min(1)
  .max(128)
  .transform((text) => Secret.of(text))

const base64url = (most: number) =>
  z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/)
    .max(most)

const code = z
  .string()
  .regex(/^[0-9]{6}$/)
  .transform((text) => Secret.of(text))

const logonSchema = z.strictObject({
  // `alice@1234567890123456` or `alice@example`; as the real console also writes it, `alice@example.onaliyun.com`.
  user: z.string().regex(/^[A-Za-z0-9._-]{1,64}@[A-Za-z0-9.-]{1,80}$/),
  password,
  newPassword: password.optional(),
  code: code.optional(),
  securityKey: z
    .strictObject({
      // WebAuthn 4: up to 1,023 bytes.
      id: base64url(1364),
      clientDataJSON: base64url(2000),
      authenticatorData: base64url(1000),
      signature: base64url(1400),
    })
    .optional(),
  newSecurityKey: z
    .strictObject({
      name: z.string().trim().min(1).max(64),
      clientDataJSON: base64url(2000),
      attestationObject: base64url(4000),
      transports: z.array(z.enum(transports)).max(transports.length),
    })
    .optional(),
  newCodes: z
    .strictObject({
      ticket: z
        .string()
        .regex(/^[\x21-\x7e]+$/)
        .max(1000),
      codes: z.tuple([code, code]),
    })
    .optional(),
})

export interface ConsoleLogon {
  readonly userName: string
  /** The account's id or alias. */
  readonly account: string
  readonly password: Secret
  readonly newPassword: Secret | undefined
  /** Of the second factor. */
  readonly code: Secret | undefined
  /** What a security key has signed. */
  readonly securityKey: (Assertion & { readonly id: string }) | undefined
  /** The first factor of a user who must have one and has none; either of them. */
  readonly newSecurityKey:
    | (Registration & { readonly name: string; readonly transports: readonly string[] })
    | undefined
  readonly newCodes: { readonly ticket: string; readonly codes: readonly [Secret, Secret] } | undefined
}

/** @throws ConsoleLogonRefusal; nothing of the body is in it, which holds a password */
export function parseConsoleLogon(body: unknown): ConsoleLogon {
  const parsed = logonSchema.safeParse(jsonIn(body))
  if (!parsed.success) throw new ConsoleLogonRefusal('InvalidRequest')
  const { user, ...given } = parsed.data
  const at = user.indexOf('@')
  const account = user
    .slice(at + 1)
    .toLowerCase()
    .replace(/\.onaliyun\.com$/, '')
  return {
    userName: user.slice(0, at),
    account,
    password: given.password,
    newPassword: given.newPassword,
    code: given.code,
    securityKey: given.securityKey,
    newSecurityKey: given.newSecurityKey,
    newCodes: given.newCodes,
  }
}

/** @throws ConsoleLogonRefusal */
export function jsonIn(body: unknown): unknown {
  if (typeof body !== 'string') return undefined
  try {
    return JSON.parse(body)
  } catch {
    // Its message quotes the body.
    throw new ConsoleLogonRefusal('InvalidRequest')
  }
}
