// What the seals of the audit trail promise, which every store has to show.
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readSetting } from '../settings.ts'
import type { Place } from '../store.suite.ts'
import type { Store } from '../store.ts'
import { auditEventsById, newestAuditEntry } from './audit.ts'
import { trailSize } from './retention.ts'
import { lastSeal } from './seals.ts'
import { day, type KeptTrail, keptTrail, newSealer } from './trail.suite.ts'
import { TrailBroken, trailParts, type Verified, verifyTrail } from './verify.ts'

export function sealsSuite(newPlace: () => Promise<Place>): void {
  describe('the seals of the audit trail', () => {
    let place: Place
    let store: Store
    let trail: KeptTrail
    const sealer = newSealer()
    beforeEach(async () => {
      place = await newPlace()
      store = await place.open()
      trail = await keptTrail(store, sealer)
    })
    afterEach(async () => {
      await store.close()
      await place.remove()
    })

    const verified = (head?: Verified['head']) =>
      verifyTrail(trailParts(store), { publicKey: trail.sealKey.key.publicKey, head })
    const sealed = async (): Promise<void> => trail.keeper().sealAll(100)
    const ids = async () => (await store.read((db) => auditEventsById(db, 0, 10_000))).map(({ id }) => id)
    const headText = () => store.read((db) => readSetting(db, 'audit_head'))
    const tampered = (statement: string) => store.write((tx) => sql.raw(statement).execute(tx))

    test('a trail that nobody touched is verified, however many seals it has', async () => {
      await trail.add(2300)
      await sealed()
      await trail.add(7)
      expect(await verified()).toMatchObject({ entries: 2300, seals: 3, unsealed: 7, deletedAt: undefined })
    })

    test('a trail without entries is verified, and sealing it makes no seal', async () => {
      await sealed()
      expect(await verified()).toEqual({ entries: 0, seals: 0, unsealed: 0, deletedAt: undefined, head: undefined })
    })

    test('it goes on after a restart', async () => {
      await trail.add(3)
      await sealed()
      await store.close()
      store = await place.open()
      trail = await keptTrail(store, sealer)
      await trail.add(4)
      await sealed()
      expect(await verified()).toMatchObject({ entries: 7, seals: 2 })
    })

    test.each([
      [
        'a changed entry',
        "update audit_event set outcome = 'Forbidden' where id = (select min(id) + 5 from audit_event)",
        /are not as they were: changed/,
      ],
      [
        'a value that was emptied',
        'update audit_event set region_id = null where id = (select max(id) from audit_event)',
        /changed/,
      ],
      [
        'a removed entry',
        'delete from audit_event where id = (select min(id) + 5 from audit_event)',
        /1000 were sealed, 999 are there/,
      ],
      [
        'an entry that was added among the sealed',
        'insert into audit_event (id, at, account_id, principal, principal_id, access_key_id, source, product, action, level, region_id, resources, outcome, request_id) select 0, at, account_id, principal, principal_id, access_key_id, source, product, action, level, region_id, resources, outcome, request_id from audit_event where id = 5',
        /Entry 0|was added|1000 were sealed, 1001/,
      ],
      ['a removed seal', 'delete from audit_seal where number = 1', /Seal 1 is missing/],
      [
        'a removed beginning',
        'delete from audit_seal where number = 1; delete from audit_event where id <= 1000',
        /Seal 1 is missing/,
      ],
      ['a changed seal', 'update audit_seal set entries = 999 where number = 1', /Seal 1 is not signed/],
      ['a number that was changed', 'update audit_seal set number = 3 where number = 2', /Seal 3 is not signed/],
    ])('%s is found', async (_what, statement, reason) => {
      await trail.add(1500)
      await sealed()
      expect((await verified()).entries).toBe(1500)
      for (const one of statement.split('; ')) await tampered(one)
      await expect(verified()).rejects.toThrow(TrailBroken)
      await expect(verified()).rejects.toThrow(reason)
    })

    test('a missing end is found, and stays found when the server goes on', async () => {
      await trail.add(1500)
      const keeper = trail.keeper()
      await keeper.sealAll(10)
      const head = await headText()
      await tampered('delete from audit_seal where number = 2')
      await expect(verified()).rejects.toThrow('Seal 2 is not in this trail: its end is missing.')
      await tampered("update audit_event set outcome = 'Forbidden' where id > 1000")
      await sealed()
      await expect(verified()).rejects.toThrow('Seal 2 is missing; the next one is 3.')

      // Not even a head from before helps, as long as the server lives.
      await tampered('delete from audit_seal where number > 1')
      await tampered(`update setting set value = replace(value, '"number":3', '"number":2') where name = 'audit_head'`)
      await expect(verified()).rejects.toThrow(/head of the trail is not signed/)
      await tampered(`update setting set value = '${head}' where name = 'audit_head'`)
      await keeper.sealAll(10)
      await expect(verified()).rejects.toThrow('Seal 2 is missing; the next one is 3.')
    })

    test('a head that nobody signed moves no number', async () => {
      await trail.add(3)
      await sealed()
      await tampered(
        `update setting set value = replace(value, '"number":1', '"number":900') where name = 'audit_head'`,
      )
      await trail.add(3)
      await sealed()
      expect((await store.read(lastSeal))?.number).toBe(2)
      expect(await verified()).toMatchObject({ entries: 6, seals: 2 })
    })

    test('an end that was taken away with its head is found by whoever kept a head elsewhere', async () => {
      await trail.add(1000)
      await sealed()
      const before = await headText()
      await trail.add(505)
      await sealed()
      const { head } = await verified()
      expect(await verified(head)).toMatchObject({ seals: 2 })
      await tampered('delete from audit_event where id > 1000')
      await tampered('delete from audit_seal where number > 1')
      await tampered(`update setting set value = '${before}' where name = 'audit_head'`)
      expect(await verified()).toMatchObject({ entries: 1000 })
      await expect(verified(head)).rejects.toThrow('Seal 2 is not in this trail: its end is missing.')
      await expect(verified({ number: 1, hash: 'another' })).rejects.toThrow(/entries up to it were replaced/)
    })

    test('a head whose entries were deleted because of their age proves nothing, and is refused', async () => {
      await trail.add(5)
      await sealed()
      const { head } = await verified()
      trail.now += 31 * day
      for (let seal = 0; seal < 2; seal++) {
        await trail.add(5)
        await sealed()
      }
      await trail.keeper().round(() => false)
      expect(await verified(head)).toMatchObject({ entries: 10 })
      trail.now += 31 * day
      await trail.add(5)
      await sealed()
      await trail.keeper().round(() => false)
      await expect(verified(head)).rejects.toThrow(/Seal 1 was deleted with its entries/)
    })

    test('an export that ends early is found', async () => {
      await trail.add(5)
      await sealed()
      const parts = []
      for await (const part of trailParts(store)) parts.push(part)
      const { publicKey } = trail.sealKey.key
      expect(await verifyTrail(parts, { publicKey })).toMatchObject({ entries: 5 })
      await expect(verifyTrail(parts.slice(0, -1), { publicKey })).rejects.toThrow(/not a whole trail/)
    })

    test('an entry that is put into an export behind its seal is found', async () => {
      await trail.add(5)
      await sealed()
      const parts = []
      for await (const part of trailParts(store)) parts.push(part)
      const [first] = parts
      if (first === undefined || !('row' in first)) throw new Error('The trail does not begin with an entry.')
      const { publicKey } = trail.sealKey.key
      await expect(verifyTrail([...parts.slice(0, -1), first, ...parts.slice(-1)], { publicKey })).rejects.toThrow(
        `Entry ${first.row.id} was added where everything was sealed already.`,
      )
    })

    test('a trail signed by another key is refused', async () => {
      await trail.add(3)
      await sealed()
      await expect(verifyTrail(trailParts(store), { publicKey: 'A'.repeat(43) })).rejects.toThrow(/not signed/)
    })

    test('what is too old is deleted, and the rest can still be verified', async () => {
      await trail.add(2300)
      await sealed()
      trail.now += 31 * day
      await trail.add(100)
      await trail.keeper().round(() => false)
      await sealed()
      await trail.keeper().round(() => false)
      expect(await ids()).toHaveLength(100)
      expect(await verified()).toMatchObject({ entries: 100, deletedAt: trail.now })
      await trail.add(5)
      await sealed()
      await tampered('delete from audit_seal where number = (select min(number) from audit_seal)')
      await expect(verified()).rejects.toThrow(/Seal 4 is missing/)
    })

    test('of entries of several days those that are too old are deleted, and no other', async () => {
      for (let added = 0; added < 4; added++) {
        await trail.add(10)
        await sealed()
        trail.now += 12 * day
      }
      await trail.keeper().round(() => false)
      expect(await verified()).toMatchObject({ entries: 20 })
    })

    test('a deletion that the server has not signed is found', async () => {
      await trail.add(1500)
      await sealed()
      trail.now += 31 * day
      await trail.add(1)
      await sealed()
      await trail.keeper().round(() => false)
      await tampered(
        `update setting set value = replace(value, '"number":2', '"number":1') where name = 'audit_anchor'`,
      )
      await expect(verified()).rejects.toThrow(/begins is not signed/)
      await tampered("delete from setting where name = 'audit_anchor'")
      await expect(verified()).rejects.toThrow(/Seal 1 is missing/)
    })

    test('entries written while the clock ran ahead do not keep those behind them, and go with them', async () => {
      trail.now += 365 * day
      await trail.add(1500)
      await sealed()
      trail.now -= 365 * day
      await trail.add(10)
      await sealed()
      trail.now += 31 * day
      await trail.add(10)
      await sealed()
      await trail.keeper().round(() => false)
      expect(await ids()).toHaveLength(10)
      expect(await verified()).toMatchObject({ entries: 10 })
    })

    test('entries from the future alone are kept', async () => {
      trail.now += 365 * day
      await trail.add(1500)
      await sealed()
      trail.now -= 365 * day
      await trail.keeper().round(() => false)
      expect(await ids()).toHaveLength(1500)
    })

    test('a clock that was behind for a moment deletes nothing that is young enough', async () => {
      await trail.add(10)
      await sealed()
      const { now } = trail
      trail.now = 0
      await trail.add(10)
      await sealed()
      await trail.keeper().round(() => false)
      trail.now = now
      await trail.add(10)
      await sealed()
      await trail.keeper().round(() => false)
      expect(await ids()).toHaveLength(30)
    })

    test('a trail that is larger than it may be loses its oldest, with one line in the log', async () => {
      await trail.add(5000)
      await sealed()
      const { bytes } = await store.read(trailSize)
      const keeper = trail.keeper({ mostBytes: bytes * 0.5 })
      for (let round = 0; round < 3; round++) await keeper.round(() => false)
      expect((await store.read(trailSize)).bytes).toBeLessThanOrEqual(bytes * 0.5)
      expect(await ids()).toHaveLength(2000)
      expect(trail.lines).toEqual(['the audit trail is as large as it may be: entries are deleted before their time'])
      expect(await verified()).toMatchObject({ entries: 2000 })
    })

    test('the last seal stays, so that no number is given out twice', async () => {
      await trail.add(10)
      await sealed()
      const newest = await store.read(newestAuditEntry)
      trail.now += 365 * day
      await trail.keeper({ mostBytes: 1 }).round(() => false)
      await trail.add(1)
      expect((await ids()).at(-1)).toBeGreaterThan(newest)
    })

    test('few entries wait for their seal until it is time, many do not', async () => {
      const seals = async () => (await store.read(lastSeal))?.number ?? 0
      const keeper = trail.keeper()
      await trail.add(999)
      await keeper.round(() => false)
      expect(await seals()).toBe(0)
      await trail.add(1)
      await keeper.round(() => false)
      expect(await seals()).toBe(1)
      await trail.add(1)
      trail.now += 5 * 60_000
      await keeper.round(() => false)
      expect(await seals()).toBe(2)
      trail.now -= day
      await trail.add(1)
      await keeper.round(() => false)
      expect(await seals()).toBe(3)
    })

    test('two that seal at the same time make one trail', async () => {
      await trail.add(3000)
      await Promise.all([sealed(), sealed()])
      await sealed()
      expect(await verified()).toMatchObject({ entries: 3000, unsealed: 0 })
    })

    /** The store of a node that stands still before its next write, while `others` go on. */
    function stopped(others: () => Promise<void>): Store {
      let pause: (() => Promise<void>) | undefined = others
      return {
        ...store,
        async write(work) {
          const meanwhile = pause
          pause = undefined
          await meanwhile?.()
          return store.write(work)
        },
      }
    }

    test('a node that stood still while another sealed and deleted adds no seal of what is gone', async () => {
      await trail.add(10)
      const others = async (): Promise<void> => {
        await sealed()
        trail.now += 31 * day
        await trail.add(10)
        await sealed()
        await trail.keeper().round(() => false)
      }
      await trail.keeper({ store: stopped(others) }).sealAll(1)
      expect(await ids()).toHaveLength(10)
      expect(await verified()).toMatchObject({ entries: 10, seals: 1 })
      expect((await store.read(lastSeal))?.number).toBe(2)
    })

    test('a node that stood still while another deleted more does not set back where the trail begins', async () => {
      for (let seals = 0; seals < 3; seals++) {
        await trail.add(10)
        await sealed()
      }
      trail.now += 31 * day
      await trail.add(10)
      await sealed()
      const others = (): Promise<void> => trail.keeper().round(() => false)
      await trail.keeper({ store: stopped(others) }).round(() => false)
      expect(await verified()).toMatchObject({ entries: 10, seals: 1 })
    })

    test('entries that are added while others are sealed get a seal later', async () => {
      const adding = Promise.all(Array.from({ length: 20 }, () => trail.add(100)))
      for (let round = 0; round < 5; round++) await sealed()
      await adding
      await sealed()
      expect(await verified()).toMatchObject({ entries: 2000, unsealed: 0 })
    })
  })
}
