import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createRam } from '../store/access/ram.ts'
import {
  generationFloor,
  raiseSignatureFence,
  restoredAt,
  setGenerationFloor,
  signatureFence,
} from '../store/access/restore-marks.ts'
import { auditEventsById } from '../store/audit/audit.ts'
import { eventsOf } from '../store/gateways/events.ts'
import { findGateway } from '../store/gateways/gateways.ts'
import { findHeldPassword } from '../store/gateways/held-passwords.ts'
import { noteSeen, seenNodes } from '../store/gateways/nodes.ts'
import { NotOwner, ownerEpoch, requireOwner } from '../store/gateways/ownership.ts'
import { findPasswordChange } from '../store/gateways/password-changes.ts'
import { setConnected } from '../store/gateways/presence.ts'
import { confirmTicket } from '../store/gateways/tickets.ts'
import type { Place } from '../store/store.suite.ts'
import type { Store } from '../store/store.ts'
import { UnknownKeys } from './deactivate-keys.ts'
import { type Marking, markRestored } from './mark-restored.ts'
import { accountId, at, fillStore, hour } from './stored.suite.ts'

/** The marks of a restore, for each kind of store. */
export function markRestoredSuite(newPlace: () => Promise<Place>): void {
  describe('a store that is marked as restored', () => {
    let place: Place
    let store: Store
    beforeEach(async () => {
      place = await newPlace()
      store = await place.open()
      await store.write(fillStore)
    })
    afterEach(async () => {
      await store.close()
      await place.remove()
    })

    const marked = (more: Partial<Marking> = {}) =>
      markRestored(store, { at, businessNow: at + hour, aheadMs: 0, ...more })
    const rows = (table: 'sts_session' | 'client_session' | 'connection_audit' | 'access_key') =>
      store.read((db) => db.selectFrom(table).selectAll().execute())

    test('ends the challenges of security keys, of which some were used since', async () => {
      await store.write(async (tx) => {
        const ram = createRam(tx)
        await ram.users.add({ id: 'with-key', accountId, name: 'with-key', createdAt: at })
        const subject = { userId: 'with-key', purpose: 'logon', basis: '', origin: '' } as const
        await ram.securityKeyChallenges.issue('open', subject, at)
      })
      await marked()
      expect(await store.read((db) => db.selectFrom('ram_security_key_challenge').selectAll().execute())).toEqual([])
    })

    test('says when, and fences signatures and generations up to then', async () => {
      expect(await marked()).toMatchObject({ restoredAt: at, signatureFence: at })
      expect(await store.read(restoredAt)).toBe(at)
      expect(await store.read(signatureFence)).toBe(at)
      expect(await store.read(generationFloor)).toBe(at)
    })

    test('fences the clients that are ahead as far as it was asked to, and generations no further', async () => {
      expect(await marked({ aheadMs: 900_000 })).toMatchObject({ restoredAt: at, signatureFence: at + 900_000 })
      expect(await store.read(signatureFence)).toBe(at + 900_000)
      expect(await store.read(generationFloor)).toBe(at)
    })

    test('keeps the fences of an earlier restore when its clock is behind that one', async () => {
      await store.write(async (tx) => {
        await raiseSignatureFence(tx, at + 5000)
        await setGenerationFloor(tx, at + 6000)
      })
      expect(await marked()).toMatchObject({ signatureFence: at + 5000 })
      expect(await store.read(signatureFence)).toBe(at + 5000)
      expect(await store.read(generationFloor)).toBe(at + 6000)
    })

    test('has no session any more: one that had been logged off since would have come back', async () => {
      expect(await marked()).toMatchObject({ sessionsEnded: 1, remoteUsersLoggedOff: 1 })
      expect(await rows('sts_session')).toEqual([])
      expect(await rows('client_session')).toEqual([])
      const ended = (await rows('connection_audit')) as readonly object[]
      expect(ended.at(-1)).toMatchObject({
        event: 'logoff',
        detail: 'ServerRestored',
        user_name: 'alice',
        at: at + hour,
      })
    })

    test('does and tells nothing a second time: jobs wait for somebody, and no alert is told any more', async () => {
      const job = {
        ...{
          account_id: accountId,
          kind: 'Restart' as const,
          version: null,
          first_wave: 1,
          wave_growth: 1,
          largest_wave: 1,
        },
        ...{ most_failures: 0, start_at: null, window_from: null, window_to: null, window_offset: null, waves: '[]' },
        ...{ creator: 'root', creator_user_id: null, creator_mfa: 0, creator_source: '192.0.2.1', creator_secure: 1 },
        ...{ reason: null, created_at: at, began_at: at, ended_at: null, node: 'gone', leased_until: at, epoch: 1 },
      } as const
      await store.write(async (tx) => {
        for (const [id, state, ending] of [
          ['waits', 'Waiting', null],
          ['runs', 'Running', null],
          ['ends', 'Running', 'Stopped'],
          ['over', 'Done', null],
        ] as const)
          await tx
            .insertInto('job')
            .values({ ...job, id, state, ending })
            .execute()
        const message = { id: 'm', account_id: accountId, channel_id: 'c', content: '{}' }
        await tx
          .insertInto('alert_message')
          .values({ ...message, created_at: at, due_at: at, attempts: 0 })
          .execute()
      })
      await marked()
      const jobs = await store.read((db) => db.selectFrom('job').select(['id', 'state', 'node']).execute())
      expect(jobs).toEqual(
        expect.arrayContaining([
          { id: 'waits', state: 'Paused', node: null },
          { id: 'runs', state: 'Paused', node: null },
          { id: 'ends', state: 'Running', node: 'gone' },
          { id: 'over', state: 'Done', node: 'gone' },
        ]),
      )
      expect(await store.read((db) => db.selectFrom('alert_message').selectAll().execute())).toEqual([])
    })

    test('has no undecided change, and leaves those that were decided', async () => {
      expect(await marked()).toMatchObject({ changesFailed: 1 })
      const outcome = async (id: string) => (await store.read((db) => findPasswordChange(db, id)))?.outcome
      expect(await Promise.all(['open', 'done'].map(outcome))).toEqual(['failed', 'succeeded'])
    })

    test('knows no node of then; beside servers that run, it knows them', async () => {
      await store.write((tx) => noteSeen(tx, { id: 'then', at, startedAt: at, version: '' }))
      await marked({ confirmed: new Set() })
      expect(await store.read(seenNodes)).toMatchObject([{ id: 'then' }])
      await marked()
      expect(await store.read(seenNodes)).toEqual([])
    })

    test('has every gateway off line and takes whatever ticket each shows next', async () => {
      await marked()
      for (const serial of ['sag1', 'sag2']) {
        const gateway = await store.read((db) => findGateway(db, serial))
        expect(gateway).toMatchObject({ node: undefined, trusted: true, ticketNext: undefined })
        // What was under way is over: its ticket does not count any more.
        expect(await store.write((tx) => confirmTicket(tx, serial, 'next'))).toBe(false)
      }
      const events = (serial: string) => store.read((db) => eventsOf(db, serial, 1))
      expect(await events('sag1')).toEqual([
        { kind: 'DeviceOffline', at, detail: 'The server was restored from a backup.' },
      ])
      expect(await events('sag2')).toEqual([])
    })

    test('takes no more from connections that another server holds', async () => {
      const epochs = () => Promise.all(['sag1', 'sag2'].map((serial) => store.read((db) => ownerEpoch(db, serial))))
      const before = await epochs()
      await marked({ confirmed: new Set(['sag1']) })
      expect(await epochs()).toEqual(before.map((epoch) => epoch + 1))
      await expect(store.write((tx) => requireOwner(tx, 'sag2', before[1] ?? 0))).rejects.toThrow(NotOwner)
    })

    test('keeps the tickets that were shown to this very server', async () => {
      await marked({ confirmed: new Set(['sag1']) })
      const ticketOf = async (serial: string) => {
        const gateway = await store.read((db) => findGateway(db, serial))
        return { ticket: gateway?.ticket, trusted: gateway?.trusted, node: gateway?.node }
      }
      expect(await ticketOf('sag1')).toEqual({ ticket: 'now', trusted: false, node: undefined })
      expect(await ticketOf('sag2')).toEqual({ ticket: undefined, trusted: true, node: undefined })
    })

    test('knows the passwords it knew, and lets nobody in that never enrolled', async () => {
      await marked()
      expect(await store.read((db) => findHeldPassword(db, 'sag1'))).toMatchObject({ changeId: 'done', generation: 4 })
      expect(await store.read((db) => findGateway(db, 'sag3'))).toMatchObject({ trusted: false, ticket: undefined })
    })

    test('locks no gateway for the time it was not asked', async () => {
      await marked()
      const lock = await store.write((tx) => setConnected(tx, 'sag2', { node: 'n', at: at + 1000 }))
      expect(lock).toBe('open')
    })

    test('lists what counts again', async () => {
      await store.write(async (tx) => {
        const { id: user_id } = await tx.selectFrom('ram_user').select('id').executeTakeFirstOrThrow()
        const own = { account_id: accountId, user_id }
        await tx
          .insertInto('ram_identity')
          .values({ ...own, issuer: 'https://idp.example', subject: 's', bound_at: at })
          .execute()
        const key = { credential_id: 'c', public_key: 'k', transports: '[]', rp_id: 'localhost', counter: 0 }
        await tx
          .insertInto('ram_security_key')
          .values({ ...own, ...key, id: 'key', name: 'key', created_at: at, last_used_at: null })
          .execute()
        await tx
          .insertInto('ram_mfa_device')
          .values({ ...own, name: 'phone', seed_sealed: 's', bound_at: at, last_step: 0, created_at: at })
          .execute()
      })
      expect((await marked()).returned).toMatchObject({
        accounts: 1,
        activeKeys: [
          { accessKeyId: 'LTAI1', accountId, user: undefined },
          { accessKeyId: 'LTAI2', accountId, user: 'bob' },
        ],
        users: 1,
        identities: 1,
        securityKeys: 1,
        mfaDevices: 1,
        attachments: [{ accountId, policy: 'AdministratorAccess', to: 'user bob' }],
        devices: 3,
        gateways: ['sag1', 'sag2'],
        instances: 1,
      })
    })

    test('deactivates every key but those that are named', async () => {
      expect(await marked({ keepKeys: ['LTAI1'] })).toMatchObject({ keysDeactivated: 1 })
      const keys = (await rows('access_key')) as readonly { readonly id: string; readonly status: string }[]
      expect(new Map(keys.map(({ id, status }) => [id, status]))).toEqual(
        new Map([
          ['LTAI1', 'Active'],
          ['LTAI2', 'Inactive'],
          ['LTAI3', 'Inactive'],
        ]),
      )
      expect(await marked({ keepKeys: [] })).toMatchObject({ keysDeactivated: 1, returned: { activeKeys: [] } })
    })

    test('is not marked at all when a key that is to stay is unknown, and the audit trail says that it failed', async () => {
      await expect(marked({ keepKeys: ['LTAI9'] })).rejects.toThrow(UnknownKeys)
      expect(await store.read(restoredAt)).toBeUndefined()
      expect(await rows('sts_session')).toHaveLength(2)
      expect(await store.read((db) => findGateway(db, 'sag1'))).toMatchObject({ ticket: 'now', node: 'n' })
      expect(await actions()).toEqual([['restore', 'Failed']])
    })

    test('has the restore in its audit trail', async () => {
      await marked()
      expect(await actions()).toEqual([['restore', undefined]])
    })

    async function actions(): Promise<readonly (readonly [string, string | undefined])[]> {
      const events = await store.read((db) => auditEventsById(db, 0, 10))
      return events.map(({ action, outcome }) => [action, outcome] as const)
    }
  })
}
