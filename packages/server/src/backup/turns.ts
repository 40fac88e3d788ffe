import { z } from 'zod'
import { startOf } from '../store/gateways/nodes.ts'
import { readSetting, writeSetting } from '../store/settings.ts'
import type { Reader, Store, Writer } from '../store/store.ts'
import { backupsIn } from './scheduled-folder.ts'

/** Who makes the next scheduled backup, and when. */
export interface BackupTurns {
  /** Milliseconds after which it is worth asking again; 0: it is this server's turn, which it ends with `end`. */
  take(now: number): Promise<number>
  /** @param madeAt when the backup was begun that was made; undefined when it failed */
  end(madeAt: number | undefined): Promise<void>
}

/** Of a server that is alone: what is in the folder says when the next one is due. */
export function turnsByFolder(folder: string, everyMs: number): BackupTurns {
  return {
    async take(now) {
      const newest = (await backupsIn(folder)).at(-1)
      // One that is dated later than now was made by a clock that ran ahead, and says nothing.
      return newest === undefined || newest.at > now ? 0 : Math.max(0, newest.at + everyMs - now)
    },
    async end() {},
  }
}

const setting = 'backup-turn'

const stateSchema = z.object({
  /** The node that makes one now, and when its process was started. */
  claim: z.object({ node: z.string(), startedAt: z.number() }).optional(),
  /** When the last one was begun that was made, milliseconds since 1970 by the clock of its node. */
  madeAt: z.number().optional(),
})
type State = z.infer<typeof stateSchema>

/** How soon a node asks again while another one makes a backup, milliseconds: that node may die. */
const whileMadeMs = 60_000
/** Clocks of nodes differ; what is dated further ahead was made by a clock that was wrong, and says nothing. */
const aheadMs = 15 * 60_000

/**
 * Of the nodes of one database: one of them makes each backup. Its claim counts for as long as the nodes say that this
 * process of it runs (table `node`): one that died, or stood still for too long, is given up there, and its turn with it.
 */
export function turnsInStore(store: Store, { nodeId, everyMs }: { nodeId: string; everyMs: number }): BackupTurns {
  return {
    take: (now) =>
      store.write(async (tx) => {
        const startedAt = await startOf(tx, nodeId)
        const { claim, madeAt } = await stateIn(tx)
        // It was given up by the others and has not said since that it is there.
        if (startedAt === undefined) return whileMadeMs
        if (claim !== undefined && claim.node !== nodeId && (await isRunning(tx, claim))) return whileMadeMs
        const waits = madeAt === undefined || madeAt > now + aheadMs ? 0 : madeAt + everyMs - now
        if (waits > 0) return waits
        await writeState(tx, { madeAt, claim: { node: nodeId, startedAt } })
        return 0
      }),
    end: (madeAt) =>
      store.write(async (tx) => {
        const state = await stateIn(tx)
        // Another node took the turn of one that was given up.
        if (state.claim?.node !== nodeId) return
        await writeState(tx, { madeAt: madeAt ?? state.madeAt })
      }),
  }
}

async function isRunning(db: Reader, { node, startedAt }: NonNullable<State['claim']>): Promise<boolean> {
  return (await startOf(db, node)) === startedAt
}

/** One that cannot be read says nothing: at worst a backup is made too soon. */
async function stateIn(db: Reader): Promise<State> {
  const text = await readSetting(db, setting)
  if (text === undefined) return {}
  try {
    return stateSchema.parse(JSON.parse(text))
  } catch {
    return {}
  }
}

function writeState(tx: Writer, state: State): Promise<void> {
  return writeSetting(tx, setting, JSON.stringify(state))
}
