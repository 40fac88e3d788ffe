// The programs of a release as they were built, in one archive: what `test/upgrade` runs beside those of later versions.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './prepare.js'

/** Takes the bundle that is built. Left out: the console, which no gateway talks to, and maps. */
export function storePrograms(version) {
  const folder = mkdtempSync(join(tmpdir(), 'opensag-programs-'))
  try {
    const cli = join(folder, version, 'cli')
    mkdirSync(cli, { recursive: true })
    for (const name of ['package.json', 'LICENSE']) cpSync(join(root, name), join(folder, version, name))
    for (const name of ['package.json', 'bin', 'bundle']) {
      cpSync(join(root, 'packages/cli', name), join(cli, name), { recursive: true, filter: isKept })
    }
    const archive = join(root, `test/upgrade/${version}.programs.tgz`)
    execFileSync('tar', ['-czf', archive, version], { cwd: folder })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const isKept = (path) => !path.endsWith('.map') && !path.endsWith('/bundle/console')
