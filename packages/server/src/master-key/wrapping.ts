import { type BinaryLike, randomBytes, type ScryptOptions, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { Secret } from '@opensag/protocol'
import { z } from 'zod'
import { createSealer } from '../sealing/sealing.ts'

const derive = promisify<BinaryLike, BinaryLike, number, ScryptOptions, Buffer>(scrypt)

/**
 * scrypt with 128 MiB and some 0.4 s on the machine it was chosen on: one start pays that once, a guesser for every guess.
 * The file carries its cost, so that a later version may raise it.
 */
const usualCost = 2 ** 17
const blockSize = 8
const context = 'master.key'

const wrappedSchema = z.object({
  kind: z.literal('opensag-master-key'),
  format: z.literal(1),
  kdf: z.literal('scrypt'),
  // A power of two; the limit keeps a file that was tampered with from taking all memory.
  cost: z
    .number()
    .int()
    .min(2)
    .max(2 ** 20)
    .refine((cost) => (cost & (cost - 1)) === 0),
  salt: z.string(),
  sealed: z.string(),
})

/** The master key as a file that opens with the passphrase only. */
export async function wrapKey(key: Buffer, passphrase: Secret, cost = usualCost): Promise<Buffer> {
  const salt = randomBytes(16)
  const sealer = createSealer(await derived(passphrase, salt, cost))
  const sealed = sealer.seal(Secret.of(key.toString('base64url')), context)
  const content: z.infer<typeof wrappedSchema> = {
    kind: 'opensag-master-key',
    format: 1,
    kdf: 'scrypt',
    cost,
    salt: salt.toString('base64url'),
    sealed,
  }
  return Buffer.from(`${JSON.stringify(content, null, 2)}\n`)
}

/** @returns undefined when the passphrase is another one, or the file was changed; the two cannot be told apart */
export async function unwrapKey(content: Buffer, passphrase: Secret): Promise<Buffer | undefined> {
  const { cost, salt, sealed } = wrappedSchema.parse(JSON.parse(content.toString('utf8')))
  const sealer = createSealer(await derived(passphrase, Buffer.from(salt, 'base64url'), cost))
  try {
    return Buffer.from(sealer.open(sealed, context).reveal(), 'base64url')
  } catch {
    return undefined
  }
}

function derived(passphrase: Secret, salt: Buffer, cost: number): Promise<Buffer> {
  // Twice what the cost asks for; OpenSSL counts a little more than that.
  const maxmem = 256 * cost * blockSize + 2 ** 20
  return derive(passphrase.reveal().normalize('NFC'), salt, 32, { N: cost, r: blockSize, p: 1, maxmem })
}
