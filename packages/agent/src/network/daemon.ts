import { createMutex, type Timers } from '@opensag/protocol'
import type { Logger } from 'pino'
import type { Command } from '../run-command.ts'
import { type DaemonProcess, leftRunning, spawnDaemon } from './daemon-process.ts'

/** A program of the system that runs in the foreground and is started anew whenever it ends. */
export interface Daemon {
  readonly isRunning: boolean
  /** Called whenever it has been started anew: whatever it is told by a socket has to be told again. */
  onStarted(listener: () => void): void
  /** Called whenever it has ended. */
  onEnded(listener: () => void): void
  /** Ends it and starts it anew. Resolves when it has been started. */
  restart(): Promise<void>
  /** SIGHUP. One that does not run reads its configuration at its start. */
  reread(): void
  /** SIGTERM, and SIGKILL when it takes longer than five seconds. Resolves when it is gone. */
  close(): Promise<void>
}

export interface DaemonOptions {
  /** For the log, and for its files in the folder. */
  readonly name: string
  readonly command: Command
  /** Where its number and what it says are kept. It exists, only the owner can write to it, and it is not on a disk. */
  readonly folder: string
  /**
   * What becomes of one that a process before this one has left running: `adopt` goes on with it if it was started by the
   * same command, `replace` ends it first. The program outlives the death of its agent, so traffic goes on.
   */
  readonly leftOver: 'adopt' | 'replace'
  readonly timers: Timers
  readonly logger: Logger
}

const firstWaitMs = 100
const longestWaitMs = 10_000
/** One that ran that long is started anew at once. */
const soundMs = 30_000
const patienceMs = 5_000

/** Resolves when the program has been started, or one that was left running is adopted. */
export async function startDaemon(options: DaemonOptions): Promise<Daemon> {
  const { name, command, folder, leftOver, timers, logger } = options
  const startedListeners: (() => void)[] = []
  const endedListeners: (() => void)[] = []
  const exclusive = createMutex()
  let running: DaemonProcess | undefined
  /** It is to run: what ends by itself is started anew. */
  let isWanted = true
  let isClosed = false
  let waitMs = firstWaitMs
  let cancelStart = (): void => {}

  function watch(one: DaemonProcess): void {
    const since = timers.now()
    running = one
    void one.ended.then(({ how, last }) => {
      running = undefined
      if (isWanted) {
        logger.warn({ daemon: name, how, last }, 'A program of the network has ended and is started anew.')
        if (timers.now() - since >= soundMs) waitMs = firstWaitMs
        cancelStart = timers.after(waitMs, start)
        waitMs = Math.min(2 * waitMs, longestWaitMs)
      }
      for (const listener of endedListeners) listener()
    })
  }

  function start(): void {
    watch(spawnDaemon(name, command, folder))
    for (const listener of startedListeners) listener()
  }

  async function stop(): Promise<void> {
    isWanted = false
    cancelStart()
    if (running !== undefined) await end(running, timers)
  }

  const left = leftRunning(name, folder, timers)
  if (left !== undefined && leftOver === 'adopt' && JSON.stringify(left.command) === JSON.stringify(command)) {
    watch(left)
  } else {
    if (left !== undefined) await end(left, timers)
    start()
  }

  return {
    get isRunning() {
      return running !== undefined
    },
    onStarted: (listener) => void startedListeners.push(listener),
    onEnded: (listener) => void endedListeners.push(listener),
    reread: () => running?.kill('SIGHUP'),
    restart: () =>
      exclusive(async () => {
        if (isClosed) return
        await stop()
        isWanted = true
        start()
      }),
    close() {
      isClosed = true
      return exclusive(stop)
    },
  }
}

/** Ends what a process that is gone has left running under that name. Nothing of it there is no error. */
export async function endLeftOver(name: string, folder: string, timers: Timers): Promise<void> {
  const left = leftRunning(name, folder, timers)
  if (left !== undefined) await end(left, timers)
}

async function end(one: DaemonProcess, timers: Timers): Promise<void> {
  one.kill('SIGTERM')
  const cancelKill = timers.after(patienceMs, () => one.kill('SIGKILL'))
  await one.ended
  cancelKill()
}
