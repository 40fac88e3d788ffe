import { z } from 'zod'

/** So many sessions are in one message. */
export const mostSessions = 300

const questionId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)
const session = z.string().regex(/^[0-9a-f]{32}$/)
const oneLine = (longest: number): z.ZodString =>
  z
    .string()
    .max(longest)
    .regex(/^[^\p{Cc}]*$/u)
/** A code of docs/remote-access.md. */
const code = z.string().regex(/^[A-Za-z]{1,64}$/)
/** Inner packets, both ways together, since the session began. */
const bytes = z.int().nonnegative()
/** Kbit/s, either way. */
const bandwidth = z.int().positive().max(10_000_000)

/** What a point of presence tells of remote users: the server decides who they are and how long they may stay. */
export const fromPopSchemas = [
  /** A user wants in. The message is sealed as every other; the server checks the password and keeps nothing of it. */
  z.object({
    kind: z.literal('log-on'),
    id: questionId,
    instanceId: z.string().regex(/^[A-Za-z0-9-]{1,64}$/),
    userName: oneLine(128),
    password: oneLine(512),
    /** What the audit calls the machine of the user. */
    terminal: oneLine(64),
    /** Where it comes from. */
    source: z.union([z.ipv4(), z.ipv6()]),
  }),
  /** They are still there. `bytes`: what each of them has sent and received in its tunnel; earlier programs do not count. */
  z.object({
    kind: z.literal('users-alive'),
    sessions: z.array(session).min(1).max(mostSessions).readonly(),
    bytes: z.array(bytes).max(mostSessions).readonly().optional(),
  }),
  z.object({ kind: z.literal('log-off'), session, bytes: bytes.optional() }),
] as const

export const toPopSchemas = [
  z.object({
    kind: z.literal('logged-on'),
    id: questionId,
    /** `address`: inside the tunnel. Absent: refused. */
    online: z.object({ session, address: z.ipv4(), bandwidth }).optional(),
    refused: code.optional(),
  }),
  /** `final`: it was ended on purpose, and its client is not to come back by itself. */
  z.object({ kind: z.literal('user-ended'), session, final: z.boolean() }),
  z.object({ kind: z.literal('user-bandwidth'), session, bandwidth }),
] as const
