import { type ChildProcess, spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { root, runToEnd } from '../support/process.ts'
import type { Credentials } from '../support/sandbox.ts'
import { signedBody } from '../support/signed-request.ts'
import { limit, until } from '../support/time.ts'
import { type Box, pidInside } from './box.ts'

const program = join(root, 'packages/cli/bin/opensag.js')
const state = '/var/lib/opensag-agent'

/** A program that is started again whenever it ends, as a service manager does. */
export interface Service {
  /** Of the program itself. @throws when it is just being started. */
  signal(signal: NodeJS.Signals): void
  /** Of the program itself; undefined while it is being started. */
  readonly pid: number | undefined
  output(): string
  /** How often it was started. */
  starts(): number
  stop(): Promise<void>
}

const againMs = 200

function supervise(start: () => ChildProcess, pidOf: (child: ChildProcess) => number | undefined): Service {
  let child: ChildProcess
  let isOver = false
  let output = ''
  let starts = 0
  let ended: Promise<void> = Promise.resolve()

  function run(): void {
    starts++
    child = start()
    const { pid } = child
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-200_000)
      })
    }
    ended = new Promise((resolve) => {
      child.once('close', () => {
        resolve()
        if (!isOver) setTimeout(() => isOver || run(), againMs)
      })
    })
    if (pid === undefined) throw new Error('It did not start.')
  }

  run()
  return {
    signal(signal) {
      const pid = pidOf(child)
      if (pid !== undefined) process.kill(pid, signal)
      // What only waits for it has stopped with it.
      if (signal === 'SIGCONT' && child.pid !== undefined && pid !== undefined) process.kill(child.pid, signal)
    },
    get pid() {
      return pidOf(child)
    },
    output: () => output,
    starts: () => starts,
    async stop() {
      isOver = true
      await until('it has ended', async () => {
        const pid = pidOf(child)
        if (pid !== undefined) process.kill(pid, 'SIGKILL')
        if (child.exitCode === null && child.signalCode === null) child.kill('SIGCONT')
        return Promise.race([ended.then(() => true), pause(200).then(() => false)])
      })
    },
  }
}

export interface Place {
  readonly folder: string
  readonly host: string
  readonly port: number
}

/** @param of The command line program whose server it is. */
export function startServer({ folder, host, port }: Place, of = program, more: readonly string[] = []): Service {
  const place = ['--data', folder, '--host', host, '--port', String(port)]
  const tls = ['--tls-cert', join(folder, 'server.pem'), '--tls-key', join(folder, 'server.key')]
  // Short, so that a lost connection costs the test seconds and no minutes.
  const short = ['--heartbeat', '1', '--answer-within', '3', '--config-confirm', '5']
  const given = ['--write-credentials', join(folder, 'credentials.json'), '--log-level', 'warn']
  return supervise(
    () => spawn(process.execPath, [of, 'server', ...place, ...tls, ...short, ...given, ...more], { cwd: root }),
    (child) => (child.exitCode === null && child.signalCode === null ? child.pid : undefined),
  )
}

/** Its data folder is a file system of its own, so small that it can be filled. */
export async function prepareGateway(box: Box, { folder, host }: Place, enrolmentKey: string): Promise<void> {
  await box.run(['useradd', '-m', '-s', '/bin/sh', 'admin'])
  mkdirSync(box.path('/etc/opensag'), { mode: 0o700 })
  writeFileSync(box.path('/etc/opensag/enrolment-key'), `${enrolmentKey}\n`, { mode: 0o600 })
  copyFileSync(join(folder, 'server.pem'), box.path('/etc/opensag/ca.pem'))
  for (const command of [
    ['mkdir', '-p', state],
    ['mount', '-t', 'tmpfs', '-o', 'size=256k,mode=0700', 'tmpfs', state],
    ...(host === box.hostAddress ? [] : [['ip', 'route', 'add', 'default', 'via', box.hostAddress]]),
  ] as const) {
    const { status, stderr } = await box.run(command as [string, ...string[]])
    if (status !== 0) throw new Error(`${command.join(' ')}: ${stderr}`)
  }
}

