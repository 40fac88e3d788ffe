import { createHash } from 'node:crypto'

/**
 * The instances of a fleet, cut by their ids into ranges, each with a digest of the rows that the caller has of it. It
 * travels in the caller's token, so that no node has to remember a caller and nothing is written when a row changes: what
 * the caller has is compared with what is there now. So a change is told whatever it comes from: a write of any node, the
 * time (an instance that expires), a policy, a store put back from its backup.
 */
export interface Range {
  /** The last id of the range; undefined: it has no end. It begins where the range before it ends. */
  readonly upTo: string | undefined
  /** Undefined: the caller has nothing of it, or not as it is. */
  readonly digest: string | undefined
}

export interface Ranges {
  /** The first that is to be looked at: those before it were looked at just now. */
  readonly from: number
  readonly all: readonly Range[]
}

/** Whoever has nothing. */
export const nothingYet: Ranges = { from: 0, all: [{ upTo: undefined, digest: undefined }] }

/** What `Since` may look like; the first call sends `0`. Whatever fits is read, so nothing else has to be refused. */
export const rangesForm = /^(?:0|1\.\d{1,4}(?:\.[0-9a-z]{2}[0-9a-z-]{0,60}~[\w-]{0,8}){0,1023}\.~[\w-]{0,8})$/

const mostRanges = 1024

/** About so many ranges: one more makes each token ten bytes longer, one less each change some rows larger. */
const usualRanges = 256
const fewestRows = 8

/** How many rows a range should have. */
export function rowsInRange(total: number): number {
  return Math.max(fewestRows, Math.ceil(total / usualRanges))
}

/** The token. Of each id only what differs from the one before is in it. */
export function writeRanges({ from, all }: Ranges): string {
  // A fleet that has shrunk very much: begun anew, all of it is told again.
  if (all.length > mostRanges) return writeRanges(nothingYet)
  let before = ''
  const parts = all.map(({ upTo, digest = '' }) => {
    if (upTo === undefined) return `~${digest}`
    const shared = sharedLength(before, upTo)
    before = upTo
    return `${shared.toString(36).padStart(2, '0')}${upTo.slice(shared)}~${digest}`
  })
  return ['1', from, ...parts].join('.')
}

/** One that is not of our making, or of another version, counts as that of a caller who has nothing. */
export function readRanges(token: string): Ranges {
  const [version, from = '', ...parts] = token.split('.')
  if (version !== '1') return nothingYet
  let before = ''
  const all: Range[] = []
  for (const part of parts) {
    const [place = '', digest = ''] = part.split('~')
    const upTo = place === '' ? undefined : before.slice(0, Number.parseInt(place.slice(0, 2), 36)) + place.slice(2)
    // Ranges follow one another.
    if (upTo !== undefined && upTo <= before) return nothingYet
    all.push({ upTo, digest: digest === '' ? undefined : digest })
    before = upTo ?? before
  }
  const first = Number(from)
  return first < all.length ? { from: first, all } : nothingYet
}

/** Of rows as they are answered. 48 bits: that two states of a range are taken for one happens once in 10^14 changes. */
export function digestOf(rows: readonly object[]): string {
  const hash = createHash('sha256')
  for (const row of rows) hash.update(JSON.stringify(row)).update('\n')
  return hash.digest('base64url').slice(0, 8)
}

function sharedLength(one: string, other: string): number {
  const most = Math.min(one.length, other.length, 36 * 36 - 1)
  let length = 0
  while (length < most && one[length] === other[length]) length += 1
  return length
}
