import { Secret } from '@opensag/protocol'
import { z } from 'zod'
import { userName } from '../model/client-user.ts'
import type { TunnelLogon } from '../model/tunnel-users.ts'
import { LogonRefusal } from './refusals.ts'

const logonSchema = z
  .strictObject({
    enterpriseCode: z
      .string()
      .regex(/^[A-Za-z0-9]{1,32}$/)
      .optional(),
    instanceId: z
      .string()
      .regex(/^sag-[a-z0-9]{1,60}$/)
      .optional(),
    userName: z.string().regex(userName),
    // Longer than any account's can be, so that nothing is learnt of what is accepted.
    password: z
      .string()
      .min(1)
      .max(128)
      .transform((text) => Secret.of(text)),
    // It stands in the audit and in lists: one short line.
    terminal: z
      .string()
      .regex(/^[^\p{C}]{0,64}$/u)
      .default(''),
  })
  .refine((given) => (given.enterpriseCode === undefined) !== (given.instanceId === undefined))

/** Which service a client wants: by the code its enterprise gave out, or by the instance itself. */
export type Target = { readonly enterpriseCode: string } | { readonly instanceId: string }

export interface LogonRequest {
  readonly target: Target
  readonly userName: string
  readonly password: Secret
  readonly terminal: string
}

/** @throws LogonRefusal; nothing of the body is in it, which holds a password */
export function parseLogon(body: unknown): LogonRequest {
  return checked(json(body))
}

/** What a point of presence asks, by the same rules. @throws LogonRefusal */
export function parseTunnelLogon({ instanceId, userName, password, terminal }: TunnelLogon): LogonRequest {
  return checked({ instanceId, userName, password: password.reveal(), terminal })
}

function checked(given: unknown): LogonRequest {
  const parsed = logonSchema.safeParse(given)
  if (!parsed.success) throw new LogonRefusal('InvalidRequest')
  const { enterpriseCode, instanceId, ...more } = parsed.data
  return {
    ...more,
    target: instanceId === undefined ? { enterpriseCode: String(enterpriseCode).toLowerCase() } : { instanceId },
  }
}

function json(body: unknown): unknown {
  if (typeof body !== 'string') return undefined
  try {
    return JSON.parse(body)
  } catch {
    // Its message quotes the body.
    throw new LogonRefusal('InvalidRequest')
  }
}
