import { createHash } from 'node:crypto'
import { createMutex, type WallClock } from '@opensag/protocol'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { AdminPassword } from './admin-password.ts'
import type { Disk } from './disk.ts'
import type { Vault } from './vault.ts'

const file = 'password-dates.json'
/** What 0.1.0 wrote instead: when anything was last written to the vault, a change that was taken back included. */
const fileOfBefore = 'password-age.json'

const dated = z.strictObject({
  /** Stands for the hash of the password, and tells nothing of it; null: no password. */
  mark: z.string().nullable(),
  changedAt: z.int().nonnegative().optional(),
})
const contentSchema = dated.extend({ before: dated.optional() })
const contentOfBefore = z.strictObject({ changedAt: z.int().nonnegative() })

type Content = z.infer<typeof contentSchema>

export interface PasswordDate {
  readonly isSet: boolean
  /** Milliseconds since 1970; undefined when the password is as it was when this gateway first started, or there is none. */
  readonly changedAt?: number
}

/**
 * Since when the administrator password is what it is, for the local console and the server's list of passwords nobody has
 * changed. Recognised by the hash in the vault: a change by another program counts, one that was taken back does not.
 */
export interface PasswordAge {
  /** Looks at the hash that is accepted; undefined: there is no password. */
  of(hash: string | undefined): Promise<PasswordDate>
  /** As it was looked at last. */
  changedAt(): number | undefined
  /** Resolves when every change until now is dated and nothing is being written. */
  settled(): Promise<void>
}

export async function openPasswordAge({
  disk,
  vault,
  adminPassword,
  wallClock,
  logger,
}: {
  readonly disk: Disk
  readonly vault: Pick<Vault, 'current'>
  readonly adminPassword: Pick<AdminPassword, 'onChange'>
  readonly wallClock: WallClock
  readonly logger: Logger
}): Promise<PasswordAge> {
  const text = await disk.read(file)
  let content = text === undefined ? undefined : contentSchema.parse(JSON.parse(text))
  const older = content === undefined ? await disk.read(fileOfBefore) : undefined
  const exclusive = createMutex()

  function seen(mark: string | null): Content {
    // The first time ever: what is there was there before, unless an older version has dated it.
    if (content === undefined) {
      if (older === undefined || mark === null) return { mark }
      return { mark, changedAt: contentOfBefore.parse(JSON.parse(older)).changedAt }
    }
    if (content.mark === mark) return content
    const { before, ...current } = content
    if (before?.mark === mark) return { ...before, before: current }
    return mark === null ? { mark } : { mark, changedAt: wallClock(), before: current }
  }

  async function dateOf(hash: string | undefined): Promise<PasswordDate> {
    const next = seen(hash === undefined ? null : markOf(hash))
    const isAsShipped = content === undefined && next.mark === null
    const isNew = next !== content
    content = next
    if (isNew && !isAsShipped) {
      try {
        await disk.write(file, `${JSON.stringify(next)}\n`)
      } catch (error) {
        // The password itself is durable: its date alone is no reason to say otherwise.
        logger.warn({ err: error }, 'The date of the password change could not be kept')
      }
    }
    const { mark, changedAt } = next
    return { isSet: mark !== null, ...(changedAt === undefined ? {} : { changedAt }) }
  }

  async function look(): Promise<void> {
    try {
      await dateOf(await vault.current())
    } catch (error) {
      // The next report looks again.
      logger.warn({ err: error }, 'The date of the password change could not be determined')
    }
  }

  await exclusive(look)
  adminPassword.onChange(() => void exclusive(look))

  return {
    of: (hash) => exclusive(() => dateOf(hash)),
    changedAt: () => content?.changedAt,
    settled: () => exclusive(async () => undefined),
  }
}

/** Of a salted slow hash: whoever reads the mark cannot try passwords with it. */
function markOf(hash: string): string {
  return createHash('sha256').update(`password date\n${hash}`).digest('base64url').slice(0, 22)
}
