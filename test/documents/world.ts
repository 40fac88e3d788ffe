import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { newRecipient } from '../rotate/recipient.ts'
import { makeCertificate } from '../support/certificate.ts'
import { freePorts } from '../support/nats.ts'
import { type Running, root, running, runOpensag } from '../support/process.ts'
import { startSandbox } from '../support/sandbox.ts'
import { limit } from '../support/time.ts'
import type { Step } from './outcomes.ts'

/** A sandbox, and a shell that finds `opensag` as a user's does. */
export interface World {
  /** The commands of one document, one after the other, in a folder of their own. */
  run(document: string, steps: readonly (readonly [command: string, step: Step])[]): Promise<void>
  remove(): Promise<void>
}

/** Documents whose commands are for a server in service, and those that start one. All others are tried in a sandbox. */
const ofServer = ['docs/monitoring.md']
const startsItsOwn = ['docs/tutorials/first-branch.md']

export async function startWorld(): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'opensag-documents-'))
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  await mkdir(join(folder, 'bin'))
  const program = `#!/bin/sh\nexec ${process.execPath} ${root}/packages/cli/bin/opensag.js "$@"\n`
  await writeFile(join(folder, 'bin/opensag'), program, { mode: 0o755 })
  const sandbox = await startSandbox(join(folder, 'sandbox'))
  const { recipient, identity } = await newRecipient({ data: sandbox.data, folder })
  const { cert, key } = makeCertificate(folder, '127.0.0.1')
  // Documents about a server in service are of this one.
  const server = runOpensag(['server', '--port', '0', '--data', join(folder, 'server')])
  await server.printed(/OpenSAG listens on/)
  const [port, otherPort] = await freePorts(2)
  const devices = await sandbox.devices()
  const own: Readonly<Record<string, string>> = {
    data: sandbox.data,
    server: join(folder, 'server'),
    endpoint: sandbox.endpoint,
    gateway: devices.find(({ serial }) => serial === 'sagdemo100wm')?.instanceId ?? '',
    app:
      (await sandbox.operator<readonly { readonly text: string }[]>('outbox', 'list')).map(
        ({ text }) => /sag-\w{18}/.exec(text)?.[0],
      )[0] ?? '',
    pid: String(server.child.pid),
    certificate: cert,
    'certificate key': key,
    recipient,
    port: String(port),
    'other port': String(otherPort),
    identity,
    'evidence key': join(folder, 'config/opensag/evidence-key.pem.pub'),
  }
  const environment = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(OPENSAG_|npm_|VITEST)/.test(name))),
    PATH: [join(folder, 'bin'), '/usr/sbin', process.env['PATH']].join(delimiter),
    XDG_CONFIG_HOME: join(folder, 'config'),
    TMPDIR: folder,
    npm_config_update_notifier: 'false',
    npm_config_offline: 'true',
  }

  /** Starts a line of a shell as the first of a group, so that an interruption reaches all of it. */
  function start(line: string, cwd: string, input = ''): Running {
    const child = spawn('bash', ['-c', line], { cwd, env: environment, detached: true })
    child.stdin.on('error', () => {}) // it may end without reading
    child.stdin.end(input)
    return running(child, line)
  }

  async function interrupt({ child }: Running): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return
    const closed = once(child, 'close')
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT')
    await closed
  }

  async function run(document: string, steps: readonly (readonly [string, Step])[]): Promise<void> {
    const cwd = join(folder, 'documents', document)
    await mkdir(join(cwd, 'apart'), { recursive: true })
    if (!startsItsOwn.includes(document))
      await symlink(ofServer.includes(document) ? join(folder, 'server') : sandbox.data, join(cwd, '.opensag'))
    const remembered: Record<string, string> = {}
    const open: Running[] = []
    const filled = (text: string): string =>
      text.replace(/<([\w ]+)>/g, (all, name) => remembered[name.replaceAll(' ', '_')] ?? all)
    try {
      for (const [command, step] of steps) {
        const line = filled(replaced(command, step))
        const started = start(line, step.isApart === true ? join(cwd, 'apart') : cwd, filled(step.input ?? ''))
        open.push(started)
        const match = step.goesOn === undefined ? await ended(started, line, step) : await printed(started, line, step)
        Object.assign(remembered, match.groups)
        if (step.goesOn === 'until it has printed') await interrupt(started)
      }
    } finally {
      await Promise.all(open.map(interrupt))
    }
  }

  async function printed(started: Running, line: string, { prints }: Step): Promise<RegExpExecArray> {
    const late = new Promise<never>((_, failed) => {
      const complain = (): void => failed(new Error(`${line}\nhas not printed ${prints}:\n${started.output()}`))
      setTimeout(complain, limit(8000)).unref()
    })
    return Promise.race([started.printed(prints), late])
  }

  async function ended(started: Running, line: string, { prints, code: wanted = 0 }: Step): Promise<RegExpExecArray> {
    const [code] = await once(started.child, 'close')
    const match = prints.exec(started.output())
    if (code !== wanted || match === null)
      throw new Error(`${line}\nended with ${code}, without ${prints}:\n${started.output()}`)
    return match
  }

  function replaced(command: string, { instead = {} }: Step): string {
    return Object.entries(instead).reduce((line, [name, value]) => {
      return line.replaceAll(
        name,
        value.replace(/\{([\w ]+)\}/g, (all, known) => own[known] ?? all),
      )
    }, command)
  }

  return {
    run,
    async remove() {
      await Promise.all([sandbox.running.stop(), server.stop()])
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Programs besides `opensag` that documents use. */
export function lackOfPrograms(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const isThere = (program: string): boolean => folders.some((place) => existsSync(join(place, program)))
  return ['jq', 'curl', 'openssl', 'logger', 'age-keygen'].every(isThere)
    ? undefined
    : 'to enable: apt-get install -y jq curl openssl bsdutils age'
}
