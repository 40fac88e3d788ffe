import { spawn } from 'node:child_process'

/** A program and its arguments. */
export type Command = readonly [string, ...string[]]

/**
 * Runs a program of the system to its end, with `input` on its standard input.
 * @throws when it cannot start, ends otherwise than with 0, or takes longer than `patience` milliseconds (it is killed).
 */
export function run(
  [program, ...args]: Command,
  { input, patience }: { readonly input: string; readonly patience: number },
): Promise<void> {
  return new Promise((resolve, reject) => {
    // Nothing of our own environment is its business.
    const env = { PATH: process.env.PATH ?? '/usr/sbin:/usr/bin:/sbin:/bin' }
    const child = spawn(program, args, {
      env,
      stdio: ['pipe', 'ignore', 'pipe'],
      timeout: patience,
      killSignal: 'SIGKILL',
    })
    let complaint = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(0, 1_000)
    })
    // A program that ends without reading says why by its exit code.
    child.stdin.on('error', () => undefined)
    child.once('error', reject)
    child.once('close', (code, signal) => {
      if (code === 0) resolve()
      else reject(new Error(`${program} ended with ${signal ?? code}: ${complaint.trim()}`))
    })
    child.stdin.end(input)
  })
}
