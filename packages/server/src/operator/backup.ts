import { isAbsolute } from 'node:path'
import { z } from 'zod'
import { BackupRefused } from '../backup/errors.ts'
import { markRestored } from '../backup/mark-restored.ts'
import { mostAheadMs } from '../backup/most-ahead.ts'
import { command, OperatorRefusal } from './command.ts'

/** What `opensag backup` asks of a server that runs. A path from there means nothing here, so it is made absolute there. */
export const backupMake = command({
  name: 'backup make',
  about: 'Back up the database, wherever it is, and the master key.',
  input: z.object({
    to: z.string().refine(isAbsolute, 'the path must be absolute').describe('Folder to make'),
    withMasterKey: z.boolean().describe('Copy master.key, too'),
  }),
  async run({ backups }, { to, withMasterKey }) {
    try {
      return await backups.make({ to, withMasterKey, isAwaited: true })
    } catch (error) {
      if (error instanceof BackupRefused) throw new OperatorRefusal(error.message, { cause: error })
      throw error
    }
  },
})

/** What `opensag backup` asks now and then while it waits for the one above. */
export const backupShow = command({
  name: 'backup show',
  about: 'How far the backup is that is being made.',
  input: z.object({}),
  async run({ backups }) {
    return { progress: backups.progress() }
  },
})

export const restored = command({
  name: 'restored',
  about:
    'Mark the data of a running server as restored by other means than `opensag restore`: refuse signatures from before, end sessions, admit every gateway once.',
  input: z.object({
    clientsAhead: z.coerce
      .number()
      .int()
      .min(0)
      .max(mostAheadMs / 1000)
      .default(0)
      .describe('Also refuse signatures dated up to this many seconds after now, 0 to 900; default 0'),
  }),
  async run({ store, clock, wallClock, gateways, disconnect, signatureFence }, { clientsAhead }) {
    // They have shown their tickets to this server, so those count.
    const confirmed = new Set(gateways())
    const marking = { at: wallClock(), businessNow: clock.now(), aheadMs: clientsAhead * 1000, confirmed }
    const { returned, ...marked } = await markRestored(store, marking)
    signatureFence.raise(marked.signatureFence)
    // Off line in the store by now; they come back and are compared anew.
    await Promise.all([...new Set([...confirmed, ...gateways()])].map(disconnect))
    return {
      restoredAt: new Date(marked.restoredAt).toISOString(),
      signaturesCountAfter: new Date(marked.signatureFence).toISOString(),
      sessionsEnded: marked.sessionsEnded,
      remoteUsersLoggedOff: marked.remoteUsersLoggedOff,
      changesFailed: marked.changesFailed,
      activeAccessKeys: returned.activeKeys.length,
      attachedPolicies: returned.attachments.length,
      gateways: returned.gateways.length,
    }
  },
})
