// Support for the tests of seals: a trail in a store, and a clock in the test's hand.
import { randomBytes } from 'node:crypto'
import { pino } from 'pino'
import { createSealer, type Sealer } from '../../sealing/sealing.ts'
import type { Store } from '../store.ts'
import type { AuditEntry } from './audit.ts'
import { createTrailKeeper, type TrailKeeper, type TrailKeeping } from './keeper.ts'
import { openSealKey, type SealKey } from './seal-key.ts'

export const day = 24 * 60 * 60_000

export interface KeptTrail {
  readonly sealKey: SealKey
  readonly lines: string[]
  /** The wall clock. */
  now: number
  add(count: number, more?: Partial<AuditEntry>): Promise<void>
  keeper(more?: Partial<TrailKeeping>): TrailKeeper
}

export const newSealer = (): Sealer => createSealer(randomBytes(32))

export async function keptTrail(store: Store, sealer: Sealer): Promise<KeptTrail> {
  const sealKey = await openSealKey(store, sealer, randomBytes)
  const lines: string[] = []
  const logger = pino({ level: 'warn' }, { write: (line) => void lines.push(JSON.parse(line).msg) })
  let count = 0
  const trail: KeptTrail = {
    sealKey,
    lines,
    now: Date.UTC(2026, 5, 1),
    async add(many, more = {}) {
      const entries = Array.from({ length: many }, () => entryNumber(count++, { at: trail.now, ...more }))
      await Promise.all(entries.map((entry) => store.record(entry)))
    },
    keeper: (more = {}) =>
      createTrailKeeper({
        store,
        sealKey,
        days: 30,
        mostBytes: Number.MAX_SAFE_INTEGER,
        wallClock: () => trail.now,
        logger,
        ...more,
      }),
  }
  return trail
}

function entryNumber(count: number, more: Partial<AuditEntry>): AuditEntry {
  return {
    at: 0,
    accountId: '1234567890123456',
    principal: 'acs:ram::1234567890123456:root',
    principalId: '1234567890123456',
    accessKeyId: 'LTAI5t',
    source: '192.0.2.1',
    product: 'Smartag',
    action: 'DescribeRegions',
    level: 'Read',
    regionId: 'cn-shanghai',
    resources: ['*'],
    outcome: undefined,
    requestId: `REQUEST-${count}`,
    ...more,
  }
}
