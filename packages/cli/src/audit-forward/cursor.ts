import { createHash } from 'node:crypto'
import { chmod, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type FolderLock, lockFolder } from '@opensag/agent'
import { exists, makeFolderDurably, writeDurably } from '@opensag/server/tools'
import { z } from 'zod'
import { CommandFailure, UsageError } from '../exit.ts'

const content = z.strictObject({ target: z.string(), trail: z.string(), after: z.int().nonnegative() })

/** The number of the last entry that the other side has, and of which trail, on disk. */
export interface Cursor {
  after(): number
  /** Empty before the first trail. */
  trail(): string
  /** Durable when it resolves. */
  advance(after: number): Promise<void>
  /** From the beginning of this trail on; durable when it resolves. */
  begin(trail: string): Promise<void>
  close(): Promise<void>
}

/**
 * @throws CommandFailure when another process uses the folder or its file is damaged; UsageError when it belongs to another target,
 * which has perhaps none of the entries this one has
 */
export async function openCursor(folder: string, to: string): Promise<Cursor> {
  const isNew = !(await exists(folder))
  await makeFolderDurably(folder)
  if (isNew) await chmod(folder, 0o700)
  let lock: FolderLock
  try {
    lock = await lockFolder(folder)
  } catch (error) {
    throw new CommandFailure(`${folder} is in use: ${(error as Error).message}`)
  }
  const file = join(folder, 'cursor.json')
  const target = fingerprint(to)
  let place: { readonly trail: string; readonly after: number }
  try {
    place = (await exists(file)) ? await read(file, target) : { trail: '', after: 0 }
  } catch (error) {
    await lock.release()
    throw error
  }
  async function write(next: typeof place): Promise<void> {
    await writeDurably(file, `${JSON.stringify({ target, ...next })}\n`)
    place = next
  }
  return {
    after: () => place.after,
    trail: () => place.trail,
    advance: (after) => write({ ...place, after }),
    begin: (trail) => write({ trail, after: 0 }),
    close: () => lock.release(),
  }
}

/** An address can hold a secret, so it is not written. */
function fingerprint(to: string): string {
  return createHash('sha256').update(to).digest('hex')
}

async function read(file: string, target: string): Promise<z.infer<typeof content>> {
  const text = await readFile(file, 'utf8')
  let parsed: z.infer<typeof content>
  try {
    parsed = content.parse(JSON.parse(text))
  } catch {
    throw new CommandFailure(`${file} is damaged. Remove it to send everything again.`)
  }
  if (parsed.target !== target)
    throw new UsageError(`${file} belongs to another target. Give each target a --state of its own.`)
  return parsed
}
