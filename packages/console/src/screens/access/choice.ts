import { canGrant, type GrantedTag, type ReadyGrant, type ReadyRole } from '@opensag/rules'
import { chipsOf, type Tag } from '../../fleet/tags.ts'

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
export function carries({ Tags = [] }: Row, [key, value]: GrantedTag): boolean {
  return Tags.some(({ Key = '', Value = '' }) => Key.toLowerCase() === key.toLowerCase() && Value === value)
}

/** The instances that the choice is on today: by name, or by a tag. */
export function rowsOn<T extends Row>({ instances, tags }: Pick<Choice, 'instances' | 'tags'>, rows: readonly T[]) {
  const named = new Set(instances)
  return rows.filter((row) => named.has(row.SmartAGId) || tags.some((tag) => carries(row, tag)))
}

/** The tags that instances carry, each with how many do, those of most first. */
export function tagsToGrant(rows: readonly Row[]): readonly { readonly tag: GrantedTag; readonly count: number }[] {
  const found = new Map<string, { readonly tag: GrantedTag; readonly count: number }>()
  for (const { Key = '', Value = '' } of rows.flatMap(chipsOf)) {
    const id = idOf([Key, Value])
    found.set(id, { tag: [Key, Value], count: (found.get(id)?.count ?? 0) + 1 })
  }
  return [...found.values()].sort((one, other) => other.count - one.count || (idOf(one.tag) < idOf(other.tag) ? -1 : 1))
}

/** What tells a tag from every other. */
export function idOf([key, value]: GrantedTag): string {
  return JSON.stringify([key, value])
}
