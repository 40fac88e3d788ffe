import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type JournalState, readJournal } from '@opensag/rotation'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { verifyEvidence, writeEvidence } from './evidence.ts'
import { evidenceKeyOf } from './evidence-key.ts'

const key = evidenceKeyOf(generateKeyPairSync('ed25519').privateKey)
const at = '2026-11-28T00:00:00.000Z'

/** A rotation of three gateways, the last of which was not decided. */
function journalState(rotation: string): JournalState {
  const gateways = ['sag1', 'sag2', 'sag3'].map((serial) => ({
    regionId: 'cn-shanghai',
    instanceId: `sag-${serial}`,
    instanceName: undefined,
    ccnId: undefined,
    serial,
    model: 'sag-1000',
    version: '2.3.1.1',
    role: 'active' as const,
    online: true,
    wave: 0,
    choice: { operation: 'ModifySAGAdminPassword' as const },
  }))
  return readJournal([
    { kind: 'began', format: 1, rotation, at, endpoint: 'e', selection: '--all', recipients: [], passwords: 'made' },
    { kind: 'planned', gateways },
    { kind: 'plan-ended', gateways: 3, waves: 1 },
    { kind: 'decided', gateway: 0, outcome: { is: 'changed' }, at },
    { kind: 'decided', gateway: 1, outcome: { is: 'kept', why: 'refused' }, at },
  ])
}

let folder: string
let path: string
let publicKey: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opensag-evidence-'))
  path = join(folder, 'evidence.jsonl')
  publicKey = join(folder, 'key.pub')
  await writeFile(publicKey, key.publicKey)
  await writeEvidence(path, journalState('one'), key.evidence)
})
afterEach(() => rm(folder, { recursive: true }))

const lines = async (file = path): Promise<string[]> => (await readFile(file, 'utf8')).split(/(?<=\n)/)
const verify = () => verifyEvidence(path, publicKey)

test('what was written is valid, and counts what became of the gateways', async () => {
  const { records, summary } = await verify()
  expect(records.map(({ kind }) => kind)).toEqual(['rotation', 'gateway', 'gateway', 'gateway', 'end'])
  expect(summary).toMatchObject({ changed: 1, kept: 1, pending: 1 })
})

test('lines of another rotation of the same key do not fit in', async () => {
  const other = join(folder, 'other.jsonl')
  await writeEvidence(other, journalState('two'), key.evidence)
  const [mine, others] = [await lines(), await lines(other)]
  for (let from = 1; from < mine.length; from++) {
    await writeFile(path, [...mine.slice(0, from), ...others.slice(from)].join(''))
    await expect(verify()).rejects.toThrow('is not valid evidence')
  }
})

test('evidence that ends early is not valid, be it in a line or after one', async () => {
  const whole = await lines()
  await writeFile(path, whole.slice(0, -1).join(''))
  await expect(verify()).rejects.toThrow('Its end is missing.')
  await writeFile(path, whole.join('').slice(0, -1))
  await expect(verify()).rejects.toThrow('is not valid evidence')
  await writeFile(path, `${whole.join('')}{"line":6`)
  await expect(verify()).rejects.toThrow('Its last line is cut short.')
})
