import { spawn } from 'node:child_process'

/** A program and its arguments. */
export type Command = readonly [string, ...string[]]

/** The command, run by another one such as `ip netns exec NAME`; by none where that is empty. */
export function runBy(runner: readonly string[], command: Command): Command {
  const [first = command[0], ...rest] = [...runner, ...command]
  return [first, ...rest]
}

/** What programs of the system are given: nothing of our own environment is their business. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH ?? '/usr/sbin:/usr/bin:/sbin:/bin' }
}

export interface RunOptions {
  /** For its standard input. */
  readonly input: string
  /** Milliseconds. */
  readonly patience: number
  /** With which numbers it may end beside 0: what it wrote counts all the same. */
  readonly accepts?: readonly number[] | undefined
}

/** More than any program is asked for that the agent runs: the routes of a large network. */
const outputLimit = 64 * 1024 * 1024

/**
 * Runs a program of the system to its end, with `input` on its standard input.
 * @throws when it cannot start, ends otherwise than with 0 or one that is accepted, or takes longer than `patience` milliseconds (it is killed).
 */
export async function run(command: Command, options: RunOptions): Promise<void> {
  await start(command, options, 'ignore')
}

/** As {@link run}, and returns what it wrote to its standard output. @throws also when that is more than 64 MiB. */
export function outputOf(command: Command, options: RunOptions): Promise<string> {
  return start(command, options, 'pipe')
}

function start(
  [program, ...args]: Command,
  { input, patience, accepts = [] }: RunOptions,
  stdout: 'ignore' | 'pipe',
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: plainEnvironment(),
      stdio: ['pipe', stdout, 'pipe'],
      timeout: patience,
      killSignal: 'SIGKILL',
    })
    let output = ''
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text
      if (output.length > outputLimit) child.kill('SIGKILL')
    })
    let complaint = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(0, 1_000)
    })
    // A program that ends without reading says why by its exit code.
    child.stdin?.on('error', () => undefined)
    child.once('error', reject)
    child.once('close', (code, signal) => {
      if (code === 0 || (code !== null && accepts.includes(code))) resolve(output)
      else reject(new Error(`${program} ended with ${signal ?? code}: ${complaint.trim()}`))
    })
    child.stdin?.end(input)
  })
}
