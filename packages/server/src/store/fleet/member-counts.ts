import type { Reader } from '../store.ts'
import type { Parts } from './parts.ts'

/** How many members a CCN has, and how many of them are up: a tunnel of the device is that has the traffic; an App has no device. */
export interface MemberCount {
  readonly members: number
  readonly up: number
}

/** Members that one unit looks at, each with its device: it takes the thread for a few milliseconds. */
export const membersAtOnce = 2000

/** In parts, because a network can have as many members as there are instances. Networks without a member are left out. */
export async function countMembers(parts: Parts, ccnIds: readonly string[]): Promise<ReadonlyMap<string, MemberCount>> {
  const counts = new Map<string, MemberCount>()
  if (ccnIds.length === 0) return counts
  const sizes = await parts.read((db) => countIds(db, ccnIds))
  for (const group of grouped(sizes)) {
    let after: string | undefined
    do {
      await parts.pause()
      const mark = after
      const rows = await parts.read((db) => countPart(db, group, mark))
      for (const { ccnId, members, up } of rows) {
        const before = counts.get(ccnId)
        counts.set(ccnId, { members: members + (before?.members ?? 0), up: up + (before?.up ?? 0) })
      }
      const looked = rows.reduce((sum, { members }) => sum + members, 0)
      after = looked < membersAtOnce ? undefined : rows.map(({ last }) => last).reduce((a, b) => (a > b ? a : b))
    } while (after !== undefined)
  }
  return counts
}

/** Along `instance_of_ccn` alone, which is a twentieth of looking at each member. */
async function countIds(db: Reader, ccnIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('instance')
    .where('ccn_id', 'in', [...ccnIds])
    .groupBy('ccn_id')
    .select((eb) => ['ccn_id', eb.fn.countAll().as('members')])
    .execute()
  return new Map(rows.map(({ ccn_id, members }) => [String(ccn_id), Number(members)]))
}

/** Small networks together; a large one alone, so that its index is entered where the part before has ended. */
function grouped(sizes: ReadonlyMap<string, number>): readonly (readonly string[])[] {
  const groups: string[][] = []
  let room = 0
  for (const [ccnId, members] of sizes) {
    if (members > room || groups.length === 0) {
      groups.push([])
      room = membersAtOnce
    }
    groups.at(-1)?.push(ccnId)
    room -= members
  }
  return groups
}

interface PartCount extends MemberCount {
  readonly ccnId: string
  /** The greatest id that was counted. */
  readonly last: string
}

async function countPart(
  db: Reader,
  ccnIds: readonly string[],
  after: string | undefined,
): Promise<readonly PartCount[]> {
  let members = db
    .selectFrom('instance')
    .select(['id', 'ccn_id', 'kind'])
    .where('ccn_id', 'in', [...ccnIds])
  if (after !== undefined) members = members.where('id', '>', after)
  const rows = await db
    .selectFrom(members.orderBy('id').limit(membersAtOnce).as('part'))
    // The one that says that it has taken over.
    .leftJoin('device as standby', (join) =>
      join
        .onRef('standby.instance_id', '=', 'part.id')
        .on('standby.role', '=', 'standby')
        .on('standby.has_traffic', '=', 1)
        .on('standby.node', 'is not', null)
        .on('standby.restarting_since', 'is', null)
        .on('standby.locked_since', 'is', null),
    )
    .leftJoin('device', (join) =>
      join
        .onRef('device.instance_id', '=', 'part.id')
        .on('device.role', '=', 'active')
        .on('device.node', 'is not', null)
        .on('device.restarting_since', 'is', null)
        .on('device.locked_since', 'is', null)
        .on((on) => on.or([on('standby.serial', 'is', null), on('device.has_traffic', '=', 1)]))
        .on((on) => on.or([on('device.tunnel_up', 'is', null), on('device.tunnel_up', '!=', 0)])),
    )
    .groupBy('part.ccn_id')
    .select((eb) => [
      'part.ccn_id',
      eb.fn.countAll().as('members'),
      eb.fn
        .countAll()
        .filterWhere((or) =>
          or.or([or('part.kind', '=', 'app'), or('device.serial', 'is not', null), or('standby.tunnel_up', '!=', 0)]),
        )
        .as('up'),
      eb.fn.max('part.id').as('last'),
    ])
    .execute()
  return rows.map(({ ccn_id, members, up, last }) => ({
    ccnId: String(ccn_id),
    members: Number(members),
    up: Number(up),
    last,
  }))
}
