import type { Instance } from '../../model/instance.ts'
import type { JobParams } from '../../model/job.ts'
import { hasTags } from '../../model/tags.ts'
import type { Expected, ItemCall, PlannedItem } from '../item-calls.ts'

type Planned = Omit<PlannedItem, 'wasOnline'>

/** Gets the tags of the job; those it has with other values get the new ones. */
export function planTag(named: ItemCall['params'], { tags = [] }: JobParams = {}): Planned {
  const sent = tags.flatMap(([key, value], at) => [
    [`Tag.${at + 1}.Key`, key],
    [`Tag.${at + 1}.Value`, value],
  ])
  return {
    calls: [{ action: 'TagGateway', params: { ...named, ...Object.fromEntries(sent) } }],
    expected: { devices: [], tags },
  }
}

/** Loses the tags of these keys; one that has none of them stays as it is. */
export function planUntag(named: ItemCall['params'], { tagKeys = [] }: JobParams = {}): Planned {
  const sent = tagKeys.map((key, at) => [`TagKey.${at + 1}`, key])
  return {
    calls: [{ action: 'UntagGateway', params: { ...named, ...Object.fromEntries(sent) } }],
    expected: { devices: [], tagKeys },
  }
}

export function isTagged({ tags = [], tagKeys = [] }: Expected, { tags: has = [] }: Instance): boolean {
  return hasTags(has, tags) && has.every(([key]) => !tagKeys.includes(key))
}
