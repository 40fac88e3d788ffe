import { z } from 'zod'
import type { Disk } from './disk.ts'
import type { Vault } from './vault.ts'

const file = 'admin-hash.json'
const content = z.strictObject({ hash: z.string().startsWith('$argon2').nullable() })

/** Argon2id (2 is its number in the library, whose enum a single-file compiler cannot read), memory in KiB. */
const cost = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** Loaded for the first password: a gateway whose passwords are those of a Linux account needs none of it. */
const argon2 = () => import('@node-rs/argon2')

/** The administrator's password of a gateway that has no operating-system account for it: its hash is a file of the gateway. */
export function createFileVault({ disk }: { readonly disk: Disk }): Vault {
  return {
    async current() {
      const text = await disk.read(file)
      return text === undefined ? undefined : (content.parse(JSON.parse(text)).hash ?? undefined)
    },
    async replace(hash) {
      await disk.write(file, `${JSON.stringify({ hash: hash ?? null })}\n`)
    },
    settle: () => disk.settle(file),
    hash: async (password) => (await argon2()).hash(password.revealBytes(), cost),
    verify: async (password, hash) => (await argon2()).verify(hash, password.revealBytes()),
  }
}
