import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { root } from '../support/process.ts'
import type { FleetContext } from './fleet.ts'

export type RotateEvent = Readonly<Record<string, unknown>>

/** A running `opensag rotate`. */
export interface Rotation {
  readonly child: ChildProcess
  /** What it told in `--json`, as it comes. */
  readonly events: readonly RotateEvent[]
  /** Everything it wrote, on both channels. */
  output(): string
  readonly code: Promise<number | null>
}

type World = Pick<FleetContext, 'data' | 'folder'>

const program = join(root, 'packages/cli/bin/opensag.js')

/** @param command what starts it; the program itself unless said */
export function startRotate(
  { data, folder }: World,
  args: readonly string[],
  {
    environment = {},
    command = [process.execPath],
  }: { readonly environment?: Readonly<Record<string, string>>; readonly command?: readonly string[] } = {},
): Rotation {
  const [executable = '', ...before] = command
  const child = spawn(executable, [...before, program, 'rotate', ...args], {
    cwd: folder,
    env: { ...process.env, OPENSAG_DATA: data, XDG_CONFIG_HOME: join(folder, 'config'), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const events: RotateEvent[] = []
  let written = ''
  let rest = ''
  child.stderr.on('data', (chunk: Buffer) => {
    written += chunk.toString('utf8')
  })
  child.stdout.on('data', (chunk: Buffer) => {
    written += chunk.toString('utf8')
    if (!args.includes('--json')) return
    const lines = (rest + chunk.toString('utf8')).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line.startsWith('{"event"')) events.push(JSON.parse(line) as RotateEvent)
  })
  return { child, events, output: () => written, code: once(child, 'close').then(([code]) => code as number | null) }
}

/** Runs it to its end. */
export async function rotate(
  world: World,
  args: readonly string[],
  options: Parameters<typeof startRotate>[2] = {},
): Promise<{ readonly code: number | null; readonly output: string; readonly events: readonly RotateEvent[] }> {
  const running = startRotate(world, args, options)
  const code = await running.code
  return { code, output: running.output(), events: running.events }
}

/** The public key of whoever runs it. */
export function publicKeyOf({ folder }: World): string {
  return join(folder, 'config/opensag/evidence-key.pem.pub')
}

export interface OpenedPassword {
  readonly serial: string
  readonly state: 'changed' | 'unknown'
  readonly password?: string
  readonly candidates?: readonly { readonly password: string }[]
}

/** What a recipient reads in the file of passwords. */
export async function openedPasswords(
  world: World,
  file: string,
  identity: string,
): Promise<readonly OpenedPassword[]> {
  const { code, output } = await rotate(world, ['open', file, '--identity', identity])
  if (code !== 0) throw new Error(output)
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as OpenedPassword)
}
