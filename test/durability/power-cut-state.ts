import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { nodeId, openDataFolder } from '../../packages/server/src/data-folder.ts'
import { keyDiskOf } from '../../packages/server/src/master-key/key-files.ts'
import { openMasterKey } from '../../packages/server/src/master-key/master-key.ts'
import type { Sealer } from '../../packages/server/src/sealing/sealing.ts'
import { accessKeyContext } from '../../packages/server/src/store/access/keys.ts'
import { enrolmentKeyContext } from '../../packages/server/src/store/fleet/stored-fleet.ts'
import { openSqliteStore } from '../../packages/server/src/store/sqlite/open.ts'
import type { Reader, Store } from '../../packages/server/src/store/store.ts'
import type { Fact } from './power-cut-server.ts'

/**
 * Opens a data folder as a start of the server does, and tells which facts are not so in it.
 * @throws when it does not open, or holds something that does not open
 */
export async function missingIn(path: string, facts: readonly Fact[]): Promise<readonly string[]> {
  const folder = await openDataFolder(path)
  const store = await openSqliteStore({ folder: path })
  try {
    const isFirst = (await store.read((db) => db.selectFrom('account').select('id').execute())).length === 0
    const { ring: sealer } = await openMasterKey({ disk: keyDiskOf(path), random: randomBytes, mayCreate: isFirst })
    await nodeId(folder.nodeId)
    await store.read((db) => openEverything(db, sealer))
    const opened = { store, sealer, credentials: folder.credentials }
    const found = await Promise.all(facts.map((fact) => isSo(fact, opened)))
    return facts.filter((_, index) => found[index] === false).map((fact) => JSON.stringify(fact))
  } finally {
    await store.close()
  }
}

/** Whatever is sealed opens with the key beside it, acknowledged or not. */
async function openEverything(db: Reader, sealer: Sealer): Promise<void> {
  for (const { id, secret_sealed } of await db.selectFrom('access_key').select(['id', 'secret_sealed']).execute()) {
    sealer.open(secret_sealed, accessKeyContext(id))
  }
  const devices = await db.selectFrom('device').select(['serial', 'enrolment_key_sealed']).execute()
  for (const { serial, enrolment_key_sealed } of devices) {
    sealer.open(enrolment_key_sealed, enrolmentKeyContext(serial))
  }
  const identity = await db
    .selectFrom('setting')
    .select('value')
    .where('name', '=', 'channel_identity')
    .executeTakeFirst()
  if (identity !== undefined) sealer.open(identity.value, 'setting/value/channel_identity')
}

interface Opened {
  readonly store: Store
  readonly sealer: Sealer
  readonly credentials: string
}

async function isSo(fact: Fact, { store, sealer, credentials }: Opened): Promise<boolean> {
  switch (fact.is) {
    case 'key': {
      const key = await store.read((db) =>
        db.selectFrom('access_key').select('secret_sealed').where('id', '=', fact.id).executeTakeFirst(),
      )
      return key !== undefined && sealer.open(key.secret_sealed, accessKeyContext(fact.id)).reveal() === fact.secret
    }
    case 'credentials file': {
      const found = JSON.parse(await readFile(credentials, 'utf8').catch(() => '{}')) as Record<string, unknown>
      return found['accessKeyId'] === fact.id && found['accessKeySecret'] === fact.secret
    }
    case 'instance': {
      const found = await store.read((db) =>
        db.selectFrom('instance').select('name').where('id', '=', fact.id).executeTakeFirst(),
      )
      return found?.name === fact.name
    }
    case 'activated': {
      const found = await store.read((db) =>
        db.selectFrom('instance').select('activated_at').where('id', '=', fact.id).executeTakeFirst(),
      )
      return (found?.activated_at ?? null) !== null
    }
    case 'device': {
      const found = await store.read((db) =>
        db.selectFrom('device').select('enrolment_key_sealed').where('serial', '=', fact.serial).executeTakeFirst(),
      )
      if (found === undefined) return false
      return sealer.open(found.enrolment_key_sealed, enrolmentKeyContext(fact.serial)).reveal() === fact.enrolmentKey
    }
    case 'password': {
      const held = await store.read((db) =>
        db.selectFrom('device').select('password_generation').where('serial', '=', fact.serial).executeTakeFirst(),
      )
      const change = await store.read((db) =>
        db.selectFrom('password_change').select('outcome').where('request_id', '=', fact.requestId).executeTakeFirst(),
      )
      return (held?.password_generation ?? 0) >= fact.generation && change?.outcome === 'succeeded'
    }
    case 'nonce': {
      const burn = await store.burnNonce({
        accessKeyId: fact.keyId,
        nonce: fact.nonce,
        expiresAt: Number.MAX_SAFE_INTEGER,
      })
      await burn.durable
      return !burn.fresh
    }
  }
}
