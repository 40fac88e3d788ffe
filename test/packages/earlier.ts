import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { runToEnd } from '../support/process.ts'
import { layOutPrograms } from '../upgrade/stored-programs.ts'

/** The package of npm of a release, of its programs as they were built. @returns the file */
export async function earlierArchive(version: string, folder: string): Promise<string> {
  const cli = programsOf(version, folder)
  const { code, output, errors } = await runToEnd('npm', ['pack', '--silent', '--pack-destination', folder], {
    cwd: cli,
  })
  if (code !== 0) throw new Error(`npm pack of ${version}: ${errors}`)
  return join(folder, output.trim())
}

/** Packages of Debian as they are built now, with the programs of a release in the place of these. @returns their files */
export function earlierPackages(version: string, packages: readonly string[], folder: string): readonly string[] {
  const cli = programsOf(version, folder)
  return packages.map((file) => {
    const name = basename(file).split('_')[0] ?? ''
    const tree = join(folder, name)
    execFileSync('dpkg-deb', ['-R', file, tree])
    for (const part of ['bin', 'bundle', 'package.json']) {
      const place = join(tree, 'usr/lib', name, part)
      rmSync(place, { recursive: true })
      cpSync(join(cli, part), place, { recursive: true })
    }
    const control = join(tree, 'DEBIAN/control')
    // Also older than what this checkout makes of the same version.
    const lower = `Version: ${version.replace('-', '~')}-0`
    writeFileSync(control, readFileSync(control, 'utf8').replace(/^Version: .*$/m, lower))
    execFileSync('dpkg-deb', ['-Zgzip', '-z1', '--root-owner-group', '--build', tree, `${tree}.deb`], {
      stdio: 'ignore',
    })
    rmSync(tree, { recursive: true })
    return `${tree}.deb`
  })
}

function programsOf(version: string, folder: string): string {
  mkdirSync(folder, { recursive: true })
  return join(layOutPrograms(version, folder), '../..')
}
