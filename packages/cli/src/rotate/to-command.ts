import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { CommandFailure } from '../exit.ts'

/**
 * Runs a command of the shell with JSON lines on its standard input. That it ends with 0 is its word that it keeps them.
 * In a process group of its own: Ctrl-C is for the rotation, which finishes what it does.
 * @throws CommandFailure when it does not end with 0
 */
export async function tellCommand(command: string, lines: readonly object[]): Promise<void> {
  const child = spawn(command, { shell: true, detached: true, stdio: ['pipe', 'ignore', 'inherit'] })
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>
  let unread: Error | undefined
  child.stdin.on('error', (error) => {
    unread = error
  })
  child.stdin.end(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  const [code, signal] = await ended
  if (code !== 0) throw new CommandFailure(`The --to-command command exited with ${code ?? signal}.`)
  if (unread !== undefined) throw new CommandFailure('The --to-command command did not read all its input.')
}
