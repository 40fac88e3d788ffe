import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Contents } from './history.ts'
import type { Step } from './step.ts'
import { readStraceLog, tracedCalls } from './strace-log.ts'

/** Why nothing can be recorded on this machine, and what enables it; undefined when it can. */
export const whatRecordingNeeds: string | undefined = lack()

function lack(): string | undefined {
  const { status, error } = spawnSync('strace', [...straceOptions('/dev/null'), '--', 'true'])
  if (error !== undefined) return 'enable with: apt-get install -y strace'
  return status === 0 ? undefined : 'strace may not trace here: allow ptrace'
}

/** What stands before a command so that every change of a file is recorded. The process started is the command itself. */
export function recording(log: string): readonly string[] {
  // Input and output through io_uring would pass strace by.
  return ['strace', ...straceOptions(log), '-E', 'UV_USE_IO_URING=0', '--']
}

function straceOptions(log: string): readonly string[] {
  // -D: the tracer is a grandchild, so that signals and the exit code are the command's own.
  const whole = ['-f', '-D', '--seccomp-bpf', '-qqq', '-y', '-xx', '-s', '4194304']
  return [...whole, '-e', `trace=${tracedCalls.join()}`, '-e', 'signal=none', '-o', log]
}

/** Where states are put together and looked at: in memory where that is possible, for nobody cuts the power of the test. */
export const placeForStates: string = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

/** Once the recorded command has ended. */
export function recordedSteps(log: string, watched: string): readonly Step[] {
  return readStraceLog(readFileSync(log, 'latin1'), watched)
}

/** Everything in a folder but sockets. */
export function contentsOf(folder: string): Contents {
  const contents = new Map<string, Buffer | undefined>()
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const found = statSync(join(folder, path))
    if (found.isDirectory()) contents.set(path, undefined)
    else if (found.isFile()) contents.set(path, readFileSync(join(folder, path)))
  }
  return contents
}

/** Makes a folder with exactly this in it, as private as the program makes it. */
export function rebuild(folder: string, contents: Contents): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { mode: 0o700 })
  for (const [path, content] of contents) {
    if (content === undefined) mkdirSync(join(folder, path), { mode: 0o700 })
    else writeFileSync(join(folder, path), content, { mode: 0o600 })
  }
}
