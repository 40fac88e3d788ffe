import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createChance, seedOf } from '../../packages/chaos/src/random.ts'
import { afterKill, afterPowerCut, anyPowerCut, type PowerCut } from '../support/power-cut/disk.ts'
import type { Ignored } from '../support/power-cut/history.ts'
import { placeForStates, rebuild, whatRecordingNeeds } from '../support/power-cut/recorder.ts'
import { runOpensag } from '../support/process.ts'
import { send, signedBody } from '../support/signed-request.ts'
import { limit } from '../support/time.ts'
import {
  activate,
  afterAnother,
  changePasswords,
  createInstance,
  dataFolder,
  type Fact,
  recordServer,
  type ServerRun,
  untilStep,
} from './power-cut-server.ts'
import { missingIn } from './power-cut-state.ts'

const seed = Number(process.env['OPENSAG_SEED'] ?? Date.now() % 1_000_000)
const moments = 200
const statesOfMoment = 2
const writers = 8
const createdByWriter = 4
const empty = new Map<string, Buffer>()
const patience = limit(900_000)

describe.skipIf(whatRecordingNeeds !== undefined)(
  `a power cut of the server (seed ${seed})${whatRecordingNeeds ? ` (${whatRecordingNeeds})` : ''}`,
  () => {
    let folder: string
    afterAll(() => rmSync(folder, { recursive: true, force: true }))
    let first: ServerRun
    /** The first start with all its work, an orderly stop, and a second start. */
    let both: ServerRun
    beforeAll(async () => {
      folder = mkdtempSync(join(placeForStates, 'opensag-power-cuts-'))
      first = await recordServer(empty, async (key, recorder) => {
        await changePasswords(key, recorder, { serial: 'sagpower01', changes: 3 })
        const working = Array.from({ length: writers }, async (_, writer) => {
          for (let count = 0; count < createdByWriter; count++) {
            const id = await createInstance(key, recorder, `writer${writer}-${count}`)
            await activate(key, recorder, id)
          }
        })
        await Promise.all(working)
      })
      const kept = afterKill(first.steps, empty, first.steps.length)
      const second = await recordServer(kept, async (key, recorder) => {
        for (let count = 0; count < 5; count++) await createInstance(key, recorder, `later-${count}`)
      })
      both = afterAnother(first, second)
    }, patience)

    function factsAt(run: ServerRun, { at }: PowerCut): readonly Fact[] {
      return run.told.filter(({ from }) => from <= at).map(({ fact }) => fact)
    }

    /** What is wrong with the folder that a power cut leaves; undefined when everything is as promised. */
    async function wrongAfter(
      run: ServerRun,
      number: number,
      some: Partial<PowerCut> = {},
    ): Promise<object | undefined> {
      const chance = createChance(seedOf(seed, number))
      const cut = { ...anyPowerCut(chance.below(run.steps.length + 1), chance), ...some }
      rebuild(folder, afterPowerCut(run.steps, empty, cut, chance))
      const missing = await missingIn(join(folder, dataFolder), factsAt(run, cut)).catch(
        (error: Error) => error.message,
      )
      return missing.length === 0 ? undefined : { number, cut, missing }
    }

    test('what was recorded is what happened: nothing is missing when nothing is lost', async () => {
      expect(both.told.filter(({ fact }) => fact.is === 'instance').length).toBeGreaterThan(writers * createdByWriter)
      rebuild(folder, afterKill(both.steps, empty, both.steps.length))
      const facts = both.told.map(({ fact }) => fact)
      expect(await missingIn(join(folder, dataFolder), facts)).toEqual([])
    })

    test('at any moment loses nothing acknowledged, and leaves a folder that opens', {
      timeout: patience,
    }, async () => {
      for (let moment = 0; moment < moments; moment++) {
        const at = createChance(seedOf(seed, 1_000_000 + moment)).below(both.steps.length + 1)
        for (let state = 0; state < statesOfMoment; state++) {
          expect(await wrongAfter(both, moment * statesOfMoment + state, { at })).toBeUndefined()
        }
      }
    })

    test('in a first start leaves one that starts again, or has what it showed', { timeout: patience }, async () => {
      const shown = first.told.find(({ fact }) => fact.is === 'credentials file')?.from ?? 0
      const start = untilStep(first, shown)
      for (let at = 1; at <= shown; at += 2) expect(await wrongAfter(start, at, { at })).toBeUndefined()
    })

    test('after a kill and another start loses nothing that either acknowledged', { timeout: patience }, async () => {
      const renames = first.steps.flatMap((step, at) => (step.is === 'rename' ? [{ at: at + 1, to: step.to }] : []))
      expect(renames.map(({ to }) => to.replace(/^.*\//, ''))).toEqual([
        'node.id',
        'opensag.db',
        'master.key',
        'credentials.json',
      ])
      for (const { at } of renames) {
        const killed = untilStep(first, at)
        const again = await recordServer(afterKill(killed.steps, empty, at), async (key, recorder) => {
          await createInstance(key, recorder, 'after-the-kill')
        })
        const run = afterAnother(killed, again)
        for (let number = 0; number < 20; number++) {
          const later = at + createChance(seedOf(seed, 2_000_000 + number)).below(again.steps.length + 1)
          expect(await wrongAfter(run, number, { at: later })).toBeUndefined()
        }
      }
    })

    test('leaves a folder on which the program itself starts and answers', { timeout: patience }, async () => {
      const key = first.told.map(({ fact }) => fact).find((fact) => fact.is === 'key')
      if (key?.is !== 'key') throw new Error('No key was shown.')
      for (const part of [0.5, 0.75, 1]) {
        const chance = createChance(seedOf(seed, 3_000_000 + part * 100))
        const cut = { ...anyPowerCut(Math.floor(first.steps.length * part), chance), data: 'torn' as const }
        rebuild(folder, afterPowerCut(first.steps, empty, cut, chance))
        const server = runOpensag(['server', '--data', join(folder, dataFolder), '--port', '0'])
        try {
          const [, endpoint = ''] = await server.printed(/listens on (http:\S+)/)
          const signed = {
            endpoint,
            accessKeyId: key.id,
            accessKeySecret: key.secret,
            regionId: 'cn-shanghai',
            accountId: '',
          }
          const query = signedBody(signed, 'DescribeSmartAccessGateways', { PageSize: '50' })
          const { status, body } = await send(endpoint, query)
          expect({ status, cut }).toMatchObject({ status: 200 })
          const expected = factsAt(first, cut).filter((fact) => fact.is === 'instance').length
          expect(Number(body['TotalCount'])).toBeGreaterThanOrEqual(expected)
        } finally {
          await server.kill()
        }
      }
    })

    const renamed = (to: string): number =>
      first.steps.findIndex((step) => step.is === 'rename' && step.to.endsWith(to))
    const nextSync = (after: number): number => first.steps.findIndex((step, at) => at > after && step.is === 'sync')
    const needed: readonly { readonly sync: string; readonly ignored: () => Ignored }[] = [
      {
        sync: 'the log with every commit (synchronous=full)',
        ignored:
          () =>
          ({ path }) =>
            path.endsWith('opensag.db-wal'),
      },
      {
        sync: 'the new database before its rename',
        ignored:
          () =>
          ({ path }) =>
            path.endsWith('opensag.db.new'),
      },
      {
        sync: 'the database before its log is cut',
        ignored:
          () =>
          ({ path }) =>
            path.endsWith('opensag.db'),
      },
      {
        sync: 'the master key',
        ignored:
          () =>
          ({ path }) =>
            path.includes('master.key'),
      },
      {
        sync: 'the data folder after a rename',
        ignored:
          () =>
          ({ path }) =>
            path === dataFolder,
      },
      {
        sync: 'the data folder after the rename of credentials.json',
        ignored: () => (_, at) => at === nextSync(renamed('credentials.json')),
      },
      {
        sync: 'the folder that the data folder was made in',
        ignored:
          () =>
          ({ path }) =>
            path === 'made',
      },
      {
        sync: 'the folder above that',
        ignored:
          () =>
          ({ path }) =>
            path === '',
      },
    ]
    test.each(needed)('would lose something without the sync of $sync', { timeout: patience }, async ({ ignored }) => {
      let wrong: object | undefined
      for (let number = 0; number < 200 && wrong === undefined; number++) {
        wrong = await wrongAfter(both, number, { ignored: ignored() })
      }
      expect(wrong).toBeDefined()
    })
  },
)
