import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { apis } from '../../packages/server/src/apis/registry.ts'
import {
  accountId,
  type Harness,
  openHarness,
  otherAccountId,
  regionId,
} from '../../packages/server/src/apis/testing/harness.suite.ts'
import {
  addCcn,
  addVbr,
  ccnOf,
  change,
  grant,
  grantToVbr,
} from '../../packages/server/src/apis/testing/networks.suite.ts'
import type { Api, Operation } from '../../packages/server/src/declare/index.ts'
import type { ClientKey } from '../../packages/server/src/rpc/testing/signing-client.suite.ts'
import { createSealer, type Sealer } from '../../packages/server/src/sealing/sealing.ts'
import { type Tables, tablesOf } from '../model/world.ts'
import { type AccessDoor, keyOf, openDoor, type Reply, type Request } from './door.ts'
import { addPerson, document, type Household, settle, type Things } from './household.ts'
import { kindOf, requestAbout, wireName } from './naming.ts'

// An account that another one granted an instance to: what it can do with it, operation by operation. Operations that
// are added are in it by themselves.

interface Asked {
  readonly api: Api
  readonly own: Operation
}

const all = [...apis.values()].flatMap((api) => [...api.operations.values()].map((own): Asked => ({ api, own })))

interface Place {
  readonly world: Harness
  readonly door: AccessDoor
  readonly sealer: Sealer
  /** Owns the instance. */
  readonly owner: Household
  /** Was granted it, to a network and to a leased line of its own. */
  readonly granted: Household
  /** What calls of the second account name: the instance of the first, and networks and lines of its own. */
  readonly things: Things
  readonly key: ClientKey
}

const cen = 'cen-cccccccccccccc4321'

async function openPlace(): Promise<Place> {
  const world = await openHarness()
  const sealer = createSealer(randomBytes(32))
  const owner = await settle(world, sealer)
  const granted = await settle(world, sealer, otherAccountId)
  const ccn = await addCcn(world, { accountId: otherAccountId, cenId: cen })
  const vbr = await addVbr(world, { accountId: otherAccountId, cenId: cen })
  await grant(world, owner.things.instance, ccn)
  await grantToVbr(world, owner.things.instance, vbr, otherAccountId)
  const things = { ...owner.things, ccn, vbr, cen }
  return { world, door: openDoor(world, sealer), sealer, owner, granted, things, key: keyOf(granted.root) }
}

let place: Place
// What a call takes away or deletes is there again for the next test.
beforeEach(async () => {
  place = await openPlace()
})
afterEach(() => place.world.close())

/** Parameters by which a request says that the instance is another account's. */
const saysWhose = (own: Operation): Request => ({
  ...(own.params['SmartAGUid'] && { SmartAGUid: accountId }),
  ...(own.params['CrossAccount'] && { CrossAccount: 'true' }),
  ...(own.params['ResourceUid'] && { ResourceUid: accountId }),
})

/** The smallest request, and one for every other parameter with that one as well. */
function requestsAbout({ api, own }: Asked): readonly Request[] {
  const least = { ...requestAbout(api, own, place.things), ...saysWhose(own) }
  const more = Object.entries(own.params).flatMap(([param, { state }]) => {
    const name = wireName(own, param)
    const kind = kindOf(api, own, param)
    const value = kind === undefined ? state.exampleText : place.things[kind]
    return name in least || value === undefined ? [] : [{ ...least, [name]: value }]
  })
  return [least, ...more]
}

/** Members of an instance or a line that say which network it is in. */
const attachment = new Set(['ccn_id', 'ccn_bound_at', 'instance_id', 'bound_at', 'config_revision'])

/** Everything stored that names an instance or device of the owner, without where it is attached. */
function ofTheOwner(tables: Tables): readonly string[] {
  const { instance, app, device } = place.owner.things
  const names = [instance, app, device].map((name) => JSON.stringify(name))
  return Object.entries(tables)
    .filter(([table]) => table !== 'vbr')
    .flatMap(([table, rows]) => rows.map((row) => ({ table, row })))
    .filter(({ row }) => names.some((name) => JSON.stringify(Object.values(row)).includes(name)))
    .map(
      ({ table, row }) => `${table} ${JSON.stringify(Object.entries(row).filter(([name]) => !attachment.has(name)))}`,
    )
    .sort()
}

