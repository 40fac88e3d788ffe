import { join, resolve } from 'node:path'
import { openOwnAuthority } from '@opensag/server'
import type { Settings } from '../settings/schema.ts'
import { isSelfSigned } from '../settings/self-signed.ts'
import { call, type RegionKey } from './call.ts'

/** What `opensag sandbox --json` prints on one line when it is ready: all that a program has to know. */
interface Ready {
  readonly ready: true
  readonly endpoint: string
  readonly regionId: string
  /** Path of `credentials.json`, with the key pair. The secret itself is not printed. */
  readonly keyFile: string
  /** Path of the certificate of the authority, where the sandbox has made one of its own. */
  readonly caFile?: string
  readonly gateways: readonly {
    readonly name: string
    readonly instanceId: string
    readonly serials: readonly string[]
  }[]
}

export async function readyLine(endpoint: string, key: RegionKey, settings: Settings): Promise<string> {
  const { data } = settings
  const page = await call(key, 'DescribeSmartAccessGateways', { PageSize: 50 })
  const gateways = page.SmartAccessGateways.SmartAccessGateway.flatMap(
    ({ Name: name = '', SmartAGId: instanceId = '', SerialNumber = '' }) =>
      // One without is not a gateway: it is for remote users.
      SerialNumber === '' ? [] : [{ name, instanceId, serials: SerialNumber.split(',') }],
  )
  const ready: Ready = {
    ready: true,
    endpoint,
    regionId: key.regionId,
    keyFile: resolve(join(data, 'credentials.json')),
    ...(isSelfSigned(settings) ? { caFile: resolve((await openOwnAuthority(data)).file) } : {}),
    gateways: gateways.toSorted((one, other) => one.name.localeCompare(other.name)),
  }
  return JSON.stringify(ready)
}
