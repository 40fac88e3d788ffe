import { X509Certificate } from 'node:crypto'
import { tunnelIdentityOf } from '@opensag/protocol'
import { authorityCertificate } from '../network/certificates.ts'
import { findRemoteAccess, numberApps, servingPop } from '../store/pops/apps.ts'
import { openKeyPair } from '../store/sealed-key-pair.ts'
import type { RemoteAccessContext } from './context.ts'
import type { Account } from './logon.ts'
import { LogonRefusal } from './refusals.ts'

/** What an OpenVPN client has to know to open the tunnel of a service. There is no secret in it. */
export interface TunnelProfile {
  readonly SmartAGId: string
  /** IPv4 address and UDP port. */
  readonly Endpoint: string
  readonly Port: number
  /** The name in the certificate of the server. */
  readonly ServerName: string
  /** Who signs that certificate; PEM. */
  readonly Authority: string
}

/** @throws LogonRefusal when the service has no tunnels */
export async function profileFor(
  { store, sealer, random, businessClock }: RemoteAccessContext,
  { instanceId }: Pick<Account, 'instanceId'>,
): Promise<TunnelProfile> {
  await numberApps(store)
  const found = await store.read(async (db) => {
    const pop = await servingPop(db)
    const served = pop && (await findRemoteAccess(db, pop.serial, businessClock()))
    const instance = served?.find((one) => one.instance === instanceId)
    return instance && pop && { ...pop, port: instance.port }
  })
  if (found === undefined) throw new LogonRefusal('NoTunnel')
  const { serial, endpoint, port } = found
  const authority = authorityCertificate(await openKeyPair('network_authority', { store, sealer, random }))
  const Authority = new X509Certificate(authority).toString()
  return { SmartAGId: instanceId, Endpoint: endpoint, Port: port, ServerName: tunnelIdentityOf(serial), Authority }
}
