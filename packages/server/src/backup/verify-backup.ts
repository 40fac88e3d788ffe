import { resolve } from 'node:path'
import { keyPairFrom } from '@opensag/protocol'
import type { Kysely } from 'kysely'
import type { PassphraseSource } from '../master-key/key-files.ts'
import { type SealedPlace, type SealedValue, sealedPlaces } from '../master-key/sealed-places.ts'
import { createSealer, type Sealer } from '../sealing/sealing.ts'
import { TrailBroken, trailParts, type Verified, verifyTrail } from '../store/audit/verify.ts'
import type { Schema } from '../store/schema.ts'
import { readSealedSettings, settingContext } from '../store/sealed-settings.ts'
import { readingWhole } from '../store/sqlite/copy.ts'
import { checkBackup, checkFiles } from './check-backup.ts'
import { BackupRefused } from './errors.ts'
import type { Manifest } from './manifest.ts'

export interface VerifyOptions {
  /** The folder of a backup. */
  readonly from: string
  /** Where the master key is, when the backup was made without it. */
  readonly masterKey?: string | undefined
  /** Opens a wrapped master key. */
  readonly passphrase?: PassphraseSource | undefined
  /** Whether what needs the key is looked at; without it, the files and the database are. */
  readonly withMasterKey: boolean
}

export interface VerifiedBackup {
  readonly manifest: Manifest
  /** What the key was needed for; undefined when that was not looked at. */
  readonly underKey: UnderKey | undefined
}

interface UnderKey {
  /** How many values are sealed; each opens. */
  readonly sealedValues: number
  /** Undefined for a version without seals. */
  readonly trail: Verified | undefined
}

/** Values that are read at a time. */
const slice = 500

/**
 * Looks whether a backup is whole and can be restored, as it lies there; nothing is written. Its manifest, the checksums of its
 * files, the database with every index and reference, the master key, each value that is sealed under it, and the seals of the
 * audit trail.
 *
 * @throws BackupRefused, NewerDataFolder, DamagedDataFolder
 */
export async function verifyBackup(options: VerifyOptions): Promise<VerifiedBackup> {
  const folder = resolve(options.from)
  if (!options.withMasterKey) {
    const { manifest, database } = await checkFiles(folder)
    await readingWhole(database, async () => {})
    return { manifest, underKey: undefined }
  }
  const { manifest, database, masterKey } = await checkBackup(folder, options.masterKey, options.passphrase)
  const sealer = createSealer(masterKey.key)
  const underKey = await readingWhole(database, async (db) => {
    const columns = await columnsIn(db)
    const sealedValues = await openEach(db, { columns, sealer, folder })
    return { sealedValues, trail: columns.has('audit_seal.number') ? await trailIn(db, sealer, folder) : undefined }
  })
  return { manifest, underKey }
}

/** @throws BackupRefused that names each that does not open, up to ten */
async function openEach(
  db: Kysely<Schema>,
  {
    columns,
    sealer,
    folder,
  }: { readonly columns: ReadonlySet<string>; readonly sealer: Sealer; readonly folder: string },
): Promise<number> {
  const unreadable: string[] = []
  let opened = 0
  for (const place of sealedPlaces.filter(({ name }) => columns.has(name))) {
    for await (const { id, sealed } of valuesOf(db, place)) {
      try {
        sealer.open(sealed, place.context(id))
        opened++
      } catch {
        unreadable.push(`${place.name} of ${id}`)
      }
    }
  }
  if (unreadable.length === 0) return opened
  const named = unreadable.slice(0, 10).join(', ')
  throw new BackupRefused(
    `The master key does not open ${unreadable.length} of ${opened + unreadable.length} sealed values of the backup in ${folder}: ${named}.`,
  )
}

async function* valuesOf(db: Kysely<Schema>, place: SealedPlace): AsyncGenerator<SealedValue> {
  let last: string | undefined = ''
  while (last !== undefined) {
    const values: readonly SealedValue[] = await place.after(db, last, slice)
    yield* values
    last = values.length < slice ? undefined : values.at(-1)?.id
  }
}

/** As `table.column`. A backup of an older version lacks some, and SQLite takes the name of such a one for a text. */
async function columnsIn(db: Kysely<Schema>): Promise<ReadonlySet<string>> {
  const tables = await db.introspection.getTables()
  return new Set(tables.flatMap(({ name, columns }) => columns.map((column) => `${name}.${column.name}`)))
}

/** @throws BackupRefused that says where it begins to differ from what the server sealed */
async function trailIn(db: Kysely<Schema>, sealer: Sealer, folder: string): Promise<Verified> {
  const key = (await readSealedSettings(db)).find(({ name }) => name === 'audit_key')
  const context = settingContext('audit_key')
  // A server that was never started has no key, and no entries.
  const publicKey = key === undefined ? '' : keyPairFrom('Ed25519', sealer.open(key.value, context)).publicKey
  try {
    return await verifyTrail(trailParts({ read: (work) => work(db) }), { publicKey })
  } catch (error) {
    if (!(error instanceof TrailBroken)) throw error
    throw new BackupRefused(`The audit trail of the backup in ${folder} is not intact: ${error.message}`, {
      cause: error,
    })
  }
}
