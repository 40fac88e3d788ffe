import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Secret } from '@opensag/protocol'
import type { GatewayState, JournalRecord, JournalState, PlannedGateway } from '@opensag/rotation'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Finished, finish } from './finish.ts'
import { createSealing, type Sealing } from './seal.ts'

let folder: string
let sealing: Sealing
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'opensag-finish-'))
  sealing = createSealing([await identityToRecipient(await generateX25519Identity())])
  vi.spyOn(console, 'log').mockReturnValue()
  vi.spyOn(console, 'error').mockReturnValue()
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true, force: true })
})

const plan = [{ regionId: 'cn-shanghai', instanceId: 'sag-1', serial: 's1' } as PlannedGateway]
const changed = (holds: number): GatewayState => ({
  ...{ outcome: { is: 'changed' }, holds, open: undefined, doubts: [], requestIds: [], decidedAt: undefined },
})

interface Ended {
  readonly run: number
  readonly before: readonly GatewayState[]
  readonly after: readonly GatewayState[]
  readonly made?: string
  /** The digest that the run before noted. */
  readonly noted?: string | undefined
}

/** Ends a run; the digest it noted, and the file of passwords. */
async function ended({ run, before, after, made, noted }: Ended): Promise<readonly [string | undefined, string]> {
  const records: JournalRecord[] = []
  const earlier = { run: run - 1, at: '', by: {}, ended: { at: '', why: { is: 'finished' }, passwords: noted } }
  const passwords = join(folder, 'passwords.age')
  await finish(
    {
      place: { folder, passwords, evidence: join(folder, 'e'), publicKey: join(folder, 'k') },
      journal: { retry: async () => {}, write: async (record: JournalRecord) => void records.push(record) },
      keeping: { sealing },
      key: {},
      journalState: { began: {}, plan, runs: [earlier], gateways: before, sealed: [] } as unknown as JournalState,
      run: { run, at: '', by: {} },
      end: { is: 'finished' },
      gatewayStates: after,
      passwords: new Map(made === undefined ? [] : [[0, Secret.of(made)]]),
      at: '',
    } as unknown as Finished,
    { json: false, showPasswords: false, resume: 'opensag rotate --resume x' },
  )
  const [record] = records
  return [record?.kind === 'run-ended' ? record.passwords : undefined, readFileSync(passwords, 'utf8')]
}

test('a run that finds nothing to do keeps the file that the run before left, and only that', async () => {
  const [digest, file] = await ended({ run: 1, before: [], after: [changed(1)], made: 'Made_by_run_1' })
  expect(digest).toMatch(/^[0-9a-f]{64}$/)
  const idle = { run: 2, before: [changed(1)], after: [changed(1)] }
  expect(await ended({ ...idle, noted: digest })).toEqual([digest, file])
  const [, unknown] = await ended({ ...idle, noted: undefined })
  expect(unknown).not.toBe(file)
})

test('a run that changed something writes the file anew, also when it made no password', async () => {
  const [digest, file] = await ended({ run: 1, before: [], after: [changed(1)], made: 'Made_by_run_1' })
  const found = await ended({
    run: 2,
    before: [{ ...changed(1), outcome: undefined }],
    after: [changed(1)],
    noted: digest,
  })
  expect(found[1]).not.toBe(file)
  const [, again] = await ended({
    run: 3,
    before: [changed(1)],
    after: [changed(1)],
    made: 'Made_by_run_3',
    noted: found[0],
  })
  expect(again).not.toBe(found[1])
})
