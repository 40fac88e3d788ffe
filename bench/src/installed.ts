import { spawnSync } from 'node:child_process'
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Installed {
  readonly bytes: number
  readonly files: number
}

interface Manifest {
  readonly name: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** What an installation of `opensag` with production dependencies only consists of, in a checkout that has them all. */
export interface Production {
  /** Folders of packages of others, as installed. */
  readonly others: readonly string[]
  /** Folders of our own packages, of which only what they publish is installed. */
  readonly own: readonly string[]
}

/** Follows `dependencies`, each found as Node would: beside the package that needs it, or further out. */
export function productionOf(root: string, first: readonly string[]): Production {
  const own = new Set<string>()
  const others = new Set<string>()
  const next = first.map((name) => join(root, 'packages', name))
  for (let folder = next.pop(); folder !== undefined; folder = next.pop()) {
    const isOwn = folder.startsWith(join(root, 'packages')) && !folder.includes('node_modules')
    const seen = isOwn ? own : others
    if (seen.has(folder)) continue
    seen.add(folder)
    const { dependencies, optionalDependencies } = manifestOf(folder)
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const found = find(root, folder, name)
      // An optional one of another platform is not there.
      if (found !== undefined) next.push(found)
    }
  }
  return { own: [...own].sort(), others: [...others].sort() }
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
}

function find(root: string, from: string, name: string): string | undefined {
  for (let folder = from; folder.startsWith(root); folder = join(folder, '..')) {
    const place = join(folder, 'node_modules', name)
    if (!existsSync(join(place, 'package.json'))) continue
    const packages = join(root, 'packages')
    // A workspace is a link: to the folder of the same name.
    if (!lstatSync(place).isSymbolicLink()) return place
    return readdirSync(packages)
      .map((one) => join(packages, one))
      .find((one) => existsSync(join(one, 'package.json')) && manifestOf(one).name === name)
  }
  return undefined
}

/** Of a whole folder, without packages inside it: they are counted by themselves. */
export function sizeOfFolder(folder: string): Installed {
  let [bytes, files] = [0, 0]
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      if (entry.name === 'node_modules') continue
      const inner = sizeOfFolder(path)
      bytes += inner.bytes
      files += inner.files
    } else if (entry.isFile()) {
      bytes += onDisk(lstatSync(path).size)
      files += 1
    }
  }
  return { bytes, files }
}

/** Of what npm would publish of it. */
export function sizeOfPublished(folder: string): Installed {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const packed = spawnSync(npm, ['pack', '--dry-run', '--json', '--ignore-scripts', '--offline'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (packed.status !== 0) throw new Error(`npm pack failed in ${folder}: ${packed.stderr}`)
  const [one] = JSON.parse(packed.stdout) as { readonly files: readonly { readonly size: number }[] }[]
  const sizes = (one?.files ?? []).map(({ size }) => onDisk(size))
  return { bytes: sizes.reduce((sum, size) => sum + size, 0), files: sizes.length }
}

const blockBytes = 4096

/** Small files take a whole block. */
function onDisk(size: number): number {
  return Math.ceil(size / blockBytes) * blockBytes
}
