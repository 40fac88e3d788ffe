import type { Random, Timers } from '@opensag/protocol'
import type { Logger } from 'pino'
import type { CountedSession, LogOns, SessionNews } from './log-ons.ts'
import type { ServedInstance } from './server-config.ts'

/** The OpenVPN server of one SAG APP instance. */
export interface TunnelServer {
  readonly instance: ServedInstance
  /** The same instance with other DNS servers: clients are told them from their next log-on, and nobody is disconnected. */
  renew(instance: ServedInstance): void
  /** Sessions of those who are online here, with what each has carried. */
  sessions(): Promise<readonly CountedSession[]>
  /** Nothing happens for a session that is not here. */
  news(news: SessionNews): void
  /** Its certificate is another one: clients come back at once, with what they know. */
  reloadCredentials(): void
  close(): Promise<void>
}

export interface TunnelServerOptions {
  readonly instance: ServedInstance
  /** The network that clients come in by; absent: that of this process. */
  readonly home?: string | undefined
  readonly folder: string
  /** Of OpenVPN. */
  readonly configFile: string
  readonly managementPath: string
  readonly logOns: LogOns
  readonly random: Random
  readonly timers: Timers
  readonly logger: Logger
}
