// Random lives of a service's accounts, compared step by step with a model that has nothing to look up.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { deleteSmartAccessGatewayClientUser } from '../../packages/server/src/apis/smartag/client-users/delete-smart-access-gateway-client-user.ts'
import { disableSmartAccessGatewayUser } from '../../packages/server/src/apis/smartag/client-users/disable-smart-access-gateway-user.ts'
import { enableSmartAccessGatewayUser } from '../../packages/server/src/apis/smartag/client-users/enable-smart-access-gateway-user.ts'
import { kickOutClients } from '../../packages/server/src/apis/smartag/client-users/kick-out-clients.ts'
import { type Harness, openHarness } from '../../packages/server/src/apis/testing/harness.suite.ts'
import { addCcn, change, cidrsOf, ip, setBlocks } from '../../packages/server/src/apis/testing/networks.suite.ts'
import { addApp, addUser } from '../../packages/server/src/apis/testing/remote-users.suite.ts'
import { clientRanges } from '../../packages/server/src/model/address-pool.ts'
import { admit } from '../../packages/server/src/remote-access/admit.ts'
import { sweepSessions } from '../../packages/server/src/remote-access/sessions.ts'
import {
  endSession,
  sessionsOfInstance,
  touchSession,
} from '../../packages/server/src/store/remote-users/client-sessions.ts'
import { silentMs } from './site.ts'

const names = ['u0', 'u1', 'u2', 'u3', 'u4', 'u5', 'u6']
/** The fixed ones, each in some of the pools. */
const fixed: Readonly<Record<string, string>> = { u5: '10.9.9.3', u6: '10.9.8.2' }
/** Smaller than seven accounts need, or larger; one block or two. */
const pools = ['10.9.9.0/29', '10.9.8.0/29', '10.9.9.0/29,10.9.8.0/29', '10.9.8.0/28', '10.9.9.0/30']

const anybody = fc.constantFrom(...names)
const action = fc.oneof(
  { weight: 6, arbitrary: fc.record({ is: fc.constant('logon' as const), who: anybody }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constantFrom('beat' as const, 'logoff' as const), who: anybody }) },
  {
    weight: 3,
    arbitrary: fc.record({
      is: fc.constantFrom('kick' as const, 'disable' as const, 'enable' as const, 'delete' as const, 'add' as const),
      who: anybody,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ is: fc.constant('pass' as const), by: fc.constantFrom(silentMs / 2, silentMs) }),
  },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('pool' as const), cidrs: fc.constantFrom(...pools) }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('sweep' as const) }) },
)
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never

/** What must be the case, kept in the simplest way there is. */
class Model {
  readonly users = new Map<string, 'enabled' | 'disabled'>(names.map((name) => [name, 'enabled']))
  readonly online = new Map<string, { address: number; seenAt: number }>()
  pool: readonly number[] = []

  setPool(cidrs: string): void {
    this.pool = clientRanges(cidrsOf(cidrs)).flatMap(({ first, last }) =>
      Array.from({ length: last - first + 1 }, (_, i) => first + i),
    )
    for (const [who, { address }] of this.online) if (!this.pool.includes(address)) this.online.delete(who)
  }

  sweep(silentAt: number): void {
    for (const [who, { seenAt }] of this.online) if (seenAt <= silentAt) this.online.delete(who)
  }

  logon(who: string, now: number): string | number {
    const silentAt = now - silentMs
    const state = this.users.get(who)
    if (state === undefined) return 'LogonFailed'
    if (state === 'disabled') return 'UserDisabled'
    const old = this.online.get(who)
    if (old !== undefined && old.seenAt > silentAt) return 'SessionExists'
    this.online.delete(who)
    const address = this.#address(who, silentAt)
    if (typeof address === 'number') this.online.set(who, { address, seenAt: now })
    return address
  }

  #address(who: string, silentAt: number): string | number {
    const own = fixed[who]
    if (own !== undefined) {
      if (!this.pool.includes(ip(own))) return 'AddressNotInPool'
      const holder = [...this.online].find(([, { address }]) => address === ip(own))
      if (holder === undefined) return ip(own)
      if (holder[1].seenAt > silentAt) return 'AddressInUse'
      this.online.delete(holder[0])
      return ip(own)
    }
    const free = this.#lowestFree()
    if (free !== undefined) return free
    this.sweep(silentAt)
    return this.#lowestFree() ?? 'PoolExhausted'
  }

  #lowestFree(): number | undefined {
    const reserved = [...this.users.keys()].flatMap((name) => (fixed[name] === undefined ? [] : [ip(fixed[name])]))
    const taken = new Set([...reserved, ...[...this.online.values()].map(({ address }) => address)])
    return this.pool.find((address) => !taken.has(address))
  }
}

