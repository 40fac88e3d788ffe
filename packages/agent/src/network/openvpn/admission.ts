import type { ClientFacts } from './management-lines.ts'

/** What becomes of an attempt to open the tunnel, or to keep it at a renegotiation of its keys. */
export type Verdict =
  /** The server decides, by the password. */
  | 'ask'
  | 'accept'
  /** If it is the name and password the connection was opened with. */
  | 'compare'
  | 'refuse'

export interface Attempt {
  readonly what: 'CONNECT' | 'REAUTH'
  /** What OpenVPN says of the password: `Initial`, or what it thinks of a token. */
  readonly sessionState: ClientFacts['sessionState']
  /** This connection was opened with a password, and the session that it got then has not ended. */
  readonly isOnline: boolean
}

/**
 * Whoever has logged on gets a token from OpenVPN, so that nobody is asked for the password at each renegotiation; left
 * alone it would outlive the password. It counts only for the connection it was given on, and only while that session has not
 * ended: a new password, a kick, a disabled or deleted account end the session, and with it whatever the token opens.
 */
export function judge({ what, sessionState, isOnline }: Attempt): Verdict {
  const isPassword = sessionState === 'Initial'
  if (what === 'CONNECT') return isPassword ? 'ask' : 'refuse'
  if (!isOnline) return 'refuse'
  if (isPassword) return 'compare'
  return sessionState === 'Authenticated' ? 'accept' : 'refuse'
}
