import { createRequire } from 'node:module'
import type { Credentials } from './sandbox.ts'
import { send, signedBody } from './signed-request.ts'
import { limit } from './time.ts'

const require = createRequire(import.meta.url)

type Answer = Readonly<Record<string, unknown>>

interface PopCoreClient {
  request(action: string, params: object, options?: object): Promise<Answer>
}

/** The official V1 client. Its errors carry `code` and `data`. */
export function popCore(credentials: Credentials): PopCoreClient {
  const { RPCClient } = require('@alicloud/pop-core') as {
    RPCClient: new (config: object) => PopCoreClient
  }
  return new RPCClient({
    endpoint: credentials.endpoint,
    accessKeyId: credentials.accessKeyId,
    accessKeySecret: credentials.accessKeySecret,
    apiVersion: '2018-03-13',
    opts: { timeout: limit(60_000) },
  })
}

/** The instance a device is bound to, as the API tells it. */
export async function instanceOf(credentials: Credentials, serial: string): Promise<string> {
  const answer = await popCore(credentials).request('DescribeSmartAccessGateways', {
    RegionId: credentials.regionId,
    SerialNumber: serial,
  })
  const found = answer['SmartAccessGateways'] as {
    readonly SmartAccessGateway: readonly { readonly SmartAGId: string }[]
  }
  const [instance] = found.SmartAccessGateway
  if (instance === undefined) throw new Error(`No instance has the device ${serial}.`)
  return instance.SmartAGId
}

/** Ends every session of the console, as an administrator does elsewhere. */
export async function endSessions(credentials: Credentials): Promise<void> {
  const ask = async (action: string, params: Readonly<Record<string, string>>) => {
    const { status, body } = await send(credentials.endpoint, signedBody(credentials, action, params, '2026-12-01'))
    if (status !== 200) throw new Error(`${action}: ${status}`)
    return body
  }
  const { Sessions } = await ask('ListConsoleSessions', { AllUsers: 'true' })
  for (const { SessionId } of Sessions as readonly { readonly SessionId: string }[]) {
    await ask('RevokeConsoleSession', { SessionId })
  }
}
