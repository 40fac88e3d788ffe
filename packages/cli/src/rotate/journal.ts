import { readFile } from 'node:fs/promises'
import { type JournalRecord, type JournalState, readJournal } from '@opensag/rotation'
import { CommandFailure } from '../exit.ts'
import { say } from '../say.ts'
import { type AppendFiles, openAppendFile } from './append-file.ts'
import {
  BrokenLines,
  type Durable,
  firstLine,
  type LineKey,
  type LinePosition,
  type LineRecord,
  readLines,
  signLine,
} from './signed-lines.ts'

/** The file a rotation can be gone on with from: what it meant to do is in it before it does it. */
export interface Journal {
  /** Resolves once the records are on disk. @throws when they cannot be written; see {@link Journal.retry} */
  write(...records: readonly JournalRecord[]): Promise<void>
  /** After a failure: writes what could not be written. @throws when it still cannot */
  retry(): Promise<void>
  close(): Promise<void>
}

export async function createJournal(path: string, key: LineKey, files?: AppendFiles): Promise<Journal> {
  return journalOn(path, { size: 0, position: firstLine }, key, files)
}

/**
 * Opens one that is there, with what it says. Lines that a power cut tore, or a kill cut short, were never acted on and are cut off.
 * @throws CommandFailure when it was tampered with, or written with another key
 */
export async function openJournal(
  path: string,
  key: LineKey,
  files?: AppendFiles,
): Promise<{ readonly journal: Journal; readonly journalState: JournalState }> {
  const content = await readFile(path)
  try {
    const { records, next, whole } = readLines<JournalRecord & LineRecord>(content, key, true)
    const journalState = readJournal(records)
    return { journal: await journalOn(path, { size: whole, position: next }, key, files), journalState }
  } catch (error) {
    if (!(error instanceof BrokenLines) && (error as Error).name !== 'JournalMistake') throw error
    throw new CommandFailure(
      say('{path} cannot be resumed: {why} Nothing was changed.', { path, why: (error as Error).message }),
    )
  }
}

async function journalOn(
  path: string,
  { size, position }: { readonly size: number; readonly position: LinePosition },
  key: LineKey,
  files: AppendFiles | undefined,
): Promise<Journal> {
  const file = await openAppendFile(path, size, files)
  let at = position
  let durable = position.line - 1
  return {
    async write(...records) {
      const lines = records.map((record) => {
        const { text, next } = signLine<Durable & LineRecord>({ durable, ...record }, at, key)
        at = next
        return `${text}\n`
      })
      const written = at.line - 1
      await file.append(lines.join(''))
      durable = Math.max(durable, written)
    },
    retry: () => file.retry(),
    close: () => file.close(),
  }
}
