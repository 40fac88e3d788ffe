import { join } from 'node:path'
import { pause, type Timers } from '@opensag/protocol'
import type { Logger } from 'pino'
import { runBy } from '../run-command.ts'
import { askBird } from './bird-client.ts'
import { type ConfiguredDaemon, openConfiguredDaemon } from './configured-daemon.ts'
import type { Daemon } from './daemon.ts'
import { entering, type System } from './system.ts'

/** BIRD in one network: its file, its process, its control socket. */
export interface Bird extends ConfiguredDaemon {
  /** Has it run with this configuration; what is the same in it is not disturbed. */
  configure(text: string): Promise<void>
  /** What it answers to `show …`. @throws when it does not run. */
  show(...what: readonly string[]): Promise<string>
  /** Ends it. The routes it has made stay where its configuration says `persist`. */
  close(): Promise<void>
}

export interface BirdOptions {
  /** Unique in the folder. */
  readonly name: string
  /** For its files; it exists and is not on a disk. */
  readonly folder: string
  /** The network it runs in. */
  readonly system: Pick<System, 'namespace'>
  readonly timers: Timers
  readonly logger: Logger
}

const patience = 20_000
const pauseMs = 20

/** Does nothing yet: BIRD is started, or one that a process before this one has left running is adopted, with its first configuration. */
export function openBird({ name, folder, system: { namespace }, timers, logger }: BirdOptions): Bird {
  const socket = join(folder, `${name}.ctl`)
  const daemon = openConfiguredDaemon({
    name,
    folder,
    mode: 0o600,
    check: (file) => ['bird', '-p', '-c', file],
    command: (file) => runBy(entering(namespace), ['bird', '-f', '-c', file, '-s', socket]),
    leftOver: () => 'adopt',
    reconfigure: reread,
    keeps: ['ctl'],
    timers,
    logger,
  })

  /** One that has only just started, or is about to be started anew, reads the file by itself. */
  async function reread(running: Daemon): Promise<void> {
    const until = timers.now() + patience
    while (running.isRunning) {
      try {
        await askBird(socket, 'configure', timers)
        return
      } catch (error) {
        const { code = '' } = error as NodeJS.ErrnoException
        const isStarting = code === 'ENOENT' || code === 'ECONNREFUSED'
        if (!isStarting || timers.now() > until) throw error
      }
      await pause(timers, pauseMs)
    }
  }

  return {
    ...daemon,
    show: async (...what) => (await askBird(socket, ['show', ...what].join(' '), timers)).join('\n'),
  }
}
