import { spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:https'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { root, runToEnd } from '../support/process.ts'
import type { Credentials } from '../support/sandbox.ts'
import { signedBody } from '../support/signed-request.ts'
import { limit, until } from '../support/time.ts'
import type { Box, Machine } from './box.ts'
import { program, type Service, supervise, superviseInside } from './service.ts'

/** The data folder of an agent or a point of presence, in its box. */
export const state = '/var/lib/opensag-agent'

export interface Place {
  readonly folder: string
  readonly host: string
  readonly port: number
}

/** @param of The command line program whose server it is. */
export function startServer({ folder, host, port }: Place, of = program, more: readonly string[] = []): Service {
  const place = ['--data', folder, '--host', host, '--port', String(port)]
  const tls = ['--tls-cert', join(folder, 'server.pem'), '--tls-key', join(folder, 'server.key')]
  // Short, so that a lost connection costs the test seconds and no minutes; not shorter than what a computed processor needs.
  const slower = Math.max(1, Math.floor(Number(process.env['OPENSAG_TIME_FACTOR']) || 1))
  const limits = { heartbeat: 1, 'answer-within': 3, 'config-confirm': 5 }
  const short = Object.entries(limits).flatMap(([name, seconds]) => [`--${name}`, String(seconds * slower)])
  const given = ['--write-credentials', join(folder, 'credentials.json'), '--log-level', 'warn']
  return supervise(
    () => spawn(process.execPath, [of, 'server', ...place, ...tls, ...short, ...given, ...more], { cwd: root }),
    (child) => (child.exitCode === null && child.signalCode === null ? child.pid : undefined),
  )
}

/** Its data folder is a file system of its own, so small that it can be filled. A box without a cable has a way already. */
export async function prepareGateway(box: Machine | Box, { folder, host }: Place, enrolmentKey: string): Promise<void> {
  const way = 'hostAddress' in box && host !== box.hostAddress ? box.hostAddress : undefined
  await box.run(['useradd', '-m', '-s', '/bin/sh', 'admin'])
  mkdirSync(box.path('/etc/opensag'), { mode: 0o700 })
  writeFileSync(box.path('/etc/opensag/enrolment-key'), `${enrolmentKey}\n`, { mode: 0o600 })
  copyFileSync(join(folder, 'server.pem'), box.path('/etc/opensag/ca.pem'))
  for (const command of [
    ['mkdir', '-p', state],
    ['mount', '-t', 'tmpfs', '-o', 'size=256k,mode=0700', 'tmpfs', state],
    ...(way === undefined ? [] : [['ip', 'route', 'add', 'default', 'via', way]]),
  ] as const) {
    const { status, stderr } = await box.run(command as [string, ...string[]])
    if (status !== 0) throw new Error(`${command.join(' ')}: ${stderr}`)
  }
}

/** @param more Further options. */
export function startAgent(
  box: Machine,
  place: Place,
  serial: string,
  more: readonly string[] = [],
  before: readonly string[] = [],
): Service {
  const kept = ['--linux-account', 'admin', '--console', '0.0.0.0:8080']
  return superviseInside(box, ['agent', ...enrolled(place, serial), ...kept, ...more], before)
}

/** @param more Further options. */
export function startPop(
  box: Machine,
  place: Place,
  serial: string,
  more: readonly string[],
  before: readonly string[],
): Service {
  return superviseInside(box, ['pop', ...enrolled(place, serial), ...more], before)
}

/** What a prepared box is enrolled by. */
function enrolled({ host, port }: Place, serial: string): readonly string[] {
  const place = ['--server', `wss://${host}:${port}`, '--ca', '/etc/opensag/ca.pem', '--serial', serial]
  const kept = ['--data', state, '--enrolment-key-file', '/etc/opensag/enrolment-key']
  return [...place, ...kept, '--log-level', 'info']
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
  // A state is asked for until it is the expected one: not on a new connection each time.
  const kept = new Agent({ keepAlive: true })

  function post(
    body: string,
    agent: Agent | false = false,
  ): Promise<{ readonly status: number; readonly text: string }> {
    return new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) }
      const asked = request({ host, port, ca, method: 'POST', headers, agent, timeout: limit(30_000) }, (answer) => {
        let text = ''
        answer.setEncoding('utf8').on('data', (part: string) => {
          text += part
        })
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }))
        answer.on('error', reject)
      })
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
      const body = signedBody(credentials(), 'DescribeSAGDeviceInfo', params)
      const answer = await post(body, kept).catch(() => undefined)
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

export async function enrolmentKeyOf(place: Place, serial: string): Promise<string> {
  return keyOfNew(place, 'device', ['--serial', serial, '--model', 'sag-1000', '--version', '2.3.1.1'])
}

/** @param endpoint Where it takes tunnels. */
export async function enrolmentKeyOfPop(place: Place, serial: string, endpoint: string): Promise<string> {
  return keyOfNew(place, 'pop', ['--serial', serial, '--endpoint', endpoint])
}

async function keyOfNew(place: Place, what: string, given: readonly string[]): Promise<string> {
  return (await operator<{ readonly enrolmentKey: string }>(place, what, 'add', ...given)).enrolmentKey
}

/** What `opensag operator …` answers. @throws when it fails */
export async function operator<T>({ folder }: Place, ...args: readonly string[]): Promise<T> {
  const whole = [program, 'operator', ...args, '--json', '--data', folder]
  const { code, output, errors } = await runToEnd(process.execPath, whole)
  if (code !== 0) throw new Error(`opensag operator ${args.join(' ')} ended with ${code}: ${errors}`)
  return JSON.parse(output) as T
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
