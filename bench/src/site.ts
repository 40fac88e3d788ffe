import { accountOf } from './contenders.ts'
import type { Peer } from './peers.ts'
import { type BenchUser, createBenchUser } from './seed.ts'
import { signedForm } from './sign.ts'
import { callers, purchaseInstances, serial } from './workload.ts'

/** A server with an instance and a device for each caller, and a user with the rights for them. */
export interface Site {
  readonly peer: Peer
  readonly user: BenchUser
  readonly instances: readonly string[]
  readonly data: string
}

export async function openSite(peer: Peer, data: string): Promise<Site> {
  const account = accountOf(data)
  const instances = await purchaseInstances(peer, data, account)
  return { peer, data, instances, user: await createBenchUser(peer, account) }
}

/** Updates one row of so many; callers have one each. */
export function writeParams(
  { instances }: Pick<Site, 'instances'>,
  turn: number,
  rows = callers,
): Readonly<Record<string, string>> {
  return { SmartAGId: instances[turn % rows] ?? '', Name: `branch-${turn}` }
}

export function writeForm(site: Site, turn: number, rows?: number): string {
  return signedForm(site.user, 'ModifySmartAccessGateway', writeParams(site, turn, rows))
}

export function readForm({ user, instances }: Site, turn: number): string {
  const caller = turn % callers
  return signedForm(user, 'DescribeSAGDeviceInfo', { SmartAGId: instances[caller] ?? '', SmartAGSn: serial(caller) })
}
