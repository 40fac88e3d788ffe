import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createChance, seedOf } from '../../packages/chaos/src/random.ts'
import { verifyEvidence } from '../../packages/cli/src/rotate/evidence.ts'
import { openEvidenceKey } from '../../packages/cli/src/rotate/evidence-key.ts'
import { openJournal } from '../../packages/cli/src/rotate/journal.ts'
import { openPasswords } from '../../packages/cli/src/rotate/passwords-file.ts'
import { openSealed } from '../../packages/cli/src/rotate/seal.ts'
import { doubtsOf } from '../../packages/rotation/src/journal.ts'
import { type FleetContext, startFleet } from '../rotate/fleet.ts'
import { startRotate } from '../rotate/program.ts'
import { afterKill, afterPowerCut, anyPowerCut, type PowerCut } from '../support/power-cut/disk.ts'
import type { Contents } from '../support/power-cut/history.ts'
import { placeForStates, rebuild, recordedSteps, recording, whatRecordingNeeds } from '../support/power-cut/recorder.ts'
import { joined, type Step } from '../support/power-cut/step.ts'
import { limit } from '../support/time.ts'

const seed = Number(process.env['OPENSAG_SEED'] ?? Date.now() % 1_000_000)
const gateways = 6
const empty: Contents = new Map()
const patience = limit(600_000)
/** Inside the watched folder. */
const rotation = 'made/rotation'
const evidenceKey = 'config/opensag/evidence-key.pem'

/** What this side sent or showed, and may have to answer for, with the number of the step after it. */
type Told =
  | { readonly is: 'called'; readonly from: number; readonly serial: string; readonly password: string }
  | { readonly is: 'changed'; readonly from: number; readonly serial: string }
  | { readonly is: 'ended'; readonly from: number }

