import { createMutex, type WallClock } from '@opensag/protocol'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { AdminPassword } from './admin-password.ts'
import type { Disk } from './disk.ts'

const file = 'password-age.json'
const contentSchema = z.strictObject({ changedAt: z.int().nonnegative() })

/** When the administrator's password was last changed, for the people at the local console. Nothing else depends on it. */
export interface PasswordAge {
  /** Milliseconds since 1970; undefined when it was never changed here. */
  changedAt(): number | undefined
  /** Resolves when nothing is being written. */
  settled(): Promise<void>
}

export async function openPasswordAge({
  disk,
  adminPassword,
  wallClock,
  logger,
}: {
  readonly disk: Disk
  readonly adminPassword: AdminPassword
  readonly wallClock: WallClock
  readonly logger: Logger
}): Promise<PasswordAge> {
  const text = await disk.read(file)
  let changedAt = text === undefined ? undefined : contentSchema.parse(JSON.parse(text)).changedAt
  const exclusive = createMutex()

  adminPassword.onChange(() => {
    const at = wallClock()
    changedAt = at
    exclusive(() => disk.write(file, `${JSON.stringify({ changedAt: at })}\n`)).catch((error: unknown) => {
      // The password itself is changed and durable: its date alone is no reason to say otherwise.
      logger.warn({ err: error }, 'The date of the password change could not be kept')
    })
  })
  return { changedAt: () => changedAt, settled: () => exclusive(async () => undefined) }
}
