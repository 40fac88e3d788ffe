import { randomBytes } from 'node:crypto'
import { Secret } from '@opensag/protocol'
import { openIdentity } from '../channel/identity.ts'
import type { Sealer } from '../sealing/sealing.ts'
import { accessKeyContext, createAccount } from '../store/access/keys.ts'
import { MfaDevices, seedContext } from '../store/access/mfa-devices.ts'
import { sessionContext } from '../store/access/sts-sessions.ts'
import { openSealKey } from '../store/audit/seal-key.ts'
import { createFleet } from '../store/fleet/create-fleet.ts'
import { enrolmentKeyContext } from '../store/fleet/stored-fleet.ts'
import { sealedSettings, settingContext } from '../store/sealed-settings.ts'
import type { Store } from '../store/store.ts'
import { keyDiskOf } from './key-files.ts'
import { type MasterKey, type MasterKeyOptions, openMasterKey } from './master-key.ts'

export function openKeyOf(folder: string, options: Partial<MasterKeyOptions> = {}): Promise<MasterKey> {
  return openMasterKey({ disk: keyDiskOf(folder), random: randomBytes, mayCreate: false, wrappingCost: 2, ...options })
}

/** A data folder with something sealed in every place; answers what everything in it opens to. */
export async function newSealedFolder(
  folder: string,
  openStore: (folder: string) => Promise<Store>,
  { devices, ...options }: { readonly devices: number } & Partial<MasterKeyOptions>,
): Promise<Readonly<Record<string, string>>> {
  const { ring } = await openKeyOf(folder, { ...options, mayCreate: true })
  const store = await openStore(folder)
  await openIdentity({ store, sealer: ring, random: randomBytes })
  await openSealKey(store, ring, randomBytes)
  await store.write(async (tx) => {
    const account = await createAccount(tx, ring, { name: 'one', now: 0, random: randomBytes })
    await tx
      .insertInto('sts_session')
      .values({
        id: 'STS.one',
        account_id: account.accountId,
        secret_sealed: ring.seal(Secret.of('secret of a session'), sessionContext('STS.one')),
        token_hash: '',
        created_at: 0,
        expires_at: Number.MAX_SAFE_INTEGER,
        access_key_id: account.accessKeyId,
        user_id: null,
        profile_tag: null,
        role_id: null,
        session_name: null,
        policy: null,
        begun_by: '',
      })
      .execute()
    await new MfaDevices(tx, ring).add(account.accountId, 'phone/of one', Secret.of('seed'), 0)
    const fleet = createFleet(tx, ring)
    for (let number = 0; number < devices; number++) {
      await fleet.addDevice({
        serial: `sag${number}`,
        model: 'sag-1000',
        version: '2.3.1.1',
        resettable: true,
        createdAt: 0,
        enrolmentKey: Secret.of(`key of ${number}`),
      })
    }
  })
  const all = await openAll(store, ring)
  await store.close()
  return all
}

/**
 * Everything sealed in a store, opened.
 *
 * @throws when something does not open
 */
export function openAll(store: Store, sealer: Sealer): Promise<Readonly<Record<string, string>>> {
  return store.read(async (db) => {
    const found: Record<string, string> = {}
    const add = (context: string, sealed: string): void => {
      found[context] = sealer.open(sealed, context).reveal()
    }
    for (const { name, value } of await db.selectFrom('setting').selectAll().execute()) {
      const sealed = sealedSettings.find((one) => one === name)
      if (sealed !== undefined) add(settingContext(sealed), value)
    }
    for (const row of await db.selectFrom('access_key').select(['id', 'secret_sealed']).execute()) {
      add(accessKeyContext(row.id), row.secret_sealed)
    }
    for (const row of await db.selectFrom('sts_session').select(['id', 'secret_sealed']).execute()) {
      add(sessionContext(row.id), row.secret_sealed)
    }
    for (const row of await db.selectFrom('ram_mfa_device').selectAll().execute()) {
      add(seedContext(row.account_id, row.name), row.seed_sealed)
    }
    for (const row of await db.selectFrom('device').select(['serial', 'enrolment_key_sealed']).execute()) {
      add(enrolmentKeyContext(row.serial), row.enrolment_key_sealed)
    }
    return found
  })
}
