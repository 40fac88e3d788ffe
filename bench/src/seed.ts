import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Peer } from './peers.ts'
import type { Key } from './sign.ts'
import { send } from './workload.ts'

/** What the hand-written path starts from. */
export interface Seed {
  readonly database: string
  readonly user: BenchUser
  readonly policy: typeof policy
}

/** A RAM user who calls: the account itself is not subject to policies, so nothing would be checked. */
export interface BenchUser extends Key {
  readonly accountId: string
  readonly userId: string
  readonly userName: string
}

const userName = 'bench'
/** Small, and neither the first statement nor the first pattern is the one that decides. */
const policy = {
  Version: '1',
  Statement: [
    { Effect: 'Deny', Action: ['smartag:Delete*', 'smartag:ModifySAGAdminPassword'], Resource: ['*'] },
    { Effect: 'Allow', Action: ['ram:Get*', 'ram:List*'], Resource: ['*'] },
    {
      Effect: 'Allow',
      Action: ['smartag:Describe*', 'smartag:ModifySmartAccessGateway'],
      Resource: ['acs:smartag:*:*:smartag/*'],
    },
  ],
}

/** The user that calls, with the rights for what is measured. */
export async function createBenchUser(peer: Peer, account: Key & { readonly accountId: string }): Promise<BenchUser> {
  const ram = (action: string, params: Readonly<Record<string, string>>): Promise<Readonly<Record<string, unknown>>> =>
    send(peer, account, action, { Version: '2015-05-01', ...params })
  const { User } = (await ram('CreateUser', { UserName: userName })) as { User: { UserId: string } }
  await ram('CreatePolicy', { PolicyName: userName, PolicyDocument: JSON.stringify(policy) })
  await ram('AttachPolicyToUser', { PolicyType: 'Custom', PolicyName: userName, UserName: userName })
  const { AccessKey } = (await ram('CreateAccessKey', { UserName: userName })) as {
    AccessKey: { AccessKeyId: string; AccessKeySecret: string }
  }
  const { AccessKeyId: accessKeyId, AccessKeySecret: accessKeySecret } = AccessKey
  return { accountId: account.accountId, userId: User.UserId, userName, accessKeyId, accessKeySecret }
}

/** The tables it shares with the server: as they are there, with their rows and indexes. */
const sharedTables = ['account', 'instance', 'device']

const ownTables = `
create table nonce (id integer not null primary key, hash text not null, expires_at integer not null) strict;
create table audit_event (id integer not null primary key, at integer not null, account_id text not null,
  principal text not null, principal_id text not null, access_key_id text not null, source text not null,
  product text not null, action text not null, level text not null, region_id text, resources text not null,
  outcome text, request_id text not null, details text, times integer, first_at integer, through text) strict;
create index audit_event_of_account on audit_event (account_id, at, id);
`

interface SqliteDatabase {
  exec(sql: string): unknown
  prepare(sql: string): { all(...parameters: readonly unknown[]): unknown[] }
  close(): void
}

/**
 * Makes the database of the hand-written path from that of a server.
 * @returns the file that its program is given
 */
export function seedHandWritten(serverData: string, folder: string, user: BenchUser): string {
  const Database = createRequire(import.meta.url)('libsql') as new (file: string) => SqliteDatabase
  const database = join(folder, 'hand-written.db')
  const db = new Database(database)
  try {
    db.exec('pragma journal_mode = wal; pragma foreign_keys = off')
    db.exec(`attach '${join(serverData, 'opensag.db').replaceAll("'", "''")}' as server`)
    const marks = sharedTables.map(() => '?').join(', ')
    const schema = `select sql from server.sqlite_master where tbl_name in (${marks}) and sql is not null order by type = 'index'`
    for (const { sql } of db.prepare(schema).all(...sharedTables) as { sql: string }[]) db.exec(sql)
    for (const table of sharedTables) db.exec(`insert into ${table} select * from server.${table}`)
    db.exec('detach server')
    db.exec(ownTables)
  } finally {
    db.close()
  }
  const file = join(folder, 'hand-written.json')
  writeFileSync(file, JSON.stringify({ database, user, policy } satisfies Seed), { mode: 0o600 })
  return file
}
