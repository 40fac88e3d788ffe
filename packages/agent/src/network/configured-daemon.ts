import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createMutex, type Timers } from '@opensag/protocol'
import type { Logger } from 'pino'
import { type Command, run } from '../run-command.ts'
import { textIfThere } from '../text-file.ts'
import { type Daemon, endLeftOver, startDaemon } from './daemon.ts'

/** A daemon with one file of configuration, which runs from its first configuration on. */
export interface ConfiguredDaemon {
  /** The same again changes nothing. @throws when the program refuses it; it goes on with the one before. */
  configure(text: string): Promise<void>
  /**
   * Ends it, also one that a process before this one has left running, if it is configured otherwise; undefined: in any case. Before
   * that is taken away which it stands on.
   */
  endUnless(text: string | undefined): Promise<void>
  /** Ends it. */
  close(): Promise<void>
  /** Ends it, also one that a process before this one has left running, and takes its files away. */
  remove(): Promise<void>
}

export interface ConfiguredDaemonOptions {
  /** For the log, and for its files in the folder; unique there. */
  readonly name: string
  /** It exists and is not on a disk. */
  readonly folder: string
  /** Rights of the file. */
  readonly mode: number
  /** Ends with 0 when the program takes that file. */
  check(file: string): Command
  command(file: string): Command
  /** What becomes of one that was left running. `isSame`: it was configured like this. */
  leftOver(isSame: boolean): 'adopt' | 'replace'
  /** The file is another one. `isFresh`: the daemon has just been started, or adopted. */
  reconfigure(running: Daemon, isFresh: boolean): Promise<void>
  /** What else the program keeps: `NAME.END` of the folder. */
  readonly keeps: readonly string[]
  readonly timers: Timers
  readonly logger: Logger
}

const patience = 20_000

/** Does nothing yet. */
export function openConfiguredDaemon(options: ConfiguredDaemonOptions): ConfiguredDaemon {
  const { name, folder, mode, timers, logger } = options
  const file = join(folder, `${name}.conf`)
  const exclusive = createMutex()
  let daemon: Daemon | undefined
  let current: string | undefined

  async function put(text: string): Promise<void> {
    if (text === current && daemon !== undefined) return
    const next = `${file}.next`
    await writeFile(next, text, { mode })
    await run(options.check(next), { input: '', patience })
    const leftOver = options.leftOver((await textIfThere(file)) === text)
    await rename(next, file)
    const isFresh = daemon === undefined
    daemon ??= await startDaemon({ name, command: options.command(file), folder, leftOver, timers, logger })
    await options.reconfigure(daemon, isFresh)
    current = text
  }

  async function stop(): Promise<void> {
    await daemon?.close()
    daemon = undefined
    current = undefined
  }

  async function endUnless(text: string | undefined): Promise<void> {
    if (text !== undefined && text === (await textIfThere(file))) return
    await stop()
    await endLeftOver(name, folder, timers)
  }

  async function takeAway(): Promise<void> {
    await endUnless(undefined)
    for (const end of ['conf', 'conf.next', 'log', ...options.keeps])
      await rm(join(folder, `${name}.${end}`), { force: true })
  }

  return {
    configure: (text) => exclusive(() => put(text)),
    endUnless: (text) => exclusive(() => endUnless(text)),
    close: () => exclusive(stop),
    remove: () => exclusive(takeAway),
  }
}
