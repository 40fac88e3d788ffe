import { type ChildProcess, spawn } from 'node:child_process'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const program = join(root, 'packages/cli/bin/opensag.js')

/** A running `opensag`, with everything it printed. */
export interface Running {
  readonly child: ChildProcess
  output(): string
  /** Resolves with the first match in what it prints; rejects when it ends before. */
  printed(pattern: RegExp): Promise<RegExpExecArray>
  /** Ends it as an operator would; resolves with its exit code. */
  stop(): Promise<number | null>
  kill(): Promise<void>
}

/**
 * @param under a command that runs it, such as a tracer
 * @param file the program, when it is not that of this checkout
 */
export function runOpensag(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  under: readonly string[] = [],
  file = program,
): Running {
  const [command = '', ...rest] = [...under, process.execPath, file, ...args]
  const child = spawn(command, rest, {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  return running(child, `opensag ${args[0]}`)
}

/** A program that was started, with its output piped. */
export function running(child: ChildProcess, name: string): Running {
  let output = ''
  const listeners = new Set<() => void>()
  const heard = (chunk: Buffer): void => {
    output += chunk.toString('utf8')
    for (const listener of listeners) listener()
  }
  child.stdout?.on('data', heard)
  child.stderr?.on('data', heard)
  const closed = new Promise<number | null>((done) => child.once('close', (code) => done(code)))
  return {
    child,
    output: () => output,
    printed: (pattern) =>
      new Promise((found, failed) => {
        const look = (): void => {
          const match = pattern.exec(output)
          if (match === null) return
          listeners.delete(look)
          found(match)
        }
        listeners.add(look)
        void closed.then((code) => failed(new Error(`${name} ended with ${code}:\n${output}`)))
        look()
      }),
    async stop() {
      child.kill('SIGTERM')
      return closed
    },
    async kill() {
      child.kill('SIGKILL')
      await closed
    },
  }
}

/** Runs one command to its end. */
export function runToEnd(
  command: string,
  args: readonly string[],
  {
    input = '',
    environment = {},
    cwd = root,
  }: { input?: string; environment?: Readonly<Record<string, string | undefined>>; cwd?: string } = {},
): Promise<{ readonly code: number | null; readonly output: string; readonly errors: string }> {
  return new Promise((done, failed) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...environment } })
    let output = ''
    let errors = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
    })
    child.stderr.on('data', (chunk) => {
      errors += chunk
    })
    child.once('error', failed)
    child.once('close', (code) => done({ code, output, errors }))
    child.stdin.on('error', () => {}) // it may end without reading
    child.stdin.end(input)
  })
}

export function opensag(
  args: readonly string[],
  options: { input?: string; environment?: Readonly<Record<string, string>> } = {},
): ReturnType<typeof runToEnd> {
  return runToEnd(process.execPath, [program, ...args], options)
}
