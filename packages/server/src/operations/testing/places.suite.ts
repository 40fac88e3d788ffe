// Support for tests: what other operations and the operator make around an instance, put straight into the store.
import { type Cidr, ipv4ToNumber, parseCidr } from '../../model/cidr.ts'
import { createRepositories, type Repositories } from '../../store/repositories.ts'
import { accountId, type Harness, regionId } from './harness.suite.ts'

export function net(text: string): Cidr {
  const parsed = parseCidr(text)
  if (typeof parsed === 'string') throw new Error(`${text}: ${parsed}`)
  return parsed
}

export function ip(text: string): number {
  const number = ipv4ToNumber(text)
  if (number === undefined) throw new Error(`${text} is no address`)
  return number
}

export function change<T>(world: Harness, work: (repositories: Repositories) => Promise<T>): Promise<T> {
  return world.store.write((tx) => work(createRepositories(tx)))
}

let count = 0

/** A CCN, in which the instances are. */
export async function addCcn(
  world: Harness,
  given: { readonly cidrs?: string; readonly snatCidrs?: string; readonly cenId?: string } = {},
  ...members: readonly string[]
): Promise<string> {
  count += 1
  const id = `ccn-test${count}`
  await world.store.write((tx) =>
    tx
      .insertInto('ccn')
      .values({
        id,
        account_id: accountId,
        region_id: regionId,
        cidr_block: given.cidrs ?? null,
        snat_cidr_block: given.snatCidrs ?? null,
        interworking: 'enable',
        is_default: 0,
        created_at: world.now,
        cen_id: given.cenId ?? null,
      })
      .execute(),
  )
  for (const member of members) await change(world, ({ networks }) => networks.bind(member, id, world.now))
  return id
}

export async function addVbr(
  world: Harness,
  given: { readonly cenId: string; readonly routes: readonly string[]; readonly instanceId?: string },
): Promise<string> {
  count += 1
  const id = `vbr-test${count}`
  const { cenId, routes, instanceId } = given
  await change(world, async ({ networks }) => {
    await networks.addVbr({ id, accountId, regionId, cenId, bgp: true, routes: routes.map(net) })
    if (instanceId !== undefined) await networks.bindVbr(id, instanceId, world.now)
  })
  return id
}

export async function addUser(world: Harness, instanceId: string, roamedFrom?: string): Promise<string> {
  count += 1
  const name = `user${count}`
  await world.store.write((tx) =>
    tx
      .insertInto('client_user')
      .values({
        instance_id: instanceId,
        name,
        mail: 'user@example.com',
        bandwidth: 2000,
        password_hash: '',
        state: 'enabled',
        created_at: world.now,
        password_changed_at: world.now,
        traffic_bytes: 0,
        traffic_month: 0,
        roamed_from: roamedFrom ?? null,
      })
      .execute(),
  )
  return name
}

/** Another one's instance may be bound to a CCN of the account that calls. */
export async function grant(world: Harness, instanceId: string, ccnId: string): Promise<void> {
  count += 1
  const id = `sgc-test${count}`
  await change(world, ({ networks }) =>
    networks.grant({ id, instanceId, ccnId, ccnAccountId: accountId, trafficService: false, createdAt: world.now }),
  )
}

/** The owner of the instance grants it to a CCN of that account. */
export function grantTo(world: Harness, instanceId: string, ccnAccountId: string): Promise<void> {
  count += 1
  const grant = { id: `sgc-test${count}`, instanceId, ccnId: `ccn-test${count}`, ccnAccountId }
  return change(world, ({ networks }) => networks.grant({ ...grant, trafficService: false, createdAt: world.now }))
}