describe('the account that an instance was granted to', () => {
  test('attaches and detaches it, and changes nothing else of it by any operation', async () => {
    const { world, door, things, key } = place
    const before = ofTheOwner(await tablesOf(world))
    const attached: string[] = []
    for (const inNetwork of [undefined, things.ccn]) {
      for (const asked of all.filter(({ own }) => own.access.level === 'Write')) {
        for (const request of requestsAbout(asked)) {
          await change(world, async ({ networks }) => {
            await networks.unbindVbr(things.vbr)
            await networks.unbind(things.instance)
            if (inNetwork !== undefined) await networks.bind(things.instance, inNetwork, world.now)
            if (asked.own.name === 'UnbindVbr') await networks.bindVbr(things.vbr, things.instance, world.now)
          })
          const { status } = await door.call(asked.api, asked.own, request, key)
          const { name } = asked.own
          expect({ name, request, rows: ofTheOwner(await tablesOf(world)) }).toEqual({ name, request, rows: before })
          const isIn = await ccnOf(world, things.instance)
          const line = (await world.store.read((db) => db.selectFrom('vbr').selectAll().execute())).find(
            ({ id }) => id === things.vbr,
          )
          const isLineChanged = (line?.instance_id !== null) !== (name === 'UnbindVbr')
          if (isIn !== inNetwork || isLineChanged) attached.push(name)
          if (isIn !== inNetwork || isLineChanged) expect({ name, status }).toEqual({ name, status: 200 })
        }
      }
    }
    expect([...new Set(attached)].sort()).toEqual([
      'BindSmartAccessGateway',
      'BindVbr',
      'UnbindSmartAccessGateway',
      'UnbindVbr',
    ])
    expect(door.failures).toEqual([])
  })

  test('sees its id, its name and its owner to attach it by, and nothing that the owner wrote elsewhere', async () => {
    const { world, door, things, owner, key } = place
    await change(world, ({ networks }) => networks.unbind(things.instance))
    const shown: string[] = []
    for (const asked of all) {
      for (const request of requestsAbout(asked)) {
        const { payload } = await door.call(asked.api, asked.own, request, key)
        if (payload.includes(owner.mark)) shown.push(asked.own.name)
        await change(world, ({ networks }) => networks.unbind(things.instance))
      }
    }
    expect([...new Set(shown)]).toEqual(['DescribeBindableSmartAccessGateways'])
  })
})

describe('a policy that is asked about a resource of another account', () => {
  const templatesOf = ({ own }: Asked): readonly string[] => [own.access.resource].flat()
  const isOfAccount = (template: string): boolean => /^(smartag|ccn)\/\{/.test(template)
  const named = all.filter((asked) => templatesOf(asked).some(isOfAccount))

  async function recorded(): Promise<readonly string[]> {
    const rows = await place.world.store.read((db) =>
      db.selectFrom('audit_event').select('resources').orderBy('id', 'desc').limit(1).execute(),
    )
    return (rows[0]?.resources ?? '').split(' ')
  }

  const answerOf = ({ status, body }: Reply): string => `${status} ${body['Code']}`

  test(`sees the owner's account wherever the answer tells such a resource from none, of ${named.length} operations`, async () => {
    const { door, owner, key } = place
    const apart: string[] = []
    for (const asked of named) {
      const { api, own } = asked
      const theirs = requestAbout(api, own, owner.things)
      const params = templatesOf(asked)
        .filter(isOfAccount)
        .map((template) => /\{(\w+)\}/.exec(template)?.[1] ?? '')
      const answer = answerOf(await door.call(api, own, theirs, key))
      const about = await recorded()
      for (const param of params) {
        const nothing = { ...theirs, [param]: param.startsWith('Ccn') ? 'ccn-nowhere000000' : 'sag-nowhere000000' }
        if (answerOf(await door.call(api, own, nothing, key)) !== answer) apart.push(own.name)
      }
      const owners = about.filter((resource) => /:(smartag|ccn)\//.test(resource)).map((text) => text.split(':')[3])
      const expected = own.access.tellsOthersApart === true ? accountId : otherAccountId
      expect({ name: own.name, owners }).toEqual({ name: own.name, owners: owners.map(() => expected) })
    }
    const declared = named.filter(({ own }) => own.access.tellsOthersApart === true).map(({ own }) => own.name)
    expect([...new Set(apart)].sort()).toEqual([...declared].sort())
    expect(declared).toContain('ModifySmartAccessGateway')
  })

  test('one about the own account only does not attach a granted instance, one about the owner’s does', async () => {
    const { world, door, sealer, things } = place
    const bind = all.find(({ own }) => own.name === 'BindSmartAccessGateway')
    if (bind === undefined) throw new Error('There is no such operation.')
    const request = { RegionId: regionId, CcnId: things.ccn, SmartAGId: things.instance, SmartAGUid: accountId }
    const own = `acs:smartag:*:${otherAccountId}:*`
    const narrow = keyOf(await addPerson(world, sealer, otherAccountId, 'own-only', document('Allow', '*', own)))
    for (const about of [request, { ...request, SmartAGUid: '' }]) {
      const denied = await door.call(bind.api, bind.own, about, narrow)
      expect(denied.body).toMatchObject({
        Code: 'Forbidden',
        AccessDeniedDetail: { NoPermissionType: 'ImplicitDeny', AuthAction: 'smartag:BindSmartAccessGateway' },
      })
    }
    const both = [`acs:smartag:*:${otherAccountId}:ccn/*`, `acs:smartag:*:${accountId}:smartag/${things.instance}`]
    const wide = keyOf(await addPerson(world, sealer, otherAccountId, 'both', document('Allow', '*', both)))
    expect(await door.call(bind.api, bind.own, request, wide)).toMatchObject({ status: 200 })
    expect(await ccnOf(world, things.instance)).toBe(things.ccn)
  })
})
