import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type FolderLock, lockFolder } from '@opensag/agent'
import { type FormerPassword, historyFor, longestHistory, newestOf } from '@opensag/rotation'
import { exists, makeFolderDurably, writeDurably } from '@opensag/server/tools'
import { z } from 'zod'
import { CommandFailure } from '../exit.ts'
import { exposureOf } from '../private-file.ts'
import { mapConcurrently } from './concurrency.ts'
import { usualKeyPath } from './evidence-key.ts'

/** A person may have chosen a given password, so its hash is slow. One of 24 random characters nobody tries out. */
const kinds = { given: 'scrypt', made: 'sha256' } as const

const entrySchema = z.object({
  gateway: z.string(),
  rotation: z.string(),
  salt: z.string(),
  hash: z.string(),
  kind: z.enum(['scrypt', 'sha256']),
})

type Entry = z.infer<typeof entrySchema> & FormerPassword

/** 16 MiB each. */
const cost = { N: 16_384, r: 8, p: 1, maxmem: 32 * 1024 * 1024 }
/** Threads of Node that hash; more at a time only take memory. */
const atOnce = 4

/** Salted hashes of the passwords that rotations of this person gave each gateway; never one in the clear. */
export interface PasswordHistory {
  /** The gateways whose password was among their last so many. `rotation`: one that is gone on with. */
  repeated(
    wanted: readonly { readonly gateway: string; readonly password: string }[],
    rotation: string | undefined,
  ): Promise<ReadonlySet<string>>
  /** Before they are sent. Durable when it resolves. */
  add(
    rotation: string,
    kind: keyof typeof kinds,
    passwords: readonly { readonly gateway: string; readonly password: string }[],
  ): Promise<void>
  /** These gateways did not take what the rotation had for them. */
  drop(rotation: string, gateways: ReadonlySet<string>): Promise<void>
  close(): Promise<void>
}

/** Beside the key that signs evidence: it belongs to the person, not to one rotation. */
export function usualHistoryFolder(): string {
  return join(dirname(usualKeyPath()), 'password-history')
}

/** @throws CommandFailure when others may read it, another rotation uses it, or it cannot be read */
export async function openPasswordHistory(folder: string, history: number): Promise<PasswordHistory> {
  await makeFolderDurably(folder)
  const file = join(folder, 'history.jsonl')
  let lock: FolderLock
  try {
    lock = await lockFolder(folder)
  } catch (error) {
    throw new CommandFailure(`The password history in ${folder} is in use: ${(error as Error).message}`)
  }
  let entries: readonly Entry[]
  try {
    entries = (await exists(file)) ? await readEntries(file) : []
  } catch (error) {
    await lock.release()
    throw error
  }

  async function write(next: readonly Entry[]): Promise<void> {
    // What other runs with a longer history need stays, up to the longest there is.
    entries = newestOf(next, longestHistory + 1)
    await writeDurably(file, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
  }

  return {
    async repeated(wanted, rotation) {
      const former = historyFor(entries, { rotation, history }) as ReadonlyMap<string, readonly Entry[]>
      const found = new Set<string>()
      await mapConcurrently(wanted, atOnce, async ({ gateway, password }) => {
        const hashes = new Map<string, Buffer>()
        for (const entry of former.get(gateway) ?? []) {
          // The entries of a gateway have one salt: a password is hashed once for all of them.
          const name = `${entry.kind} ${entry.salt}`
          const hash = hashes.get(name) ?? (await hashOf(password, entry))
          hashes.set(name, hash)
          if (timingSafeEqual(hash, Buffer.from(entry.hash, 'base64url'))) found.add(gateway)
        }
      })
      return found
    },
    async add(rotation, kind, passwords) {
      const salts = new Map(entries.map(({ gateway, salt }) => [gateway, salt]))
      const added = await mapConcurrently(passwords, atOnce, async ({ gateway, password }): Promise<Entry> => {
        const salted = { salt: salts.get(gateway) ?? randomBytes(16).toString('base64url'), kind: kinds[kind] }
        const hash = (await hashOf(password, salted)).toString('base64url')
        return { gateway, rotation, ...salted, hash }
      })
      await write([...entries, ...added])
    },
    drop: (rotation, gateways) =>
      write(entries.filter((entry) => entry.rotation !== rotation || !gateways.has(entry.gateway))),
    close: () => lock.release(),
  }
}

async function readEntries(file: string): Promise<readonly Entry[]> {
  const exposure = await exposureOf(file)
  if (exposure !== undefined) throw new CommandFailure(exposure)
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '')
  return lines.map((line, index) => {
    try {
      return entrySchema.parse(JSON.parse(line))
    } catch {
      throw new CommandFailure(`Line ${index + 1} of ${file} is not an entry of a password history.`)
    }
  })
}

function hashOf(password: string, { salt, kind }: Pick<Entry, 'salt' | 'kind'>): Promise<Buffer> {
  const bytes = Buffer.from(salt, 'base64url')
  if (kind === 'sha256') return Promise.resolve(createHash('sha256').update(bytes).update(password).digest())
  return new Promise((resolve, reject) => {
    scrypt(password, bytes, 32, cost, (error, hash) => (error === null ? resolve(hash) : reject(error)))
  })
}