describe.skipIf(whatRecordingNeeds !== undefined)(
  `a power cut of a rotation (seed ${seed})${whatRecordingNeeds ? ` (${whatRecordingNeeds})` : ''}`,
  () => {
    let states: string
    let fleet: FleetContext
    let identity: string
    let steps: readonly Step[]

    beforeAll(async () => {
      states = mkdtempSync(join(placeForStates, 'opensag-power-cuts-'))
      fleet = await startFleet({ gateways, broken: 0 })
      identity = await generateX25519Identity()
      steps = await record(empty)
    }, patience)
    afterAll(async () => {
      await fleet?.close()
      rmSync(states, { recursive: true, force: true })
    })

    /** Rotates the whole fleet with the built program, which finds this on its disk. */
    async function record(before: Contents): Promise<readonly Step[]> {
      const folder = mkdtempSync(join(fleet.folder, 'recorded-'))
      const watched = join(folder, 'watched')
      rebuild(watched, before)
      const log = join(folder, 'log')
      const recipient = await identityToRecipient(identity)
      const { code, output } = startRotate(
        { data: fleet.data, folder },
        ['--all', '--recipient', recipient, '--folder', join(watched, rotation), '--json'],
        {
          environment: { XDG_CONFIG_HOME: join(watched, 'config') },
          command: [...recording(log), process.execPath],
        },
      )
      expect({ code: await code, output: output() }).toMatchObject({ code: 0 })
      return recordedSteps(log, watched)
    }

    function toldBy(all: readonly Step[]): readonly Told[] {
      return all.flatMap((step, at): Told[] => {
        if (step.is !== 'said') return []
        const from = at + 1
        const found: Told[] = []
        const body = new URLSearchParams(step.text.slice(step.text.lastIndexOf('\r\n\r\n') + 4))
        const serial = body.get('SmartAGSn') ?? body.get('SagSn')
        const password = body.get('Password')
        if (serial !== null && password !== null) found.push({ is: 'called', from, serial, password })
        for (const [, name = ''] of step.text.matchAll(/"serial":"(\w+)","result":"changed"/g)) {
          found.push({ is: 'changed', from, serial: name })
        }
        if (step.text.includes('{"event":"ended"')) found.push({ is: 'ended', from })
        return found
      })
    }

    /** What is wrong with what is left; @throws when it cannot be read. */
    async function wrongIn(folder: string, told: readonly Told[]): Promise<readonly string[]> {
      // As the next rotation does.
      const key = await openEvidenceKey(join(folder, evidenceKey))
      if (told.length === 0) return []
      const { journal, journalState } = await openJournal(join(folder, rotation, 'journal.jsonl'), key.journal)
      await journal.close()
      const sealed = await openSealed(journalState.sealed.map(({ age }) => age).join('\n'), [identity])
      const made = new Map(
        sealed
          .flatMap((text) => text.trim().split('\n'))
          .map((line) => JSON.parse(line) as { readonly serial: string; readonly password: string })
          .map(({ serial, password }) => [serial, password]),
      )
      const stateOf = (serial: string) =>
        journalState.gateways[journalState.plan.findIndex((one) => one.serial === serial)]
      const wrong: string[] = []
      for (const one of told) {
        if (one.is === 'ended') {
          const { summary } = await verifyEvidence(
            join(folder, rotation, 'evidence.jsonl'),
            join(folder, `${evidenceKey}.pub`),
          )
          const file = await readFile(join(folder, rotation, 'passwords.age'), 'utf8')
          const opened = await openPasswords(file, [identity])
          if (summary.changed !== gateways || opened.length !== gateways) wrong.push('the results are not whole')
          continue
        }
        const now = stateOf(one.serial)
        const isChanged = now?.outcome?.is === 'changed'
        if (one.is === 'changed' && !isChanged) wrong.push(`${one.serial} was shown as changed`)
        if (one.is !== 'called') continue
        if (made.get(one.serial) !== one.password) wrong.push(`the password sent to ${one.serial} is not known`)
        if (!isChanged && (now === undefined || doubtsOf(now).length === 0))
          wrong.push(`the call to ${one.serial} is not known`)
      }
      return wrong
    }

    async function wrongAfter(
      all: readonly Step[],
      number: number,
      some: Partial<PowerCut> = {},
    ): Promise<object | undefined> {
      const chance = createChance(seedOf(seed, number))
      const cut = { ...anyPowerCut(chance.below(all.length + 1), chance), ...some }
      rebuild(states, afterPowerCut(all, empty, cut, chance))
      const told = toldBy(all).filter(({ from }) => from <= cut.at)
      const wrong = await wrongIn(states, told).catch((error: Error) => [error.message])
      return wrong.length === 0 ? undefined : { number, cut, wrong }
    }

    test('what was recorded is what happened: nothing is missing when nothing is lost', async () => {
      const told = toldBy(steps)
      expect(told.filter(({ is }) => is === 'called')).toHaveLength(gateways)
      expect(told.filter(({ is }) => is === 'changed')).toHaveLength(gateways)
      expect(told.filter(({ is }) => is === 'ended')).toHaveLength(1)
      rebuild(states, afterKill(steps, empty, steps.length))
      expect(await wrongIn(states, told)).toEqual([])
    })

    test('at any moment leaves the passwords of every call sent, and what was shown', {
      timeout: patience,
    }, async () => {
      for (let at = 0; at <= steps.length; at++) {
        for (let state = 0; state < 3; state++) {
          expect(await wrongAfter(steps, 3 * at + state, { at })).toBeUndefined()
        }
      }
    })

    test('after a kill in the making of the key, and another start, leaves the same', {
      timeout: patience,
    }, async () => {
      const at = 1 + steps.findIndex((step) => step.is === 'link' && step.to === evidenceKey)
      expect(at).toBeGreaterThan(0)
      const again = await record(afterKill(steps, empty, at))
      const all = joined(steps.slice(0, at), again)
      for (let number = 0; number < 300; number++) expect(await wrongAfter(all, number)).toBeUndefined()
    })

    const needed: readonly { readonly sync: string; readonly of: (path: string) => boolean }[] = [
      { sync: 'the journal with every record', of: (path) => path.endsWith('journal.jsonl') },
      { sync: 'the folder of the rotation', of: (path) => path === rotation },
      { sync: 'the folder that one was made in', of: (path) => path === 'made' },
      { sync: 'the evidence', of: (path) => path.includes('evidence.jsonl') },
      { sync: 'the passwords', of: (path) => path.includes('passwords.age') },
      { sync: 'the key', of: (path) => path.includes('evidence-key.pem') },
      { sync: 'the folder of the key', of: (path) => path === 'config/opensag' },
    ]
    test.each(needed)('would lose something without the sync of $sync', { timeout: patience }, async ({ of }) => {
      let wrong: object | undefined
      for (let number = 0; number < 400 && wrong === undefined; number++) {
        wrong = await wrongAfter(steps, number, { ignored: ({ path }) => of(path) })
      }
      expect(wrong).toBeDefined()
    })
  },
)
