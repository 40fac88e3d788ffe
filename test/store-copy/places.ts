import { mkdir } from 'node:fs/promises'
import { createSumming } from '../../packages/server/src/store/copy/checksum.ts'
import { type Copied, copyStore } from '../../packages/server/src/store/copy/copy-store.ts'
import { type CopiedTable, copiedTables } from '../../packages/server/src/store/copy/plan.ts'
import { openPostgresSource, openPostgresTarget } from '../../packages/server/src/store/copy/postgres-side.ts'
import type { CopySource, CopyTarget } from '../../packages/server/src/store/copy/side.ts'
import { openSqliteSource, openSqliteTarget } from '../../packages/server/src/store/copy/sqlite-side.ts'
import { openPostgresStore } from '../../packages/server/src/store/postgres/open.ts'
import { openSqliteStore } from '../../packages/server/src/store/sqlite/open.ts'
import type { Store } from '../../packages/server/src/store/store.ts'

/** A place of either kind, which a copy reads or fills. */
export interface CopyPlace {
  readonly kind: 'folder' | 'database'
  open(): Promise<Store>
  source(): Promise<CopySource>
  target(): Promise<CopyTarget>
}

export const tables: readonly CopiedTable[] = await copiedTables()

export function folderPlace(folder: string): CopyPlace {
  return {
    kind: 'folder',
    open: () => openSqliteStore({ folder }),
    source: () => openSqliteSource(folder),
    async target() {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      return openSqliteTarget(folder)
    },
  }
}

export function databasePlace(connectionString: string): CopyPlace {
  return {
    kind: 'database',
    open: () => openPostgresStore({ connectionString }),
    source: () => openPostgresSource(connectionString),
    target: () => openPostgresTarget(connectionString),
  }
}

/** @param between stands between the copy and its target */
export async function copyBetween(
  from: CopyPlace,
  to: CopyPlace,
  between: (target: CopyTarget) => CopyTarget = (target) => target,
  options: { readonly isAnew?: boolean } = {},
): Promise<Copied> {
  const source = await from.source()
  try {
    const target = await to.target()
    try {
      return await copyStore({ ...options, tables, source, target: between(target) })
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

/** What is in a place, read by the tests' own walk: all rows of each table at once. */
export async function contentOf(place: CopyPlace): Promise<ReadonlyMap<string, string>> {
  const side = await place.source()
  try {
    const content = new Map<string, string>()
    for (const table of tables) {
      const summing = createSumming()
      for (const row of await side.page(table, undefined, 10_000_000)) summing.add(row)
      content.set(table.name, `${summing.result().rows} ${summing.result().sum}`)
    }
    return content
  } finally {
    await side.close()
  }
}
