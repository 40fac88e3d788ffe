import type { IconName } from '../ui/icons.ts'
import type { Tone } from '../ui/tones.ts'

/** The groups of what is found, in their order when none of them fits better. */
export const hitGroups = ['gateways', 'networks', 'people', 'screens', 'settings', 'operations'] as const

export type HitGroup = (typeof hitGroups)[number]

/** Something that the palette can open or do. */
export interface Hit {
  readonly group: HitGroup
  /** Among all hits. */
  readonly key: string
  readonly title: string
  readonly detail?: string
  /** Shown at the end of the line. */
  readonly state?: { readonly tone: Tone; readonly text: string }
  readonly icon: IconName
  /** More words that find it, and are not shown. */
  readonly also?: string
  readonly act: () => void
}

export interface Found {
  readonly group: HitGroup
  readonly hits: readonly Hit[]
}

/** So many of one group are shown, the best first. */
export const mostOfGroup = 6

/** Those that come from the server a moment later do not take the first place from what one has seen there. */
const late: ReadonlySet<HitGroup> = new Set(['networks', 'people'])

/** Words of a search, in small letters. */
export function wordsOf(search: string): readonly string[] {
  return search.toLowerCase().split(/\s+/).filter(Boolean)
}

/**
 * How well a hit fits: 4 when its title is what was typed, 3 when it begins so, 2 when a word of it does, 1 when it contains every
 * word, 0 when only the other words that find it do; undefined when it does not fit.
 */
export function fit({ title, also = '' }: Pick<Hit, 'title' | 'also'>, search: string) {
  const words = wordsOf(search)
  const name = title.toLowerCase()
  const typed = words.join(' ')
  if (name === typed) return 4
  if (name.startsWith(typed)) return 3
  if (words.every((word) => name.split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(word)))) return 2
  if (words.every((word) => name.includes(word))) return 1
  const all = `${name}\n${also}`.toLowerCase()
  return words.every((word) => all.includes(word)) ? 0 : undefined
}

/** The hits by group, the group with the best one first. Of equal ones, the order given counts. */
export function grouped(hits: readonly Hit[], search: string): readonly Found[] {
  const rated = hits.flatMap((hit) => {
    const score = fit(hit, search)
    return score === undefined ? [] : [{ hit, score }]
  })
  return hitGroups
    .map((group) => {
      const members = rated.filter(({ hit }) => hit.group === group).sort((a, b) => b.score - a.score)
      const best = members[0]?.score ?? -1
      return { group, best: late.has(group) ? Math.min(best, 1) : best, hits: members.map(({ hit }) => hit) }
    })
    .filter(({ hits }) => hits.length > 0)
    .sort((a, b) => b.best - a.best)
    .map(({ group, hits }) => ({ group, hits: hits.slice(0, mostOfGroup) }))
}

/** A text in pieces, those that were searched for marked. */
export function marked(text: string, search: string): readonly { readonly text: string; readonly hit: boolean }[] {
  const lower = text.toLowerCase()
  const words = wordsOf(search).filter((word) => lower.includes(word))
  // Letters that become longer in small letters would shift what follows.
  if (words.length === 0 || lower.length !== text.length) return [{ text, hit: false }]
  const hits = Array.from(text, () => false)
  for (const word of words) {
    for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + word.length)) {
      hits.fill(true, at, at + word.length)
    }
  }
  const pieces: { text: string; hit: boolean }[] = []
  for (let at = 0; at < text.length; at += 1) {
    const hit = hits[at] ?? false
    const last = pieces.at(-1)
    if (last?.hit === hit) last.text += text[at] ?? ''
    else pieces.push({ text: text[at] ?? '', hit })
  }
  return pieces
}
