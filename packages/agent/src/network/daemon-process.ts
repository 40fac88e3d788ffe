import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Timers } from '@opensag/protocol'
import { z } from 'zod'
import { type Command, plainEnvironment } from '../run-command.ts'

/** A running program, started by this process or by one before it. */
export interface DaemonProcess {
  readonly command: Command
  /** Resolves when it is gone, with how and what it said last. */
  readonly ended: Promise<Ending>
  kill(signal: 'SIGTERM' | 'SIGKILL' | 'SIGHUP'): void
}

interface Ending {
  readonly how: string
  readonly last: string
}

/** `startedAt` tells it from another program that has got its number. */
const recordSchema = z.object({
  pid: z.int().positive(),
  startedAt: z.string(),
  command: z.tuple([z.string()]).rest(z.string()),
})

const lookEveryMs = 500
/** Of what it says: the last line goes to the log when it ends. */
const lineLimit = 500

/**
 * Starts a program that goes on when this process dies: with a session of its own, and what it says on its standard error in
 * `NAME.log` of the folder, emptied at each start. A program that logs much must do so elsewhere.
 */
export function spawnDaemon(name: string, command: Command, folder: string): DaemonProcess {
  const [program, ...args] = command
  const log = join(folder, `${name}.log`)
  const record = join(folder, `${name}.pid`)
  const stderr = openSync(log, 'w', 0o600)
  const child = spawn(program, args, { env: plainEnvironment(), detached: true, stdio: ['ignore', 'ignore', stderr] })
  closeSync(stderr)
  const startedAt = child.pid === undefined ? undefined : startOf(child.pid)
  if (child.pid !== undefined && startedAt !== undefined) {
    writeFileSync(record, JSON.stringify({ pid: child.pid, startedAt, command }), { mode: 0o600 })
  }
  const ended = new Promise<Ending>((resolve) => {
    const over = (how: string): void => {
      rmSync(record, { force: true })
      resolve({ how, last: lastLine(log) })
    }
    child.once('error', (error) => over(error.message))
    child.once('exit', (code, signal) => over(String(signal ?? code)))
  })
  return { command, ended, kill: (signal) => void child.kill(signal) }
}

/** The program that a process before this one has started under that name and left running; undefined: none. */
export function leftRunning(name: string, folder: string, timers: Timers): DaemonProcess | undefined {
  const record = join(folder, `${name}.pid`)
  const text = textOf(record)
  // Cut off while it was written: whatever it named, the program that is started now says what is in its way.
  const parsed = text === undefined ? undefined : recordSchema.safeParse(jsonOf(text)).data
  if (parsed === undefined || startOf(parsed.pid) !== parsed.startedAt) return undefined
  const { pid, startedAt, command } = parsed
  const ended = new Promise<Ending>((resolve) => {
    function look(): void {
      if (startOf(pid) === startedAt) return void timers.after(lookEveryMs, look)
      rmSync(record, { force: true })
      resolve({ how: 'unknown', last: lastLine(join(folder, `${name}.log`)) })
    }
    look()
  })
  return {
    command,
    ended,
    kill(signal) {
      if (startOf(pid) === startedAt) process.kill(pid, signal)
    },
  }
}

/** When a process started, in ticks since the machine did; undefined: it is gone, or dead and not yet reaped. */
function startOf(pid: number): string | undefined {
  // The name is in brackets and may hold any character.
  const fields = textOf(`/proc/${pid}/stat`)
    ?.replace(/^.*\) /s, '')
    .split(' ')
  return fields?.[0] === 'Z' ? undefined : fields?.[19]
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    // The process ended while its file was read.
    if (code === 'ENOENT' || code === 'ESRCH') return undefined
    throw error
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function lastLine(log: string): string {
  return textOf(log)?.trimEnd().split('\n').at(-1)?.slice(0, lineLimit) ?? ''
}
