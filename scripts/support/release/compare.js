// Whether two builds of a commit, in two folders, have the same bytes.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from './build.js'
import { sumsOf } from './sign.js'

/** @returns {Promise<{ name: string, sums: (string | undefined)[] }[]>} every file of either */
export async function buildTwice(root, given) {
  const folder = mkdtempSync(join(tmpdir(), 'opensag-release-check-'))
  try {
    const sums = []
    // Folders with names of different lengths, at different depths.
    for (const [at, name] of ['first', 'a second/with a longer name'].entries()) {
      const to = join(folder, `made-${at}`)
      await build(root, {
        ...given,
        source: join(folder, name),
        to,
        step: (what) => given.step(`${at + 1} of 2: ${what}`),
      })
      sums.push(sumsOf(to))
    }
    const names = [...new Set(sums.flatMap((one) => [...one.keys()]))].sort()
    return names.map((name) => ({ name, sums: sums.map((one) => one.get(name)) }))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
