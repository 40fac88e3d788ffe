import { type Random, systemTimers } from '@opensag/protocol'
import { isWritable } from '@opensag/rules'
import type { Logger } from 'pino'
import { createRecentlyUsed } from '../recently-used.ts'
import { forgetPaceUses, notePaceUses, type PaceUse, paceUsesOfOthers, type Run } from '../store/access/pace-uses.ts'
import type { Store } from '../store/store.ts'
import { startSweep } from '../store/sweep.ts'
import {
  createFlowControl,
  defaultFlowLimits,
  type FlowControl,
  type FlowLimits,
  type SharedFlowControl,
} from './flow-control.ts'

/** So long a node goes on without what others have let in. */
export const exchangeMs = 5000
/** After so long nobody needs to hear any more what was taken. */
const rememberedMs = 10 * 60_000
/** Names of a node that are added up at a time; more than are told in that time. */
const mostTotals = 2000

export interface SharedFlowContext {
  readonly store: Pick<Store, 'read' | 'write'>
  readonly flow: Pick<SharedFlowControl, 'taken' | 'charge'>
  /** Of this process, after this start. */
  readonly run: Run
  readonly wallClock: () => number
}

/**
 * Makes the rates those of all nodes: each tells the others what the heaviest callers have taken at it, and charges them
 * for what they took elsewhere. A caller of all nodes may be ahead by what it takes between two exchanges, which it then
 * waits for.
 */
export function createSharedFlow({ store, flow, run, wallClock }: SharedFlowContext): () => Promise<void> {
  const totals = createRecentlyUsed<string, { readonly taken: number; readonly at: number }>(mostTotals)
  /** As of the last exchange. Undefined before the first: what was taken before this start is none of its business. */
  let seen: ReadonlyMap<string, number> | undefined

  function totalOf({ kind, name, taken }: PaceUse, now: number): PaceUse {
    const key = `${kind} ${name}`
    const before = totals.get(key)
    // Its row may be forgotten by now, and the others would take all of a total for new.
    const isKnown = before !== undefined && now - before.at < rememberedMs / 2
    const total = taken + (isKnown ? before.taken : 0)
    totals.set(key, { taken: total, at: now })
    return { kind, name, taken: total }
  }

  return async () => {
    const now = wallClock()
    // What no row can hold is nobody's real name.
    const uses = flow.taken(exchangeMs).filter(({ name }) => isWritable(name))
    if (uses.length > 0) {
      const rows = uses.map((use) => totalOf(use, now))
      await store.write(async (tx) => {
        await notePaceUses(tx, run, rows, now)
        await forgetPaceUses(tx, now - rememberedMs)
      })
    }
    const others = await store.read((db) => paceUsesOfOthers(db, run))
    const next = new Map<string, number>()
    for (const { run: other, kind, name, taken } of others) {
      const key = `${other} ${kind} ${name}`
      next.set(key, taken)
      if (seen === undefined) continue
      const before = seen.get(key) ?? 0
      // A total that fell was begun anew.
      const more = taken < before ? taken : taken - before
      if (more > 0) flow.charge({ kind, name, taken: more })
    }
    seen = next
  }
}

export interface OpenFlow extends FlowControl {
  close(): Promise<void>
}

/** The flow control of a server; of all nodes together where they share a store. */
export function openFlow(
  limits: Partial<FlowLimits> | undefined,
  {
    store,
    isShared,
    random,
    wallClock,
    logger,
  }: Pick<SharedFlowContext, 'store' | 'wallClock'> & {
    readonly isShared: boolean
    readonly random: Random
    readonly logger: Logger
  },
): OpenFlow {
  const flow = createFlowControl(
    random(4).readInt32LE(),
    { ...defaultFlowLimits, ...limits },
    { timers: systemTimers, counted: isShared },
  )
  if (!isShared) return { ...flow, close: async () => {} }
  const exchange = createSharedFlow({ store, flow, run: random(8).toString('hex'), wallClock })
  const sweep = startSweep({ everyMs: exchangeMs, what: 'what callers took at other nodes', logger, forget: exchange })
  return { ...flow, close: sweep.close }
}
