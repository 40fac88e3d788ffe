import type { BoxReport, DpiReport } from '@opensag/protocol'
import type { PasswordDate } from './password-age.ts'

/** What a gateway tells of itself when it connects and whenever it changes. */
export interface Report {
  /** Firmware version, four parts. */
  readonly version: string
  /** Milliseconds since 1970. */
  readonly startedAt: number
  /** Its own address towards the server, as it knows it. */
  readonly serviceIp: string
  /** URL of its local console, where it serves one. */
  readonly consoleUrl: string | undefined
  /** Revision of its local configuration; a change at the local console raises it. */
  readonly localRevision: number
  /** The last revision both sides agreed on; differing from `localRevision` means Unsynchronized. */
  readonly syncedRevision: number
  /** Its offline lock has closed: by itself, or because the server said so. */
  readonly locked: boolean
  /** The reset button works. */
  readonly resettable: boolean
  /** One of 0.1.0 does not tell it. */
  readonly adminPassword?: PasswordDate
  /** Its ports and how they are set. */
  readonly box?: BoxReport | undefined
  /** What it recognises applications by; absent: it cannot. */
  readonly dpi?: DpiReport | undefined
}
