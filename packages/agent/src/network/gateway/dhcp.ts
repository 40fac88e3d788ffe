import { join } from 'node:path'
import type { Timers } from '@opensag/protocol'
import type { Logger } from 'pino'
import { runBy } from '../../run-command.ts'
import { type ConfiguredDaemon, openConfiguredDaemon } from '../configured-daemon.ts'
import { entering, type System } from '../system.ts'

export interface DhcpOptions {
  /** For its files; it exists and is not on a disk. */
  readonly folder: string
  /** The network it runs in. */
  readonly system: Pick<System, 'namespace'>
  readonly timers: Timers
  readonly logger: Logger
}

const name = 'dnsmasq'

/** Where it keeps its leases: `expiry MAC address name client-id`, one a line. */
export function leasesFile(folder: string): string {
  return join(folder, `${name}.leases`)
}

/** What it runs with; not there: it does not run. */
export function dhcpFile(folder: string): string {
  return join(folder, `${name}.conf`)
}

/** The DHCP server of the branch, which also asks for names for it. It reads what it is set to at its start only, and runs only while it has something to do. */
export function openDhcp({ folder, system: { namespace }, timers, logger }: DhcpOptions): ConfiguredDaemon {
  return openConfiguredDaemon({
    name,
    folder,
    mode: 0o644,
    check: (file) => ['dnsmasq', '--test', '-C', file],
    command: (file) => runBy(entering(namespace), ['dnsmasq', '--keep-in-foreground', '--pid-file=', '-C', file]),
    leftOver: (isSame) => (isSame ? 'adopt' : 'replace'),
    reconfigure: async (running, isFresh) => (isFresh ? undefined : running.restart()),
    keeps: ['leases'],
    timers,
    logger,
  })
}
