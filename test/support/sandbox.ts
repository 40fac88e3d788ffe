import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { opensag, type Running, runOpensag } from './process.ts'
import { until } from './time.ts'

export interface Credentials {
  readonly accountId: string
  readonly accessKeyId: string
  readonly accessKeySecret: string
  readonly regionId: string
  readonly endpoint: string
}

export interface OperatorDevice {
  readonly serial: string
  readonly model: string
  readonly version: string
  readonly instanceId: string | null
  readonly online: boolean
  readonly localConsole: string | null
  readonly adminPassword: 'NotSet' | 'NeverChanged' | 'Changed' | null
}

export interface Sandbox extends Credentials {
  readonly data: string
  readonly running: Running
  operator<T = unknown>(...args: readonly string[]): Promise<T>
  devices(): Promise<readonly OperatorDevice[]>
  /** The device once it is as wanted. */
  device(serial: string, wanted?: (device: OperatorDevice) => boolean): Promise<OperatorDevice>
  remove(): Promise<void>
}

/**
 * Starts `opensag sandbox` in a folder of its own and waits until it is ready.
 *
 * @param variables further settings
 */
export async function startSandbox(
  folder?: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<Sandbox> {
  const data = folder ?? (await mkdtemp(join(tmpdir(), 'opensag-sandbox-')))
  const settings = { OPENSAG_DATA: data, OPENSAG_PORT: '0', OPENSAG_LOG_LEVEL: 'debug', ...variables }
  const running = runOpensag(['sandbox'], settings)
  await running.printed(/is ready/)
  return { data, running, ...(await readCredentials(data)), ...operatorOf(data), remove: () => removal(data, running) }
}

async function removal(data: string, running: Running): Promise<void> {
  await running.stop()
  await rm(data, { recursive: true, force: true })
}

export async function readCredentials(data: string): Promise<Credentials> {
  return JSON.parse(await readFile(join(data, 'credentials.json'), 'utf8')) as Credentials
}

/** The operator side of the server that runs on this data folder. */
export function operatorOf(data: string): Pick<Sandbox, 'operator' | 'devices' | 'device'> {
  async function operator<T>(...args: readonly string[]): Promise<T> {
    const { code, output, errors } = await opensag(['operator', ...args, '--json', '--data', data])
    if (code !== 0) throw new Error(`opensag operator ${args.join(' ')} ended with ${code}: ${errors}`)
    return JSON.parse(output) as T
  }
  const devices = (): Promise<readonly OperatorDevice[]> => operator('device', 'list')
  const device: Sandbox['device'] = (serial, wanted = ({ online }) => online) =>
    until(`device ${serial}`, async () => (await devices()).find((one) => one.serial === serial && wanted(one)))
  return { operator, devices, device }
}
