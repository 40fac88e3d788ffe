import { hash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { masterKeyFile } from '../master-key/key-files.ts'
import { version } from '../version.ts'
import { BackupRefused } from './errors.ts'

export const manifestFile = 'manifest.json'
export const databaseFile = 'opensag.db'

/** Raised when older versions could not restore it rightly. */
const format = 1

const contentSchema = z.strictObject({
  kind: z.literal('opensag-backup'),
  format: z.literal(format),
  /** Of the program that made it. */
  version: z.string(),
  createdAt: z.iso.datetime(),
  /** The last step of the database's schema. */
  schema: z.string(),
  /** Rows by table. */
  rows: z.record(z.string(), z.number().int()),
  masterKey: z.enum(['included', 'included, wrapped', 'left out']),
  note: z.string(),
  files: z.array(
    z.strictObject({ name: z.enum([databaseFile, masterKeyFile]), bytes: z.number().int(), sha256: z.string() }),
  ),
  /** SHA-256 of all of the above; versions up to 0.2.0-alpha.1 wrote none. */
  checksum: z.string().optional(),
})

/** What a backup holds and how to tell that it is whole. */
export type Manifest = Readonly<z.infer<typeof contentSchema>>

const notes = {
  included: 'master.key opens every secret of the database beside it. Whoever has both has all of them.',
  'included, wrapped':
    'master.key opens with its passphrase only, which is not in this backup. Without the passphrase it is useless.',
  'left out': 'Without master.key, which is not in it, this backup is useless: keep that file, elsewhere.',
} as const

export function manifestOf(
  facts: Pick<Manifest, 'schema' | 'rows' | 'masterKey' | 'files'> & { readonly at: number },
): Manifest {
  const { at, schema, rows, masterKey, files } = facts
  const head = { kind: 'opensag-backup', format, version, createdAt: new Date(at).toISOString() } as const
  const all = { ...head, schema, rows, masterKey, note: notes[masterKey], files }
  return { ...all, checksum: checksumOf(all) }
}

function checksumOf(all: object): string {
  return hash('sha256', JSON.stringify(all))
}

/** @throws BackupRefused */
export async function readManifest(folder: string): Promise<Manifest> {
  const file = join(folder, manifestFile)
  let content: unknown
  try {
    content = JSON.parse(await readFile(file, 'utf8'))
  } catch (cause) {
    throw new BackupRefused(`${folder} holds no backup that can be read: ${file} is missing or damaged.`, { cause })
  }
  const newer = z
    .object({ kind: z.literal('opensag-backup'), format: z.number(), version: z.string() })
    .safeParse(content)
  if (newer.success && newer.data.format > format) {
    throw new BackupRefused(
      `The backup in ${folder} was made by OpenSAG ${newer.data.version}, which is newer. Restore it with that version.`,
    )
  }
  const parsed = contentSchema.safeParse(content)
  if (!parsed.success) throw new BackupRefused(`${file} is damaged: it is not the manifest of a backup.`)
  const { checksum, ...all } = content as Manifest
  if (checksum !== undefined && checksum !== checksumOf(all)) {
    throw new BackupRefused(`${file} is damaged: its checksum is another one.`)
  }
  return parsed.data
}
