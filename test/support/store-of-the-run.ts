import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

/** A folder for the empty store that stores of tests begin as; the first test that needs one makes it. */
export function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'opensag-empty-store-'))
  project.provide('emptyStores', folder)
  return () => rmSync(folder, { recursive: true, force: true })
}
