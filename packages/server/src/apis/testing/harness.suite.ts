// Support for the tests of operations, each in a world of its own, on the database of the run.
import { randomBytes } from 'node:crypto'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { missingExplanations } from '../../explanations/complaints.ts'
import { unreached } from '../../reference/unreached.ts'
import { openTestStore } from '../../store/testing/database.suite.ts'
import type { Operation } from '../operation.ts'
import { forgetEntries, hasNamedEntry } from './audit-entry.suite.ts'
import { answeredCodes, forgetAnswers, type Harness, nobody, openHarnessOn } from './harness-on.suite.ts'

export { exampleName, examplesOf } from './examples.suite.ts'
export type { Harness } from './harness-on.suite.ts'
export { accountId, day, otherAccountId, regionId } from './names.suite.ts'
export type { DeviceState } from './stock.suite.ts'

/**
 * The tests of one operation. After them, every code of its table must have been answered by a real call in them, so
 * that a row nobody can reach cannot hide; what stands in {@link unreached} must not have been.
 */
export function testOperation(operation: Operation, tests: (world: () => Harness) => void): void {
  test(`every error that ${operation.name} declares has its explanation`, () => {
    expect(missingExplanations([operation])).toEqual([])
  })

  // What another file made of it proves nothing here.
  beforeAll(() => {
    forgetAnswers(operation)
    forgetEntries(operation)
  })

  testInWorld(operation.name, (world) => {
    tests(world)

    test('whom no policy allows it is denied, as its table says', async () => {
      const refusal = await world().denied(operation)
      expect(refusal === undefined).toBe(operation.access.open === true)
      if (refusal === undefined) return
      expect([400, 403]).toContain(refusal.status)
      expect(refusal.accessDenied).toMatchObject({ AuthAction: operation.access.action })
      const recorded = await world().store.read((db) =>
        db.selectFrom('audit_event').select(['action', 'access_key_id', 'outcome']).execute(),
      )
      const { accessKeyId } = nobody
      expect(recorded).toEqual([{ action: operation.name, access_key_id: accessKeyId, outcome: refusal.code }])
    })

    if (operation.access.level === 'Write') {
      test('a call of it that was done has an entry in the audit trail which names what it was about', () => {
        expect(hasNamedEntry(operation)).toBe(true)
      })
    }

    test('every declared error is answered in one of these tests', () => {
      const reached = answeredCodes(operation)
      const reachable = Object.keys(operation.errors).filter((code) => !(code in (unreached[operation.name] ?? {})))
      expect([...reached].sort()).toEqual(reachable.sort())
    })
  })
}

/** Tests that each have a world of their own. */
export function testInWorld(title: string, tests: (world: () => Harness) => void): void {
  describe(title, () => {
    let harness: Harness | undefined
    beforeEach(async () => {
      harness = await openHarness()
    })
    afterEach(() => harness?.close())
    tests(() => {
      if (harness === undefined) throw new Error('The world exists inside a test only.')
      return harness
    })
  })
}

/** A world in a store of its own; its ids come from `random`. */
export function openHarness(random: (bytes: number) => Buffer = randomBytes): Promise<Harness> {
  return openHarnessOn(openTestStore, random)
}
