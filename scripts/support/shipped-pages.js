// The manual and the completion of shells, written by the commands themselves, for what is made of the program.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { asModules, natives } from './bundle-plugins.js'
import { root } from './prepare.js'

/**
 * Writes into the folder `man/man1/*.1` and `man/zh_CN/man1/*.1`, the whole manual as one page in `whole/opensag.1`, and completion at
 * the places below `/usr/share` where each shell looks.
 *
 * @param {string} folder
 * @param {{ isOfAgent: boolean }} given `isOfAgent`: with the commands of a gateway only
 */
export async function writePages(folder, { isOfAgent }) {
  // Beside the packages that are not bundled.
  const made = mkdtempSync(join(root, 'node_modules/.opensag-pages-'))
  try {
    const bundler = await rolldown({
      cwd: root,
      input: { main: 'packages/cli/src/pages/main.ts' },
      platform: 'node',
      external: ['pg-native', 'pg-cloudflare', 'bufferutil', 'utf-8-validate'],
      resolve: { conditionNames: ['opensag-source', 'node'] },
      plugins: [asModules, natives(['libsql', '@node-rs/argon2'])],
      checks: { bundlerTimings: false },
      logLevel: 'silent',
    })
    await bundler.write({ dir: made, format: 'esm' })
    await bundler.close()
    const { version } = JSON.parse(readFileSync(join(root, 'packages/cli/package.json'), 'utf8'))
    // Of the last release: a later day would be another with every build.
    const [, date] = /^## \S+ \((\d{4}-\d\d-\d\d)\)$/m.exec(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'))
    // Variables of who builds would be defaults of options.
    const own = Object.entries(process.env).filter(([name]) => !name.startsWith('OPENSAG_'))
    const args = [join(made, 'main.js'), folder, version, date, ...(isOfAgent ? ['--agent'] : [])]
    execFileSync(process.execPath, args, { env: Object.fromEntries(own), stdio: ['ignore', 2, 2] })
  } finally {
    rmSync(made, { recursive: true, force: true })
  }
}
