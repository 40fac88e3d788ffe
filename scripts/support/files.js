import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Whole paths, in their order; links are left out. */
export function filesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort()
}
