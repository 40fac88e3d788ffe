import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pixelmatch from 'pixelmatch'
import { PNG } from 'pngjs'
import { root } from '../../support/process.ts'

/** The pictures that are compared with. */
export const keptFolder = join(root, 'test/console/looks/kept')
/** Where what differs is written. */
const differing = join(root, 'dist/looks')
/** Takes the pictures anew instead of comparing. */
const isRenewing = process.env['OPENSAG_RENEW_LOOKS'] === '1'

/** A colour may be so far from the kept one, of 1: less than a reader sees. */
const threshold = 0.01
/** Points of a picture that may differ: where a glyph or a corner is smoothed, a new browser may decide otherwise. */
const mostPoints = 12

/** What is wrong with a picture, in words; undefined when it is as the kept one. */
export function differenceOf(name: string, picture: Buffer): string | undefined {
  const kept = join(keptFolder, `${name}.png`)
  if (isRenewing) {
    mkdirSync(keptFolder, { recursive: true })
    // One that is as it was stays the same file.
    if (!existsSync(kept) || compare(kept, picture).points > 0) writeFileSync(kept, picture)
    return undefined
  }
  if (!existsSync(kept)) return `${name} is not kept yet. ${howToRenew}`
  const { points, size, difference } = compare(kept, picture)
  const actual = join(differing, `${name}.actual.png`)
  const drawn = join(differing, `${name}.difference.png`)
  if (size === undefined && points <= mostPoints) {
    for (const file of [actual, drawn]) rmSync(file, { force: true })
    return undefined
  }
  mkdirSync(differing, { recursive: true })
  writeFileSync(actual, picture)
  if (difference !== undefined) writeFileSync(drawn, PNG.sync.write(difference))
  return `${name} differs ${size ?? `in ${points} points`}: see ${actual}. ${howToRenew}`
}

const howToRenew =
  'If it is meant to look so: OPENSAG_RENEW_LOOKS=1 npx vitest run --project SQLite test/console/looks.test.ts'

function compare(
  kept: string,
  picture: Buffer,
): { readonly points: number; readonly size?: string; readonly difference?: PNG } {
  const [before, now] = [PNG.sync.read(readFileSync(kept)), PNG.sync.read(picture)]
  const { width, height } = before
  if (now.width !== width || now.height !== height) {
    return { points: Number.POSITIVE_INFINITY, size: `in size (${now.width}×${now.height}, not ${width}×${height})` }
  }
  const difference = new PNG({ width, height })
  return { points: pixelmatch(before.data, now.data, difference.data, width, height, { threshold }), difference }
}
