import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createMutex, type Timers } from '@opensag/protocol'
import type { Logger } from 'pino'
import { run } from '../../run-command.ts'
import { type Daemon, endLeftOver, startDaemon } from '../daemon.ts'
import type { System } from '../system.ts'

/** The DHCP server of the branch. It runs only while it has addresses to give. */
export interface Dhcp {
  /** @throws when it is wrong; then the one before stays in force. */
  configure(text: string): Promise<void>
  /** Ends it. */
  close(): Promise<void>
  /** Ends it, also one that a process before this one has left running, and takes its files away. */
  remove(): Promise<void>
}

export interface DhcpOptions {
  /** For its files; it exists and is not on a disk. */
  readonly folder: string
  /** The network it runs in. */
  readonly system: Pick<System, 'namespace'>
  readonly timers: Timers
  readonly logger: Logger
}

const name = 'dnsmasq'
const patience = 20_000

/** Where it keeps its leases: `expiry MAC address name client-id`, one a line. */
export function leasesFile(folder: string): string {
  return join(folder, `${name}.leases`)
}

/** One that a process before this one has left running is adopted when its configuration is still the same. */
export function openDhcp({ folder, system: { namespace }, timers, logger }: DhcpOptions): Dhcp {
  const exclusive = createMutex()
  let daemon: Daemon | undefined
  let current: string | undefined

  /** It reads its ranges at its start only. */
  async function put(text: string): Promise<void> {
    if (text === current && daemon !== undefined) return
    const file = join(folder, `${name}.conf`)
    const next = `${file}.next`
    await writeFile(next, text, { mode: 0o644 })
    await run(['dnsmasq', '--test', '-C', next], { input: '', patience })
    const isSame = (await textOf(file)) === text
    await rename(next, file)
    if (daemon !== undefined) {
      await daemon.restart()
    } else {
      const leftOver = isSame ? 'adopt' : 'replace'
      const own = ['dnsmasq', '--keep-in-foreground', '--pid-file=', '-C', file] as const
      const command = namespace === undefined ? own : (['ip', 'netns', 'exec', namespace, ...own] as const)
      daemon = await startDaemon({ name, command, folder, leftOver, timers, logger })
    }
    current = text
  }

  async function stop(): Promise<void> {
    await daemon?.close()
    daemon = undefined
    current = undefined
  }

  async function takeAway(): Promise<void> {
    await stop()
    await endLeftOver(name, folder, timers)
    for (const end of ['conf', 'conf.next', 'log', 'leases']) await rm(join(folder, `${name}.${end}`), { force: true })
  }

  return {
    configure: (text) => exclusive(() => put(text)),
    close: () => exclusive(stop),
    remove: () => exclusive(takeAway),
  }
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
