import { type Tag, tagChanges } from '../fleet/tags.ts'
import type { Call, State, Undo } from './undo.ts'

interface Place {
  readonly RegionId: string
  readonly SmartAGId: string
}

/** The calls that turn the tags of an instance into others. */
export function tagCalls({ RegionId, SmartAGId }: Place, had: readonly Tag[], wanted: readonly Tag[]): readonly Call[] {
  const { give, take, givesFirst } = tagChanges(had, wanted.map(whole))
  const gives =
    give.length === 0
      ? []
      : [tagCall('TagGateway', { RegionId, SmartAGId, Tag: give.map(({ Key, Value }) => ({ Key, Value })) })]
  const takes = take.length === 0 ? [] : [tagCall('UntagGateway', { RegionId, SmartAGId, TagKey: take })]
  return givesFirst ? [...gives, ...takes] : [...takes, ...gives]
}

/** Gives an instance the tags back that it had. */
export function undoOfTags({ RegionId, SmartAGId }: Place, had: readonly Tag[], wanted: readonly Tag[]): Undo {
  const look = { product: 'OpenSAG', operation: 'ListFleet', params: { RegionId, SmartAGIds: [SmartAGId] } } as const
  return {
    look,
    seen: ({ Instances }) => {
      const found = (Instances as readonly { readonly Tags?: readonly Tag[] }[] | undefined)?.[0]
      return found && stateOf(found.Tags ?? [])
    },
    made: stateOf(wanted),
    back: tagCalls({ RegionId, SmartAGId }, wanted, had),
  }
}

/** All of them together: one that somebody adds is another state, too. */
function stateOf(tags: readonly Tag[]): State {
  return { tags: JSON.stringify(tags.map(({ Key = '', Value = '' }) => [Key, Value]).sort()) }
}

function whole({ Key = '', Value = '' }: Tag): { readonly Key: string; readonly Value: string } {
  return { Key, Value }
}

function tagCall(operation: string, params: Call['params']): Call {
  return { product: 'OpenSAG', operation, params }
}
