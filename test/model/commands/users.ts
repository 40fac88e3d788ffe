import fc from 'fast-check'
import { expect } from 'vitest'
import { createSmartAccessGatewayClientUser } from '../../../packages/server/src/apis/smartag/client-users/create-smart-access-gateway-client-user.ts'
import { deleteSmartAccessGatewayClientUser } from '../../../packages/server/src/apis/smartag/client-users/delete-smart-access-gateway-client-user.ts'
import { disableSmartAccessGatewayUser } from '../../../packages/server/src/apis/smartag/client-users/disable-smart-access-gateway-user.ts'
import { enableSmartAccessGatewayUser } from '../../../packages/server/src/apis/smartag/client-users/enable-smart-access-gateway-user.ts'
import { admit } from '../../../packages/server/src/remote-access/admit.ts'
import { createRemoteUsers } from '../../../packages/server/src/store/remote-users/remote-users.ts'
import { addressOf, clientAddresses, type Site, stateOf } from '../reference.ts'
import { appAt, appId, type Step, step, which } from '../step.ts'
import { attempt, tablesOf } from '../world.ts'

const name = fc.constantFrom('alice01', 'bobby02', 'carol03')
const fixed = fc.constantFrom(undefined, undefined, '10.0.0.2', '10.0.0.3', '10.0.0.1', '192.168.0.9')
const ofUser = fc.record({ app: which, name })

const anyUser = fc.record({ app: which, name, fixed })

const create = (users: typeof anyUser): fc.Arbitrary<Step> =>
  step('CreateSmartAccessGatewayClientUser', users, async (given, reference, world) => {
    const SmartAGId = appId(reference, given.app)
    const site = reference.sites.get(SmartAGId)
    const address = given.fixed === undefined ? undefined : addressOf(given.fixed)
    const refusal = ((): string | undefined => {
      if (site === undefined) return 'SAG.InstanceNoFound'
      if (site.kind !== 'app') return 'ClientUser.NotSupportAction'
      if (site.blocks.length === 0) return 'SAG.CidrEmpty'
      if (site.users.has(given.name)) return 'ClientUser.UserExist'
      if (site.users.size >= site.room) return 'ClientUser.UserOverLimit'
      if (address === undefined) return undefined
      const isTaken = [...site.users.values()].some((user) => user.fixed === address)
      return isTaken || !clientAddresses(site.blocks).includes(address) ? 'ClientUser.InvalidClientIp' : undefined
    })()
    const params = {
      SmartAGId,
      UserName: given.name,
      Password: 'Passw0rd1',
      UserMail: 'user@example.com',
      ClientIp: given.fixed,
    }
    const answer = await attempt(world, createSmartAccessGatewayClientUser, params, refusal)
    if (answer !== undefined) site?.users.set(given.name, { fixed: address, enabled: true })
  })

const remove = step('DeleteSmartAccessGatewayClientUser', ofUser, async (given, reference, world) => {
  const SmartAGId = appId(reference, given.app)
  const site = appAt(reference, SmartAGId)
  const params = { SmartAGId, UserName: given.name }
  const answer = await attempt(world, deleteSmartAccessGatewayClientUser, params, missing(site, given.name))
  if (answer === undefined) return
  site?.users.delete(given.name)
  site?.sessions.delete(given.name)
})

const enable = step('EnableSmartAccessGatewayUser', ofUser, async (given, reference, world) => {
  const SmartAGId = appId(reference, given.app)
  const site = appAt(reference, SmartAGId)
  const params = { SmartAGId, UserName: given.name }
  await attempt(world, enableSmartAccessGatewayUser, params, missing(site, given.name))
  const user = site?.users.get(given.name)
  if (user !== undefined) user.enabled = true
})

const disable = step('DisableSmartAccessGatewayUser', ofUser, async (given, reference, world) => {
  const SmartAGId = appId(reference, given.app)
  const site = appAt(reference, SmartAGId)
  const params = { SmartAGId, UserName: given.name }
  await attempt(world, disableSmartAccessGatewayUser, params, missing(site, given.name))
  const user = site?.users.get(given.name)
  if (user !== undefined) user.enabled = false
  site?.sessions.delete(given.name)
})

function missing(site: Site | undefined, user: string): string | undefined {
  if (site === undefined) return 'SAG.InstanceNoFound'
  return site.users.has(user) ? undefined : 'ClientUser.NameInvalid'
}

let logons = 0

const logOn = (users: typeof ofUser): fc.Arbitrary<Step> =>
  step('log on', users, async (given, reference, world) => {
    const id = appId(reference, given.app)
    const site = appAt(reference, id)
    const { harness } = world
    const hash = await harness.store.read((db) => createRemoteUsers(db).passwordHash(id, given.name))
    logons += 1
    const claim = {
      instanceId: id,
      userName: given.name,
      passwordHash: hash ?? 'none',
      terminal: 'test',
      source: '192.0.2.1',
      sessionId: `session ${logons}`,
      tokenHash: `token ${logons}`,
      now: reference.now,
      seenAt: reference.now,
      silentAt: 0,
    }
    const outcome = await harness.store.write((tx) => admit(tx, claim))
    expect(typeof outcome === 'string' ? outcome : outcome.address).toBe(expectedLogon(site, given.name, reference.now))
    if (typeof outcome === 'string') expect((await tablesOf(harness))['client_session']?.length).toBe(countSessions())
    else site?.sessions.set(given.name, outcome.address)

    function countSessions(): number {
      return [...reference.sites.values()].reduce((sum, { sessions }) => sum + sessions.size, 0)
    }
  })

/** The address, or why there is none. */
function expectedLogon(site: Site | undefined, name: string, now: number): number | string {
  const user = site?.users.get(name)
  if (site === undefined || user === undefined) return 'LogonFailed'
  if (!user.enabled) return 'UserDisabled'
  const state = stateOf(site, now)
  if (state !== 'serving') return state === 'idle' ? 'InstanceNotActivated' : 'InstanceInArrears'
  if (site.ccn === undefined) return 'InstanceNotInCcn'
  if (site.sessions.has(name)) return 'SessionExists'
  const pool = clientAddresses(site.blocks)
  const used = [...site.sessions.values()]
  if (user.fixed !== undefined) {
    if (!pool.includes(user.fixed)) return 'AddressNotInPool'
    return used.includes(user.fixed) ? 'AddressInUse' : user.fixed
  }
  const kept = [...site.users.values()].map((other) => other.fixed)
  return pool.find((address) => !used.includes(address) && !kept.includes(address)) ?? 'PoolExhausted'
}

export const onUsers: readonly fc.WeightedArbitrary<Step>[] = [
  { weight: 6, arbitrary: create(anyUser) },
  { weight: 2, arbitrary: remove },
  { weight: 1, arbitrary: enable },
  { weight: 2, arbitrary: disable },
  { weight: 8, arbitrary: logOn(ofUser) },
]

const [firstApp, firstName] = [fc.constant(0), fc.constant('alice01')]

/** An account of the first App, and somebody who is logged on with it. */
export const aUser: fc.Arbitrary<Step> = create(fc.record({ app: firstApp, name: firstName, fixed }))
export const aLogon: fc.Arbitrary<Step> = logOn(fc.record({ app: firstApp, name: firstName }))
