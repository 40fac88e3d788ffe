import { startSession } from '../../store/remote-users/client-sessions.ts'
import type { ClientUserTable } from '../../store/remote-users/tables.ts'
import type { Harness } from './harness.suite.ts'
import { ip, setBlocks } from './networks.suite.ts'

/** An App that serves, with room for five accounts. Without a pool when `pool` is empty. */
export async function addApp(
  world: Harness,
  { pool = '10.9.0.0/24', ...instance }: Parameters<Harness['addInstance']>[0] & { readonly pool?: string } = {},
): Promise<string> {
  const id = await world.addInstance({ kind: 'app', userCount: 5, dataPlan: 5, ...instance })
  if (pool !== '') await setBlocks(world, id, pool)
  return id
}

export async function addUser(
  world: Harness,
  instanceId: string,
  name = 'doctest',
  given: Partial<ClientUserTable> = {},
): Promise<void> {
  const user: ClientUserTable = {
    instance_id: instanceId,
    name,
    mail: `${name}@example.com`,
    bandwidth: 2000,
    accelerate_bandwidth: null,
    client_ip: null,
    password_hash: 'the old hash',
    state: 'enabled',
    created_at: world.now,
    password_changed_at: world.now,
    traffic_bytes: 0,
    traffic_month: 0,
    roamed_from: null,
    ...given,
  }
  await world.store.write((tx) => tx.insertInto('client_user').values(user).execute())
}

export async function addSession(
  world: Harness,
  instanceId: string,
  userName = 'doctest',
  address = '10.9.0.2',
): Promise<void> {
  const session = { id: `${instanceId}/${userName}`, instanceId, userName, address: ip(address) }
  const online = { onlineAt: world.now, lastSeenAt: world.now, terminal: 'Linux', source: '192.0.2.1' }
  await world.store.write((tx) => startSession(tx, { ...session, ...online }, `hash of ${session.id}`))
}

export function userRow(world: Harness, instanceId: string, name = 'doctest'): Promise<ClientUserTable | undefined> {
  return world.store.read((db) =>
    db
      .selectFrom('client_user')
      .selectAll()
      .where('instance_id', '=', instanceId)
      .where('name', '=', name)
      .executeTakeFirst(),
  )
}

/** Names of the accounts that are online. */
export async function online(world: Harness): Promise<readonly string[]> {
  const rows = await world.store.read((db) => db.selectFrom('client_session').select('user_name').execute())
  return rows.map((row) => row.user_name)
}
