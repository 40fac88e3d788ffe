import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Secret } from '@opensag/protocol'
import { doubtsOf, type JournalState, type PlannedGateway } from '@opensag/rotation'
import { exists, writeDurably } from '@opensag/server/tools'
import { CommandFailure } from '../exit.ts'
import { openSealed, type Sealing } from './seal.ts'

export interface Kept {
  readonly journalState: Pick<JournalState, 'plan' | 'gateways' | 'sealed'>
  readonly run: number
  /** Passwords of this run; those of runs before are readable by the recipients alone. */
  readonly passwords: ReadonlyMap<number, Secret>
}

/** What the file says of one gateway. */
interface Entry {
  readonly regionId: string
  readonly instanceId: string
  readonly serial: string
  /** `unknown`: it holds one of the candidates or the password from before. */
  readonly state: 'changed' | 'unknown'
  readonly password?: string
  readonly candidates?: readonly Candidate[]
}

/** Without a password: it stands in a later block of the file, under the same run and serial number. */
interface Candidate {
  readonly run: number
  readonly password?: string
}

/**
 * The new passwords, encrypted to the recipients: first a block that says for each gateway what it holds. Passwords an
 * earlier, interrupted run made follow as they were encrypted then. Each block is an age file of its own.
 *
 * @returns the digest that {@link hasPasswords} compares
 */
export async function writePasswords(path: string, kept: Kept, sealing: Sealing): Promise<string> {
  const { journalState, run } = kept
  const entries = entriesOf(kept)
  const needed = new Set(entries.flatMap(({ candidates = [] }) => candidates.map((candidate) => candidate.run)))
  needed.delete(run)
  const blocks = [
    await sealing.seal(entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')),
    ...journalState.sealed.filter((record) => needed.has(record.run)).map(({ age }) => age),
  ]
  const text = blocks.map((block) => `${block.trim()}\n`).join('')
  await writeDurably(path, text)
  return digestOf(text)
}

/** Whether the file is the one that was written with this digest. */
export async function hasPasswords(path: string, digest: string | undefined): Promise<boolean> {
  if (digest === undefined || !(await exists(path))) return false
  return digestOf(await readFile(path, 'utf8')) === digest
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function entriesOf({ journalState, run, passwords }: Kept): readonly Entry[] {
  return journalState.plan.flatMap((gateway, index): Entry[] => {
    const now = journalState.gateways[index]
    if (now === undefined) return []
    const runs = now.outcome?.is === 'changed' ? [now.holds ?? run] : doubtsOf(now).map((doubt) => doubt.run)
    if (runs.length === 0) return []
    const candidates = [...new Set(runs)].map((made): Candidate => {
      const password = made === run ? passwords.get(index) : undefined
      return password === undefined ? { run: made } : { run: made, password: password.reveal() }
    })
    const [only] = candidates
    if (now.outcome?.is !== 'changed') return [{ ...named(gateway), state: 'unknown', candidates }]
    return [
      only?.password === undefined
        ? { ...named(gateway), state: 'changed', candidates }
        : { ...named(gateway), state: 'changed', password: only.password },
    ]
  })
}

function named({ regionId, instanceId, serial }: PlannedGateway) {
  return { regionId, instanceId, serial }
}

/** Reads such a file: each gateway with its password, or with all it may hold. @throws CommandFailure */
export async function openPasswords(text: string, identities: readonly string[]): Promise<readonly Entry[]> {
  const [first = '', ...earlier] = await openSealed(text, identities)
  const found = new Map<string, string>()
  for (const line of earlier.flatMap(linesOf)) {
    const { run, regionId, instanceId, serial, password } = line as Record<string, string>
    found.set(`${run} ${regionId}/${instanceId}/${serial}`, String(password))
  }
  return linesOf(first).map((line) => {
    const entry = line as unknown as Entry
    if (entry.candidates === undefined) return entry
    const candidates = entry.candidates.map(({ run, password }) => {
      const known = password ?? found.get(`${run} ${entry.regionId}/${entry.instanceId}/${entry.serial}`)
      if (known === undefined) throw new CommandFailure(`The password of ${entry.serial} is missing from the file.`)
      return { run, password: known }
    })
    const { candidates: _, ...rest } = entry
    return entry.state === 'changed' ? { ...rest, password: candidates[0]?.password ?? '' } : { ...rest, candidates }
  })
}

function linesOf(text: string): readonly Readonly<Record<string, unknown>>[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}
