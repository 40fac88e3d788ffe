import { join, resolve } from 'node:path'
import { call, type RegionKey } from './call.ts'

/** What `opensag sandbox --json` prints on one line when it is ready: all that a program has to know. */
interface Ready {
  readonly ready: true
  readonly endpoint: string
  readonly regionId: string
  /** Path of `credentials.json`, with the key pair. The secret itself is not printed. */
  readonly keyFile: string
  readonly gateways: readonly {
    readonly name: string
    readonly instanceId: string
    readonly serials: readonly string[]
  }[]
}

export async function readyLine(endpoint: string, key: RegionKey, data: string): Promise<string> {
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
    gateways: gateways.toSorted((one, other) => one.name.localeCompare(other.name)),
  }
  return JSON.stringify(ready)
}
