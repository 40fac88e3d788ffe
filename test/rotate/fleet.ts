import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Secret } from '@opensag/protocol'
import { type ApiKey, callApi } from '../../packages/cli/src/api-client.ts'
import { askOperator } from '../../packages/cli/src/operator-client.ts'
import { mapConcurrently } from '../../packages/cli/src/rotate/concurrency.ts'
import { logOn } from '../support/local-console.ts'
import { type Running, runOpensag } from '../support/process.ts'
import { readCredentials } from '../support/sandbox.ts'
import { purchase } from '../support/signed-request.ts'
import { type ChildGateway, type Trouble, troubles } from './troubles.ts'

export interface FleetGateway {
  readonly serial: string
  readonly instanceId: string
  readonly model: string
  readonly trouble: Trouble | undefined
  readonly oldPassword: string
}

export interface FleetContext {
  readonly data: string
  /** For files of the test. */
  readonly folder: string
  readonly key: ApiKey & { readonly regionId: string }
  readonly gateways: readonly FleetGateway[]
  readonly server: Running
  /** Whether a password opens the local console of a gateway. */
  opens(gateway: Pick<FleetGateway, 'serial'>, password: string): Promise<boolean>
  power(serial: string, state: 'on' | 'off'): Promise<void>
  close(): Promise<void>
}

export interface FleetSize {
  readonly gateways: number
  /** Gateways of each trouble. */
  readonly broken: number
  /** Longest time until a call that waits for a gateway is answered. */
  readonly answerWithinSeconds?: number
  /** More variables for the server, which has this data folder. */
  readonly environmentOf?: (data: string) => Promise<Readonly<Record<string, string>>>
}

const together = 32
/** Each has a connection and a console, and a process may have 20,000 open files on many machines. */
const gatewaysOfChild = 2_500

/** A real server process, and simulated gateways in processes of their own, each with a first password of its own. */
export async function startFleet({
  gateways: count,
  broken,
  answerWithinSeconds = 6,
  environmentOf = async () => ({}),
}: FleetSize): Promise<FleetContext> {
  const folder = await mkdtemp(join(tmpdir(), 'opensag-rotate-'))
  const data = join(folder, 'server')
  const credentials = join(data, 'credentials.json')
  const server = runOpensag(
    [
      ...['server', '--data', data, '--port', '0'],
      ...['--write-credentials', credentials, '--answer-within', String(answerWithinSeconds)],
    ],
    await environmentOf(data),
  )
  const [, endpoint = ''] = await server.printed(/listens on (http:\S+)/)
  const found = await readCredentials(data)
  const key = { ...found, endpoint, accessKeySecret: Secret.of(found.accessKeySecret) }

  const wanted = Array.from({ length: count }, (_, index) => {
    const trouble = index < broken * troubles.length ? troubles[index % troubles.length] : undefined
    const serial = `sagrot${String(index).padStart(6, '0')}`
    return { serial, trouble, ...kindOf(index, trouble), oldPassword: `Old_${randomBytes(8).toString('hex')}` }
  })
  const made = await mapConcurrently(wanted, together, async (one) => {
    const { serial, model, version } = one
    const added = await askOperator(data, 'device add', { serial, model, version })
    const { enrolmentKey } = added as { readonly enrolmentKey: string }
    return { ...one, enrolmentKey, instanceId: await buy(key, one) }
  })
  const children: { readonly child: ChildProcess; readonly serials: ReadonlySet<string> }[] = []
  const consoles = new Map<string, string>()
  for (let from = 0; from < made.length; from += gatewaysOfChild) {
    const part = made.slice(from, from + gatewaysOfChild)
    const child = await startChild(join(folder, `part-${from}.json`), `${endpoint.replace('http', 'ws')}/channel`, part)
    children.push({ child, serials: new Set(part.map(({ serial }) => serial)) })
  }
  function heard(message: { readonly consoles: Readonly<Record<string, string>> }): void {
    for (const [serial, console_] of Object.entries(message.consoles)) consoles.set(serial, console_)
  }
  await Promise.all(children.map(async ({ child }) => heard((await once(child, 'message'))[0])))
  for (const { instanceId, trouble } of made) {
    if (trouble === 'in-arrears') await askOperator(data, 'billing expire', { id: instanceId })
  }

  return {
    data,
    folder,
    key,
    gateways: made,
    server,
    async opens({ serial }, password) {
      const status = await logOn(consoles.get(serial) ?? '', password)
      if (status === 303) return true
      if (status === 401) return false
      throw new Error(`The local console of ${serial} answered ${status}.`)
    },
    async power(serial, state) {
      const child = children.find(({ serials }) => serials.has(serial))?.child
      child?.send(`power ${serial} ${state}`)
      if (child) heard((await once(child, 'message'))[0])
    },
    async close() {
      const ended = children.map(({ child }) => once(child, 'close'))
      for (const { child } of children) child.kill('SIGKILL')
      await Promise.all(ended)
      await server.kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function kindOf(index: number, trouble: Trouble | undefined): { readonly model: string; readonly version: string } {
  if (trouble === 'wrong-model') return { model: 'SCG5000', version: '3.4.1.0' }
  // Arrears and an unsynchronised configuration stand in the way of the older boxes' operation only.
  if (index % 5 === 4 && trouble === undefined) return { model: 'SCG5000', version: '3.4.2.0' }
  return { model: index % 2 === 0 ? 'sag-1000' : 'sag-100wm', version: '2.3.1.1' }
}

async function buy(
  key: FleetContext['key'],
  { serial, trouble }: { readonly serial: string; readonly trouble: Trouble | undefined },
): Promise<string> {
  async function call(
    action: string,
    params: Readonly<Record<string, string>>,
  ): Promise<Readonly<Record<string, unknown>>> {
    const { status, body } = await callApi(key, action, { RegionId: key.regionId, ...params })
    if (status !== 200) throw new Error(`${action}: ${body['Code']}: ${body['Message']}`)
    return body
  }
  const SmartAGId = String(
    (await call('CreateSmartAccessGateway', { ...purchase, Name: `branch-${serial}` }))['SmartAGId'],
  )
  await call('BindSerialNumber', { SmartAGId, SerialNumber: serial })
  if (trouble !== 'not-activated') await call('ActivateSmartAccessGateway', { SmartAGId })
  return SmartAGId
}

/** Runs a source file as the tests do, in a process of its own. */
const runner = `
  import { createViteServer } from 'vitest/node'
  const server = await createViteServer({
    configFile: false, logLevel: 'error', appType: 'custom', optimizeDeps: { noDiscovery: true },
    ssr: { resolve: { conditions: ['opensag-source', 'node'] } },
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  })
  await server.ssrLoadModule(process.argv[1])
`
const source = fileURLToPath(new URL('./fleet-child.suite.ts', import.meta.url))

async function startChild(file: string, serverUrl: string, part: readonly ChildGateway[]): Promise<ChildProcess> {
  await writeFile(file, JSON.stringify(part))
  const args = ['--input-type=module', '--eval', runner, source, serverUrl, file]
  return spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
}
