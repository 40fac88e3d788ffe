import pg from 'pg'
import type { Database } from '../world/database.ts'

export interface OwnersSeen {
  /** Epochs of gateways that were seen. */
  readonly rows: number
  /** Epochs that two nodes had. */
  readonly twice: readonly string[]
}

/** Looks all the time who owns each gateway: an epoch of a gateway has one owner, and never another one. */
export async function watchOwners(database: Database, isOver: () => boolean): Promise<OwnersSeen> {
  const owners = new Map<string, string>()
  const twice: string[] = []
  while (!isOver()) {
    await new Promise((next) => setTimeout(next, 250))
    for (const { serial, owner_epoch: epoch, node } of await look(database)) {
      if (node === null) continue
      const key = `${serial}, epoch ${epoch}`
      const before = owners.get(key) ?? node
      if (before !== node) twice.push(`${key}: ${before} and ${node}`)
      owners.set(key, node)
    }
  }
  return { rows: owners.size, twice }
}

interface Row {
  readonly serial: string
  readonly owner_epoch: string
  readonly node: string | null
}

/** Nothing while the primary moves: it is looked at again. */
async function look(database: Database): Promise<readonly Row[]> {
  const primary = await database.primary()
  if (primary === undefined) return []
  const client = new pg.Client({
    connectionString: database.superuserUrl(primary),
    connectionTimeoutMillis: 1000,
    query_timeout: 1000,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    return (await client.query<Row>('select serial, owner_epoch, node from device where node is not null')).rows
  } catch (error) {
    // A mistake in the question would be repeated for ever.
    if (error instanceof pg.DatabaseError && error.code?.startsWith('42')) throw error
    return []
  } finally {
    client.end().catch(() => {})
  }
}
