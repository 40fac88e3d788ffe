import type { AuditEntry } from '../audit/audit.ts'
import { appendAllText, columnsOf } from './audit-rows.ts'
import type { Link } from './link.ts'

/** The commits of one writer, which makes one after the other. */
export interface Marks {
  /** The mark of the next commit and the entries, for the transaction under way. */
  append(link: Link, entries: readonly AuditEntry[]): Promise<unknown>
  /** Both as a transaction of its own, which does nothing when its number has been passed; whether it did. */
  appendAlone(link: Link, entries: readonly AuditEntry[]): Promise<boolean>
  /** Whether the last commit, whose answer was lost, was made. If not, it never will be. */
  wasMade(link: Link): Promise<boolean>
}

const now = '(extract(epoch from clock_timestamp()) * 1000)::bigint'
const put = `insert into commit_mark (writer, number, written_at) values ($1, $2, ${now})
  on conflict (writer) do update set number = excluded.number, written_at = excluded.written_at`
const putAndAppend = `with mark as (${put}) ${appendAllText(3)}`
const passAndAppend = `with mark as (update commit_mark set number = $2, written_at = ${now}
  where writer = $1 and number = $2 - 1 returning number) ${appendAllText(3)} where exists (select from mark)`
const find = 'select number from commit_mark where writer = $1 for update'
const keptDays = 30

/**
 * @param lock taken by each transaction of the writer before anything else; whoever has it knows that none of them is
 * under way. Without it the number alone keeps out what is late.
 */
export function createMarks(writer: string, lock: string | undefined): Marks {
  let number = 0

  return {
    append(link, entries) {
      number += 1
      if (entries.length === 0) return link.query(put, [writer, number], 'mark')
      return link.query(putAndAppend, [writer, number, ...columnsOf(entries)], 'mark-and-trail')
    },
    async appendAlone(link, entries) {
      number += 1
      const values = [writer, number, ...columnsOf(entries)]
      const { rowCount } = await durably(link, link.query(passAndAppend, values, 'pass-and-trail'))
      return rowCount === entries.length
    },
    async wasMade(link) {
      await link.query(`begin isolation level read committed${lock === undefined ? '' : `; ${lock}`}`)
      const { rows } = await link.query<{ number: number }>(find, [writer])
      const made = rows[0]?.number === number
      // What may still be on its way finds its number passed. It is this commit that tells that the commits of the server count.
      const passed = made ? number : number + 1
      await link.query(put, [writer, passed])
      await commit(link)
      // Only now: should the answer be lost, the number in question stays the same.
      number = passed
      return made
    },
  }
}

/** Forgets those of nodes that are no more. */
export async function forgetOldMarks(link: Link): Promise<void> {
  await link.query(`delete from commit_mark where written_at < ${now} - ${keptDays * 86_400_000}`)
}

/** The answer to a commit did not say that it is durable, or there was none. */
export class CommitInDoubt extends Error {
  override readonly name = 'CommitInDoubt'

  constructor(cause: unknown) {
    super('The answer to a commit was lost.', { cause })
  }
}

/**
 * @throws CommitInDoubt
 * @throws what the database says when it has rolled back
 */
export async function commit(link: Link, ...before: readonly (Promise<unknown> | undefined)[]): Promise<void> {
  const [last, ...earlier] = [durably(link, link.query('commit')), ...before]
  const answers = await Promise.allSettled([...earlier, last])
  if (link.lost() !== undefined) throw new CommitInDoubt(link.lost())
  // The first that failed: the others failed because of it.
  for (const answer of answers) if (answer.status === 'rejected') throw answer.reason
  const { command } = await last
  // What went wrong before makes a commit a rollback, which is no error.
  if (command !== 'COMMIT') throw new Error(`PostgreSQL answered ${command} to a commit.`)
}

/**
 * The answer to what commits.
 *
 * @throws CommitInDoubt when PostgreSQL warns: it is kept there, but may be nowhere else, for a wait for the standby was cut short
 */
export async function durably<T>(link: Link, committing: Promise<T>): Promise<T> {
  const warnings = link.warnings()
  const answer = await committing
  if (link.warnings() === warnings) return answer
  const doubt = new CommitInDoubt(new Error('PostgreSQL warned of a commit.'))
  link.drop(doubt)
  throw doubt
}
