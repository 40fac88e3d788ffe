import { z } from 'zod'
import { connectionsById, type StoredConnection } from '../store/remote-users/connection-records.ts'
import { lines } from './command.ts'

/** Records that are read at a time: a reader that takes its time keeps no transaction open. */
const chunk = 1000

const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))

export const connectionsExport = lines({
  name: 'connections export',
  about: 'Export logons, logoffs and refused logons of remote users as JSON, one per line, oldest first.',
  input: z.object({
    since: time.optional().describe('Only records at or after this time, e.g. 2026-11-25T00:00:00Z'),
    until: time.optional().describe('Only records before this time'),
    instance: z.string().min(1).max(64).optional().describe('Only records of this SAG APP instance'),
  }),
  async *run({ store }, { since = 0, until = Number.MAX_SAFE_INTEGER, instance }) {
    let after = 0
    for (;;) {
      const records = await store.read((db) => connectionsById(db, after, chunk))
      for (const record of records) {
        const isWanted = record.at >= since && record.at < until
        if (isWanted && (instance === undefined || record.instance_id === instance)) yield shown(record)
      }
      after = records.at(-1)?.id ?? after
      if (records.length < chunk) return
    }
  },
})

function shown({ id, at, instance_id, user_name, event, terminal, source, address, detail }: StoredConnection): object {
  return {
    at: new Date(at).toISOString(),
    id,
    instance: instance_id,
    user: user_name,
    event,
    terminal,
    source,
    address: address ?? undefined,
    reason: detail === '' ? undefined : detail,
  }
}
