import type { ListedGateway } from './selection.ts'

export interface ReadList {
  readonly entries: readonly ListedGateway[]
  /** Lines that say again what a line before them said; they change nothing. */
  readonly repeated: readonly number[]
  /** Lines that cannot be understood. */
  readonly mistakes: readonly number[]
}

const entry = /^([A-Za-z0-9-]{1,64})(?:[\s,]+([A-Za-z0-9-]{1,64}))?$/

/** A list of instances, or of devices as `instance serial`, one a line; `#` begins a comment. */
export function readSelectionList(text: string): ReadList {
  const entries: ListedGateway[] = []
  const repeated: number[] = []
  const mistakes: number[] = []
  const seen = new Set<string>()
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const line = index + 1
    const content = raw.replace(/#.*$/, '').trim()
    if (content === '') continue
    const [, instanceId, serial] = entry.exec(content) ?? []
    if (instanceId === undefined) {
      mistakes.push(line)
      continue
    }
    const said = `${instanceId}/${serial ?? ''}`
    if (seen.has(said)) repeated.push(line)
    else entries.push({ line, instanceId, serial })
    seen.add(said)
  }
  return { entries, repeated, mistakes }
}
