import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Release } from '@opensag/rules'
import { type FrozenRelease, frozenSurface, surfaceAfter, surfaceText } from './releases.ts'
import type { Surface } from './surface.ts'

interface ListedRelease extends Release {
  /** Of its file, so that an edited one is noticed: what was released never changes. */
  readonly sha256: string
}

/** The releases that were frozen, oldest first. */
export function readReleases(folder: string): readonly FrozenRelease[] {
  return listed(folder).map(({ version, date, sha256 }) => {
    const name = surfaceFile(version)
    const text = readFileSync(join(folder, name), 'utf8')
    if (checksum(text) !== sha256)
      throw new Error(`${name} was edited. What a release declared never changes: undo that.`)
    return { version, date, surface: JSON.parse(text) }
  })
}

/** Keeps what is declared now as that of a release, after all others. */
export function freezeSurface(folder: string, release: Release, now: Surface): void {
  const releases = readReleases(folder)
  if (releases.some(({ version }) => version === release.version))
    throw new Error(`${release.version} is frozen already.`)
  const text = surfaceText(frozenSurface(surfaceAfter(releases), now))
  writeFileSync(join(folder, surfaceFile(release.version)), text)
  const list: readonly ListedRelease[] = [...listed(folder), { ...release, sha256: checksum(text) }]
  writeFileSync(join(folder, listFile), `${JSON.stringify(list, null, 2)}\n`)
}

const listFile = 'releases.json'

function surfaceFile(version: string): string {
  return `${version}.surface.json`
}

function listed(folder: string): readonly ListedRelease[] {
  return JSON.parse(readFileSync(join(folder, listFile), 'utf8'))
}

function checksum(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
