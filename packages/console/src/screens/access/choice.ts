import { canGrant, type GrantedTag, type ReadyGrant, type ReadyRole } from '@opensag/rules'
import { chipsOf, mostFrequent, type Tag, tagText } from '../../fleet/tags.ts'

/** What somebody has chosen so far of a ready role and what it is on. */
export interface Choice {
  readonly role: ReadyRole
  readonly everything: boolean
  readonly instances: readonly string[]
  readonly networks: readonly string[]
  readonly tags: readonly GrantedTag[]
}

export const nothingChosen: Choice = { role: 'viewer', everything: false, instances: [], networks: [], tags: [] }

export function choiceOf({ role, on }: ReadyGrant): Choice {
  return on === 'everything' ? { ...nothingChosen, role, everything: true } : { role, everything: false, ...on }
}

/** Undefined until it is one that a policy can be made of. */
export function grantOf({ role, everything, instances, networks, tags }: Choice): ReadyGrant | undefined {
  const grant: ReadyGrant = { role, on: everything ? 'everything' : { instances, networks, tags } }
  return canGrant(grant) ? grant : undefined
}

interface Row {
  readonly SmartAGId: string
  readonly Tags?: readonly Tag[] | undefined
}

/** Whether an instance has the tag, as the policy asks: the case of keys says nothing. */
function carries({ Tags = [] }: Row, [key, value]: GrantedTag): boolean {
  return Tags.some(({ Key = '', Value = '' }) => Key.toLowerCase() === key.toLowerCase() && Value === value)
}

/** The instances that the choice is on today: by name, or by a tag. */
export function rowsOn<T extends Row>({ instances, tags }: Pick<Choice, 'instances' | 'tags'>, rows: readonly T[]) {
  const named = new Set(instances)
  return rows.filter((row) => named.has(row.SmartAGId) || tags.some((tag) => carries(row, tag)))
}

/** The tags that instances carry, each with how many do, those of most first. */
export function tagsToGrant(rows: readonly Row[]): readonly { readonly tag: GrantedTag; readonly count: number }[] {
  const ids = rows.flatMap(chipsOf).map(({ Key = '', Value = '' }) => idOf([Key, Value]))
  return mostFrequent(ids).map(([id, count]) => ({ tag: JSON.parse(id) as GrantedTag, count }))
}

/** How many instances carry the tag today. */
export function countOf(tag: GrantedTag, rows: readonly Row[]): number {
  return rows.filter((row) => carries(row, tag)).length
}

export function nameOf([Key, Value]: GrantedTag): string {
  return tagText({ Key, Value })
}

/** What tells a tag from every other. */
export function idOf([key, value]: GrantedTag): string {
  return JSON.stringify([key, value])
}
