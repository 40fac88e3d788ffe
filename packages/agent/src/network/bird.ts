import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createMutex, pause, type Timers } from '@opensag/protocol'
import type { Logger } from 'pino'
import { type Command, run } from '../run-command.ts'
import { askBird } from './bird-client.ts'
import { type Daemon, endLeftOver, startDaemon } from './daemon.ts'
import type { System } from './system.ts'

/** BIRD in one network: its file, its process, its control socket. */
export interface Bird {
  /**
   * Has it run with this configuration; what is the same in it is not disturbed. The same again changes nothing.
   * @throws when BIRD refuses it; it goes on with the one before.
   */
  configure(text: string): Promise<void>
  /** What it answers to `show …`. @throws when it does not run. */
  show(...what: readonly string[]): Promise<string>
  /** Ends it. The routes it has made stay where its configuration says `persist`. */
  close(): Promise<void>
  /** Ends it, also one that a process before this one has left running, and takes its files away. */
  remove(): Promise<void>
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
  const file = join(folder, `${name}.conf`)
  const socket = join(folder, `${name}.ctl`)
  const inside = namespace === undefined ? [] : ['ip', 'netns', 'exec', namespace]
  const exclusive = createMutex()
  let daemon: Daemon | undefined
  let current: string | undefined

  async function put(text: string): Promise<void> {
    if (text === current && daemon !== undefined) return
    const next = `${file}.next`
    await writeFile(next, text, { mode: 0o600 })
    await run(['bird', '-p', '-c', next], { input: '', patience })
    await rename(next, file)
    const [program = '', ...args] = [...inside, 'bird', '-f', '-c', file, '-s', socket]
    const command: Command = [program, ...args]
    daemon ??= await startDaemon({ name, command, folder, leftOver: 'adopt', timers, logger })
    await reread(daemon)
    current = text
  }

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

  async function stop(): Promise<void> {
    await daemon?.close()
    daemon = undefined
    current = undefined
  }

  async function takeAway(): Promise<void> {
    await stop()
    await endLeftOver(name, folder, timers)
    for (const end of ['conf', 'conf.next', 'ctl', 'log']) await rm(join(folder, `${name}.${end}`), { force: true })
  }

  return {
    configure: (text) => exclusive(() => put(text)),
    show: async (...what) => (await askBird(socket, ['show', ...what].join(' '), timers)).join('\n'),
    close: () => exclusive(stop),
    remove: () => exclusive(takeAway),
  }
}
