import type { Reader } from './store.ts'

/** Names of the settings whose values are sealed under the master key; one that is not here is lost when that is rotated. */
export const sealedSettings = ['channel_identity', 'channel_identity_next', 'audit_key', 'network_authority'] as const

export type SealedSetting = (typeof sealedSettings)[number]

/** What the sealed value of a setting is bound to. */
export function settingContext(name: SealedSetting): string {
  return `setting/value/${name}`
}

/** Those that are there, as they are stored. */
export async function readSealedSettings(
  db: Reader,
): Promise<readonly { readonly name: SealedSetting; readonly value: string }[]> {
  const rows = await db
    .selectFrom('setting')
    .selectAll()
    .where('name', 'in', [...sealedSettings])
    .execute()
  return rows.map(({ name, value }) => ({ name: name as SealedSetting, value }))
}
