import { type ChildProcess, spawn } from 'node:child_process'
import type { Timers } from '@opensag/protocol'
import type { Logger } from 'pino'
import type { Command } from '../run-command.ts'

/** A program of the system that runs in the foreground and is started anew whenever it ends. */
export interface Daemon {
  readonly isRunning: boolean
  /** Called whenever it has been started, also anew: whatever it is told by a socket has to be told again. */
  onStarted(listener: () => void): void
  /** Called whenever it has ended. */
  onEnded(listener: () => void): void
  /** Ends it and starts it anew. Resolves when it has been started. */
  restart(): Promise<void>
  /** SIGTERM, and SIGKILL when it takes longer than five seconds. Resolves when it is gone. */
  close(): Promise<void>
}

export interface DaemonOptions {
  /** For the log. */
  readonly name: string
  readonly command: Command
  readonly timers: Timers
  readonly logger: Logger
}

const firstWaitMs = 100
const longestWaitMs = 10_000
/** One that ran that long is started anew at once. */
const soundMs = 30_000
const patienceMs = 5_000
/** Of what it says: the last line goes to the log when it ends. */
const lineLimit = 500

export function startDaemon(options: DaemonOptions): Daemon {
  const { name, command, timers, logger } = options
  const startedListeners: (() => void)[] = []
  const endedListeners: (() => void)[] = []
  let child: ChildProcess | undefined
  let ended: Promise<void> = Promise.resolve()
  let isClosed = false
  let waitMs = firstWaitMs
  let cancelStart = (): void => {}

  function start(): void {
    const [program, ...args] = command
    const startedAt = timers.now()
    // Nothing of our own environment is its business.
    const env = { PATH: process.env.PATH ?? '/usr/sbin:/usr/bin:/sbin:/bin' }
    const started = spawn(program, args, { env, stdio: ['ignore', 'ignore', 'pipe'] })
    child = started
    let last = ''
    started.stderr.setEncoding('utf8').on('data', (text: string) => {
      last = text.trimEnd().split('\n').at(-1)?.slice(0, lineLimit) || last
    })
    ended = new Promise((resolve) => {
      let isOver = false
      const over = (how: string): void => {
        if (isOver) return
        isOver = true
        child = undefined
        resolve()
        if (!isClosed) {
          logger.warn({ daemon: name, how, last }, 'A program of the network has ended and is started anew.')
          waitMs = timers.now() - startedAt >= soundMs ? firstWaitMs : waitMs
          cancelStart = timers.after(waitMs, start)
          waitMs = Math.min(2 * waitMs, longestWaitMs)
        }
        for (const listener of endedListeners) listener()
      }
      started.once('error', (error) => over(error.message))
      started.once('close', (code, signal) => over(String(signal ?? code)))
    })
    for (const listener of startedListeners) listener()
  }

  async function stop(): Promise<void> {
    cancelStart()
    const running = child
    if (running === undefined) return
    running.kill('SIGTERM')
    const cancelKill = timers.after(patienceMs, () => void running.kill('SIGKILL'))
    await ended
    cancelKill()
  }

  start()
  return {
    get isRunning() {
      return child !== undefined
    },
    onStarted: (listener) => void startedListeners.push(listener),
    onEnded: (listener) => void endedListeners.push(listener),
    async restart() {
      if (isClosed) return
      isClosed = true
      await stop()
      isClosed = false
      start()
    },
    async close() {
      isClosed = true
      await stop()
    },
  }
}