let world: Harness
beforeAll(async () => {
  world = await openHarness()
})
afterAll(() => world.close())

async function add(id: string, who: string): Promise<void> {
  const own = fixed[who]
  await addUser(world, id, who, { password_hash: 'hash', client_ip: own === undefined ? null : ip(own) })
}

test('who is online where is as the model says, whatever happens', async () => {
  let serial = 0

  async function logon(id: string, userName: string): Promise<string | number> {
    serial += 1
    const claim = {
      ...{ instanceId: id, userName, passwordHash: 'hash', terminal: '', source: '' },
      ...{ sessionId: `${serial}`, tokenHash: `hash ${serial}` },
      ...{ now: world.now, seenAt: world.now, silentAt: world.now - silentMs },
    }
    const session = await world.store.write((tx) => admit(tx, claim))
    return typeof session === 'string' ? session : session.address
  }

  async function act(id: string, model: Model, step: Action): Promise<void> {
    const operate = async (operation: Parameters<Harness['call']>[0], more: Readonly<Record<string, string>>) =>
      world.call(operation, { RegionId: 'cn-shanghai', SmartAGId: id, ...more })
    switch (step.is) {
      case 'logon':
        expect(await logon(id, step.who)).toBe(model.logon(step.who, world.now))
        return
      case 'beat':
      case 'logoff':
        await world.store.write(async (tx) => {
          const mine = (await sessionsOfInstance(tx, id)).find(({ userName }) => userName === step.who)
          if (mine === undefined) return
          if (step.is === 'beat') await touchSession(tx, mine.id, world.now)
          else await endSession(tx, mine, 'LoggedOff', world.now)
        })
        if (step.is === 'logoff') model.online.delete(step.who)
        else if (model.online.has(step.who)) Object.assign(model.online.get(step.who) ?? {}, { seenAt: world.now })
        return
      case 'kick':
        await operate(kickOutClients, { Username: step.who })
        model.online.delete(step.who)
        return
      case 'disable':
      case 'enable': {
        if (!model.users.has(step.who)) return
        const operation = step.is === 'disable' ? disableSmartAccessGatewayUser : enableSmartAccessGatewayUser
        await operate(operation, { UserName: step.who })
        model.users.set(step.who, step.is === 'disable' ? 'disabled' : 'enabled')
        if (step.is === 'disable') model.online.delete(step.who)
        return
      }
      case 'delete':
        if (!model.users.delete(step.who)) return
        model.online.delete(step.who)
        await operate(deleteSmartAccessGatewayClientUser, { UserName: step.who })
        return
      case 'add':
        if (model.users.has(step.who)) return
        model.users.set(step.who, 'enabled')
        await add(id, step.who)
        return
      case 'pass':
        world.now += step.by
        return
      case 'pool':
        await setBlocks(world, id, step.cidrs)
        model.setPool(step.cidrs)
        // As ModifySmartAccessGateway does.
        await change(world, async ({ remoteUsers }) => {
          for (const session of await remoteUsers.sessionsOf(id)) {
            if (!model.pool.includes(session.address)) await remoteUsers.endSession(session.id, 'AddressNotInPool', 0)
          }
        })
        return
      case 'sweep':
        // A sweep is bounded, and other lives have left their own.
        while ((await sweepSessions(world.store, world.now - silentMs, world.now)) > 0);
        model.sweep(world.now - silentMs)
    }
  }

  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 20, maxLength: 60 }), async (steps) => {
      const id = await addApp(world, { userCount: 5, pool: '' })
      await addCcn(world, {}, id)
      const model = new Model()
      for (const who of names) await add(id, who)
      for (const step of [{ is: 'pool' as const, cidrs: pools[0] ?? '' }, ...steps]) {
        await act(id, model, step)
        const sessions = await world.store.read((db) => sessionsOfInstance(db, id))
        expect(new Map(sessions.map((s) => [s.userName, { address: s.address, seenAt: s.lastSeenAt }]))).toEqual(
          model.online,
        )
        for (const { address, userName } of sessions) {
          expect(model.pool).toContain(address)
          expect(model.users.get(userName)).toBe('enabled')
        }
        expect(new Set(sessions.map(({ address }) => address)).size).toBe(sessions.length)
      }
    }),
    { numRuns: 40 },
  )
})
