import { Secret } from '@opensag/protocol'
import { z } from 'zod'
import type { Sealer } from '../../sealing/sealing.ts'

/** A logon that a browser has begun. All of it is in a sealed cookie, so that it may end at another node than it began. */
export interface PendingLogon {
  readonly state: string
  readonly nonce: string
  /** Of PKCE. */
  readonly verifier: string
  /** The address within the console that the browser was at. */
  readonly place: string
  readonly begunAt: number
  /** What the provider answered, as a query; undefined until it has. */
  readonly answer?: string | undefined
}

const schema = z.strictObject({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  place: z.string(),
  begunAt: z.number(),
  answer: z.string().optional(),
})

const context = 'console-logon/oidc'
/** Milliseconds from the beginning to the end: somebody may have to find a second factor. */
export const longestLogon = 10 * 60_000

export interface PendingCookie {
  /** What sets it. */
  set(logon: PendingLogon): string
  /** What takes it away. */
  readonly cleared: string
  /** The logon of a browser that sent these cookies; undefined where it has begun none, or too long ago. */
  read(cookies: string | undefined, now: number): PendingLogon | undefined
}

/** @param secure whether the console is reached by https only: then no other site of its domain can set the cookie */
export function createPendingCookie(sealer: Sealer, secure: boolean): PendingCookie {
  const name = secure ? '__Host-opensag-logon' : 'opensag-logon'
  // Lax: the browser comes back by a link of another site.
  const attributes = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`

  function opened(sealed: string): PendingLogon | undefined {
    try {
      return schema.parse(JSON.parse(sealer.open(sealed, context).reveal()))
    } catch {
      // Anybody may send anything as a cookie.
      return undefined
    }
  }

  return {
    set: (logon) =>
      `${name}=${sealer.seal(Secret.of(JSON.stringify(logon)), context)}; Max-Age=${longestLogon / 1000}; ${attributes}`,
    cleared: `${name}=; Max-Age=0; ${attributes}`,
    read(cookies = '', now) {
      const sealed = cookies
        .split(';')
        .map((cookie) => cookie.trim())
        .find((cookie) => cookie.startsWith(`${name}=`))
        ?.slice(name.length + 1)
      const logon = sealed === undefined ? undefined : opened(sealed)
      return logon === undefined || now - logon.begunAt > longestLogon ? undefined : logon
    },
  }
}
