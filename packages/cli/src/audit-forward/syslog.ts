import { connect } from 'node:net'
import type { ConnectionOptions } from 'node:tls'
import type { Timers } from '@opensag/protocol'
import type { Target } from './entry.ts'
import { framesOf } from './syslog-message.ts'
import { writeToTheEnd } from './whole-connection.ts'
import { writeSealedToTheEnd } from './whole-tls-connection.ts'

export interface SyslogOptions {
  readonly host: string
  readonly port: number
  /** Undefined without TLS. */
  readonly tls: ConnectionOptions | undefined
  readonly timers: Timers
}

/**
 * Syslog over TCP or TLS (RFC 6587 with octet counting, RFC 5425). Syslog has no acknowledgement, so each batch has a connection
 * of its own: this side ends it when everything is written, and the receiver, which reads to the end before it ends its own,
 * thereby says that it has read everything.
 */
export function createSyslog({ host, port, tls, timers }: SyslogOptions): Target {
  return {
    deliver(batch, signal) {
      const bytes = framesOf(batch)
      // Half open: what ends a TLS connection is written after the receiver has ended its side.
      const socket = connect({ host, port, allowHalfOpen: tls !== undefined })
      if (tls === undefined) return writeToTheEnd(socket, bytes, signal)
      return writeSealedToTheEnd(socket, bytes, { tls, timers, signal })
    },
  }
}
