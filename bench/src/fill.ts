import { createRequire } from 'node:module'
import { join } from 'node:path'

interface SqliteDatabase {
  exec(sql: string): unknown
  prepare(sql: string): { all(...parameters: readonly unknown[]): unknown[] }
  close(): void
}

/** Writes into the database of a server that is not running: to call it a hundred thousand times would take an hour. */
function inDatabase(data: string, work: (db: SqliteDatabase) => void): void {
  const Database = createRequire(import.meta.url)('libsql') as new (file: string) => SqliteDatabase
  const db = new Database(join(data, 'opensag.db'))
  try {
    db.exec('pragma foreign_keys = off; begin')
    work(db)
    db.exec('commit; pragma wal_checkpoint(truncate)')
  } finally {
    db.close()
  }
}

function columnsOf(db: SqliteDatabase, table: string): readonly { readonly name: string; readonly type: string }[] {
  return db.prepare(`pragma table_info(${table})`).all() as { name: string; type: string }[]
}

const counting = (count: number): string =>
  `with recursive row(n) as (select 0 union all select n + 1 from row where n + 1 < ${count})`

/** Rows like the one there is, whatever columns it has, but for these, which are SQL of `n`. */
function multiply(db: SqliteDatabase, table: string, count: number, own: Readonly<Record<string, string>>): void {
  const columns = columnsOf(db, table).map(({ name }) => name)
  const values = columns.map((name) => own[name] ?? `one.${name}`)
  db.exec(`insert into ${table} (${columns.join(', ')}) ${counting(count)}
    select ${values.join(', ')} from row, (select * from ${table} order by rowid limit 1) as one`)
}

/** So many instances with a device each, like the first one there; every second in the network that is there. */
export function addInstances(data: string, count: number): void {
  inDatabase(data, (db) => {
    const [ccn] = db.prepare('select id from ccn limit 1').all() as { id: string }[]
    const inCcn = ccn === undefined ? 'null' : `iif(n % 2 = 0, '${ccn.id}', null)`
    multiply(db, 'instance', count, {
      id: `printf('sag-%018d', n)`,
      order_id: `'order-' || n`,
      name: `'branch-' || n`,
      created_at: 'one.created_at - n',
      ccn_id: inCcn,
    })
    multiply(db, 'device', count, {
      serial: `printf('sagmany%08d', n)`,
      instance_id: `printf('sag-%018d', n)`,
      connected_at: 'iif(n % 3 = 0, one.created_at, null)',
    })
  })
}

const base64url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** They came over so long, one after the other. */
const windowMs = 28 * 60_000

/** Used nonces that all still count. */
export function addNonces(data: string, count: number): void {
  inDatabase(data, (db) => {
    const { type } = columnsOf(db, 'nonce').find(({ name }) => name === 'hash') ?? { type: '' }
    // As a hash is written: base64url of which every character is as likely as any other, or bytes.
    const character = `substr('${base64url}', 1 + (random() & 63), 1)`
    const hash = type.toLowerCase() === 'text' ? Array(22).fill(character).join(' || ') : 'randomblob(16)'
    const from = Date.now() + 15 * 60_000
    db.exec(
      `insert into nonce (hash, expires_at) ${counting(count)} select ${hash}, ${from} + n * ${windowMs} / ${count} from row`,
    )
  })
}
