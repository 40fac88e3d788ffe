import { join } from 'node:path'
import { type FolderLock, lockFolder } from '@opensag/agent'
import { exists, makeFolderDurably } from '@opensag/server/tools'
import { UsageError } from '../exit.ts'
import { say } from '../say.ts'

/** The folder a rotation keeps everything in. */
export interface Place {
  readonly folder: string
  readonly journal: string
  readonly evidence: string
  readonly publicKey: string
  readonly passwords: string
  readonly lock: FolderLock
}

const journalName = 'journal.jsonl'

/** @throws UsageError when a rotation is in it already */
export async function refuseOld(folder: string, resume: string): Promise<void> {
  if (!(await exists(join(folder, journalName)))) return
  throw new UsageError(say('{folder} contains a rotation already. To resume it: {resume}', { folder, resume }))
}

/** @throws UsageError when a rotation is in it already; Error when another process has it */
export async function newPlace(folder: string, out: string | undefined, resume: string): Promise<Place> {
  await makeFolderDurably(folder)
  const place = await lockedPlace(folder, out)
  try {
    await refuseOld(folder, resume)
  } catch (error) {
    await place.lock.release()
    throw error
  }
  return place
}

/** @throws UsageError when there is none in it */
export async function oldPlace(folder: string, out: string | undefined): Promise<Place> {
  if (!(await exists(join(folder, journalName)))) {
    throw new UsageError(
      say('{folder} contains no rotation. If a rotation ended before it wrote its journal, it changed nothing.', {
        folder,
      }),
    )
  }
  return lockedPlace(folder, out)
}

async function lockedPlace(folder: string, out: string | undefined): Promise<Place> {
  return {
    folder,
    journal: join(folder, journalName),
    evidence: join(folder, 'evidence.jsonl'),
    publicKey: join(folder, 'evidence.pub.pem'),
    passwords: out ?? join(folder, 'passwords.age'),
    lock: await lockFolder(folder),
  }
}

/** A name that tells people when it was, and that nothing else has. */
export function usualFolder(now: string): string {
  return `rotation-${now.replace(/\.\d+Z$/, '').replace(/[-:]/g, '')}`
}
