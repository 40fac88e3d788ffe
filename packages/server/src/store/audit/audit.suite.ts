// Behaviour of the audit trail, which every store has to show.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Place } from '../store.suite.ts'
import type { Store } from '../store.ts'
import { type AuditEntry, auditEvents, auditEventsById } from './audit.ts'

const entry: AuditEntry = {
  at: 1000,
  accountId: '1',
  principal: 'acs:ram::1:root',
  principalId: '1',
  accessKeyId: 'LTAI5t',
  source: '192.0.2.1',
  product: 'Smartag',
  action: 'DescribeRegions',
  level: 'Read',
  regionId: 'cn-shanghai',
  resources: ['acs:smartag:cn-shanghai:1:smartag/a', '*'],
  outcome: 'Forbidden',
  requestId: 'R',
  details: '{"things":[],"changes":[],"parameters":[["RegionId","cn-shanghai"]],"isCut":false}',
  through: 'cli',
}

export function auditSuite(newPlace: () => Promise<Place>): void {
  describe('the audit trail', () => {
    let place: Place
    let store: Store
    beforeEach(async () => {
      place = await newPlace()
      store = await place.open()
    })
    afterEach(async () => {
      await store.close()
      await place.remove()
    })

    const all = () => store.read((db) => auditEventsById(db, 0, 100))
    const insertAccount = (id: string) =>
      store.writeAudited(
        (tx) => tx.insertInto('account').values({ id, name: '', created_at: 0 }).execute(),
        (outcome) => ({ ...entry, outcome: 'error' in outcome ? 'InternalError' : undefined }),
      )

    test('holds what was recorded, as it was', async () => {
      await store.record(entry)
      expect(await all()).toEqual([{ ...entry, id: expect.any(Number) }])
    })

    test('holds what became of a unit of work, done or failed', async () => {
      await insertAccount('1')
      await expect(insertAccount('1')).rejects.toThrow()
      expect((await all()).map(({ outcome }) => outcome)).toEqual([undefined, 'InternalError'])
      const accounts = await store.read((db) => db.selectFrom('account').select('id').execute())
      expect(accounts).toEqual([{ id: '1' }])
    })

    test('of many at once each has its own outcome', async () => {
      const outcomes = await Promise.allSettled(['1', '2', '1', '3', '2'].map(insertAccount))
      const failed = outcomes.filter(({ status }) => status === 'rejected').length
      expect(failed).toBe(2)
      const recorded = (await all()).map(({ outcome }) => outcome ?? 'OK').sort()
      expect(recorded).toEqual(['InternalError', 'InternalError', 'OK', 'OK', 'OK'])
    })

    test('many that are recorded at once are all there', async () => {
      await Promise.all(Array.from({ length: 40 }, (_, n) => store.record({ ...entry, requestId: String(n) })))
      expect(new Set((await all()).map(({ requestId }) => requestId)).size).toBe(40)
    })

    test('is still there after a restart', async () => {
      await store.record(entry)
      await store.close()
      store = await place.open()
      expect(await all()).toHaveLength(1)
    })

    test('a window of one account is read in either order, from where the last ended', async () => {
      for (const [at, accountId] of [
        [1, '1'],
        [3, '1'],
        [2, '2'],
        [3, '1'],
        [9, '1'],
      ] as const) {
        await store.record({ ...entry, at, accountId })
      }
      const window = { accountId: '1', from: 1, before: 9, newestFirst: false, size: 2 }
      const read = (more: object) => store.read((db) => auditEvents(db, { ...window, ...more }))
      const [first, second] = await read({})
      expect([first?.at, second?.at]).toEqual([1, 3])
      const behind = { at: Number(second?.at), id: Number(second?.id) }
      expect((await read({ behind })).map(({ at }) => at)).toEqual([3])
      expect((await read({ newestFirst: true, size: 9 })).map(({ at }) => at)).toEqual([3, 3, 1])
      expect((await read({ newestFirst: true, behind, size: 9 })).map(({ at }) => at)).toEqual([1])
      expect((await read({ accountId: undefined, size: 9 })).map(({ at }) => at)).toEqual([1, 2, 3, 3])
    })

    test('anything may be sent as an id, and is kept short and in one piece', async () => {
      await store.record({ ...entry, resources: [`acs:smartag:*:1:smartag/a b\n${'c'.repeat(999)}`, 'x'] })
      const [{ resources } = { resources: [] }] = await all()
      expect(resources).toHaveLength(2)
      expect(resources[0]).toMatch(/^acs:smartag:\*:1:smartag\/a_b_c+$/)
      expect(resources[0]).toHaveLength(256)
    })
  })
}
