import { Secret } from '@opensag/protocol'
import { z } from 'zod'
import { ConsoleLogonRefusal } from './refusals.ts'

const password = z
  .string()
  .min(1)
  .max(128)
  .transform((text) => Secret.of(text))

const logonSchema = z.strictObject({
  // `alice@1234567890123456` or `alice@example`; as the real console also writes it, `alice@example.onaliyun.com`.
  user: z.string().regex(/^[A-Za-z0-9._-]{1,64}@[A-Za-z0-9.-]{1,80}$/),
  password,
  newPassword: password.optional(),
  code: z
    .string()
    .regex(/^[0-9]{6}$/)
    .transform((text) => Secret.of(text))
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
}

/** @throws ConsoleLogonRefusal; nothing of the body is in it, which holds a password */
export function parseConsoleLogon(body: unknown): ConsoleLogon {
  const parsed = logonSchema.safeParse(jsonIn(body))
  if (!parsed.success) throw new ConsoleLogonRefusal('InvalidRequest')
  const { user, password, newPassword, code } = parsed.data
  const at = user.indexOf('@')
  const account = user
    .slice(at + 1)
    .toLowerCase()
    .replace(/\.onaliyun\.com$/, '')
  return { userName: user.slice(0, at), account, password, newPassword, code }
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
