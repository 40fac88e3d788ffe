// Support for tests with SAG APP instances, their accounts and who is online.
import { type Cidr, ipv4ToNumber, parseCidr } from '../../model/cidr.ts'
import { startSession } from '../../store/client-sessions.ts'
import type { NewInstance } from '../../store/fleet.ts'
import { createRepositories, type Repositories } from '../../store/repositories.ts'
import type { Harness } from './harness.suite.ts'

type World = Pick<Harness, 'store' | 'addInstance' | 'now'>

export function network(text: string): Cidr {
  const cidr = parseCidr(text)
  if (typeof cidr === 'string') throw new Error(`${text} is no network: ${cidr}`)
  return cidr
}

export function ipv4(text: string): number {
  const address = ipv4ToNumber(text)
  if (address === undefined) throw new Error(`${text} is no address`)
  return address
}

/** Changes things the way operations do, without one. */
export function change<T>({ store }: Pick<Harness, 'store'>, work: (units: Repositories) => Promise<T>): Promise<T> {
  return store.write((tx) => work(createRepositories(tx)))
}

/** A paid SAG APP instance in a CCN, with a pool. */
export async function addApp(
  world: World,
  {
    pool = ['10.9.9.0/24'],
    inCcn = true,
    ...given
  }: Partial<NewInstance> & { readonly pool?: readonly string[]; readonly inCcn?: boolean; state?: 'unpaid' } = {},
): Promise<string> {
  const id = await world.addInstance({ kind: 'app', userCount: 5, dataPlan: 5, ...given })
  await setPool(world, id, pool)
  if (inCcn) await putIntoCcn(world, id, 'ccn-test')
  return id
}

export async function putIntoCcn({ store }: World, id: string, ccnId: string | null): Promise<void> {
  await store.write(async (tx) => {
    await tx.updateTable('instance').set({ ccn_id: ccnId }).where('id', '=', id).execute()
  })
}

export async function setPool(world: World, id: string, pool: readonly string[]): Promise<void> {
  await change(world, ({ addresses }) => addresses.replaceCidrs(id, undefined, pool.map(network)))
}

/** With a hash no password opens, unless one is given. */
export async function addUser(
  world: World,
  instanceId: string,
  name: string,
  { clientIp, passwordHash = 'none' }: { readonly clientIp?: string; readonly passwordHash?: string } = {},
): Promise<void> {
  await change(world, ({ remoteUsers }) =>
    remoteUsers.addUser({
      instanceId,
      name,
      mail: 'user@example.com',
      bandwidth: 2000,
      clientIp: clientIp === undefined ? undefined : ipv4(clientIp),
      passwordHash,
      createdAt: world.now,
    }),
  )
}

export async function addSession(world: World, instanceId: string, userName: string, address: string): Promise<void> {
  const session = { id: `${instanceId}/${userName}`, instanceId, userName, address: ipv4(address) }
  const online = { onlineAt: world.now, lastSeenAt: world.now, terminal: 'test', source: '192.0.2.1' }
  await world.store.write((tx) => startSession(tx, { ...session, ...online }, `hash of ${session.id}`))
}
