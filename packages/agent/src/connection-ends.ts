import type { RefusalCode } from '@opensag/protocol'

// Why a session of a gateway with its server is over, beside a connection that ended.

/** The server does not want this gateway. */
export class RefusedByServer extends Error {
  override readonly name = 'RefusedByServer'
  readonly code: RefusalCode

  constructor(code: RefusalCode, message: string) {
    super(message)
    this.code = code
  }
}

/** The server stops or is busy, and says when to come back. */
export class SentAway extends Error {
  override readonly name = 'SentAway'
  readonly comeBackMs: number

  constructor(comeBackMs: number) {
    super('The server is being stopped.')
    this.comeBackMs = comeBackMs
  }
}

/** The gateway has agreed to restart: this session is over, and `begin` does it. */
export class Restarting extends Error {
  override readonly name = 'Restarting'
  readonly begin: () => void

  constructor(begin: () => void) {
    super('The gateway restarts.')
    this.begin = begin
  }
}