export function startAgent(
  box: Box,
  { host, port }: Place,
  serial: string,
  applyCommand: readonly string[] = [],
): Service {
  const place = ['--server', `wss://${host}:${port}`, '--ca', '/etc/opensag/ca.pem', '--serial', serial]
  const kept = ['--data', state, '--linux-account', 'admin', '--console', '0.0.0.0:8080']
  const apply = applyCommand.length === 0 ? [] : ['--apply-command', ...applyCommand]
  const more = ['--enrolment-key-file', '/etc/opensag/enrolment-key', '--log-level', 'info', ...apply]
  return supervise(() => box.start([process.execPath, program, 'agent', ...place, ...kept, ...more]), pidInside)
}

/** What a caller was told. Unknown: the connection ended before the answer. */
export type Told = { readonly is: 'success' | 'unknown' } | { readonly is: 'failure'; readonly code: string }

export interface Api {
  /** `version`: of another API than SmartAG's. */
  call(
    action: string,
    params: Readonly<Record<string, string>>,
    version?: string,
  ): Promise<Readonly<Record<string, unknown>>>
  tell(action: string, params: Readonly<Record<string, string>>): Promise<Told>
  /** `ControllerState` of a device; undefined when the server does not answer just now. */
  state(instance: string, serial: string): Promise<string | undefined>
}

export function apiOf({ folder, host, port }: Place): Api {
  const ca = readFileSync(join(folder, 'server.pem'))

  function post(body: string): Promise<{ readonly status: number; readonly text: string }> {
    return new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) }
      const asked = request(
        { host, port, ca, method: 'POST', headers, agent: false, timeout: limit(30_000) },
        (answer) => {
          let text = ''
          answer.setEncoding('utf8').on('data', (part: string) => {
            text += part
          })
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }))
          answer.on('error', reject)
        },
      )
      asked.on('timeout', () => asked.destroy(new Error('No answer in time.')))
      asked.on('error', reject)
      asked.end(body)
    })
  }

  function credentials(): Credentials {
    return JSON.parse(readFileSync(join(folder, 'credentials.json'), 'utf8')) as Credentials
  }

  return {
    async state(instance, serial) {
      const params = { SmartAGId: instance, SmartAGSn: serial }
      const answer = await post(signedBody(credentials(), 'DescribeSAGDeviceInfo', params)).catch(() => undefined)
      return answer && (JSON.parse(answer.text) as { readonly ControllerState?: string }).ControllerState
    },
    async call(action, params, version) {
      const { status, text } = await post(signedBody(credentials(), action, params, version))
      if (status !== 200) throw new Error(`${action}: ${status} ${text}`)
      return JSON.parse(text) as Readonly<Record<string, unknown>>
    },
    async tell(action, params) {
      try {
        const { status, text } = await post(signedBody(credentials(), action, params))
        if (status === 200) return { is: 'success' }
        return { is: 'failure', code: String((JSON.parse(text) as { readonly Code?: unknown }).Code) }
      } catch {
        // Whatever broke it, nobody was told anything.
        return { is: 'unknown' }
      }
    },
  }
}

export async function enrolmentKeyOf({ folder }: Place, serial: string): Promise<string> {
  const args = ['operator', 'device', 'add', '--serial', serial, '--model', 'sag-1000', '--version', '2.3.1.1']
  const { code, output, errors } = await runToEnd(process.execPath, [program, ...args, '--json', '--data', folder])
  if (code !== 0) throw new Error(`opensag operator device add ended with ${code}: ${errors}`)
  return (JSON.parse(output) as { readonly enrolmentKey: string }).enrolmentKey
}

export async function reachable(api: Api): Promise<void> {
  await until('the server answers', async () => (await api.tell('DescribeRegions', {})).is === 'success', limit(60_000))
}

export function freePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, host, () => {
      const { port } = probe.address() as { readonly port: number }
      probe.close(() => resolve(port))
    })
  })
}
