import type { Secret } from '@opensag/protocol'

/** What the server decides of remote users, as the pop asks it (docs/remote-access.md). */
export interface LogOns {
  /**
   * A user wants in. Nothing of the password is kept.
   * @throws when the server cannot be asked
   */
  logOn(request: LogOnRequest): Promise<LogOnAnswer>
  /** Whose signs of life it tells the server, as often as that wants them. What is over is told by {@link LogOns.onNews}. */
  keepAlive(sessions: () => Promise<readonly CountedSession[]>): void
  /** The user has gone. `bytes`: as of {@link CountedSession}. */
  logOff(session: string, bytes: number): void
  onNews(listener: (news: SessionNews) => void): void
}

export interface CountedSession {
  readonly session: string
  /** Inner packets, both ways together, since it began. */
  readonly bytes: number
}

export interface LogOnRequest {
  readonly instanceId: string
  readonly userName: string
  readonly password: Secret
  /** What the audit calls the machine. */
  readonly terminal: string
  /** Its address outside. */
  readonly source: string
}

export type LogOnAnswer =
  | {
      readonly is: 'online'
      readonly session: string
      /** Inside the tunnel. */
      readonly address: string
      /** Kbit/s, either way. */
      readonly bandwidth: number
    }
  /** The code of docs/remote-access.md. */
  | { readonly is: 'refused'; readonly code: string }

export type SessionNews =
  /** `isFinal`: on purpose, so that its client is not to come back by itself. */
  | { readonly session: string; readonly is: 'ended'; readonly isFinal: boolean }
  | { readonly session: string; readonly is: 'changed'; readonly bandwidth: number }
