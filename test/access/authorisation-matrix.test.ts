import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apis } from '../../packages/server/src/apis/registry.ts'
import {
  accountId,
  type Harness,
  openHarness,
  otherAccountId,
} from '../../packages/server/src/apis/testing/harness.suite.ts'
import { change } from '../../packages/server/src/apis/testing/networks.suite.ts'
import { type Api, type Operation, serviceOf } from '../../packages/server/src/declare/index.ts'
import { type ClientKey, signV1 } from '../../packages/server/src/rpc/testing/signing-client.suite.ts'
import { createSealer, type Sealer } from '../../packages/server/src/sealing/sealing.ts'
import { tablesOf } from '../model/world.ts'
import { type AccessDoor, keyOf, openDoor, type Reply, type Request, sessionKeyOf } from './door.ts'
import { addPerson, addRole, addSession, document, type Household, type Kind, settle } from './household.ts'
import { requestAbout, unexplained } from './naming.ts'

// Every operation of every API, by everybody who may not call it. Operations that are added are in it by themselves.

const all = [...apis.values()].flatMap((api) => [...api.operations.values()].map((own): Asked => ({ api, own })))

interface Asked {
  readonly api: Api
  readonly own: Operation
}

interface Place {
  readonly world: Harness
  readonly door: AccessDoor
  readonly mine: Household
  readonly theirs: Household
  readonly sealer: Sealer
}

async function openPlace(): Promise<Place & { readonly keys: Keys }> {
  const world = await openHarness()
  const sealer = createSealer(randomBytes(32))
  const mine = await settle(world, sealer)
  const theirs = await settle(world, sealer, otherAccountId)
  const person = async (name: string, ...documents: readonly string[]): Promise<ClientKey> =>
    keyOf(await addPerson(world, sealer, accountId, name, ...documents))
  const keys: Keys = {
    nobody: await person('nobody'),
    elsewhere: await person('elsewhere', document('Allow', '*', elsewhere)),
    foreigner: await person('foreigner', document('Allow', '*', `acs:*:*:${otherAccountId}:*`)),
    forbidden: await person('forbidden', document('Allow', '*', '*'), document('Deny', '*', '*')),
    everything: await person('everything', document('Allow', '*', '*')),
    inactive: await person('inactive', document('Allow', '*', '*')),
    ...(await openSessions(world, sealer)),
  }
  await world.store.write((tx) =>
    tx.updateTable('access_key').set({ status: 'Inactive' }).where('id', '=', keys.inactive.accessKeyId).execute(),
  )
  return { world, door: openDoor(world, sealer), mine, theirs, sealer, keys }
}

/** Sessions of a role that may do everything, unless something is in the way. */
async function openSessions(world: Harness, sealer: Sealer): Promise<Sessions> {
  const everything = document('Allow', '*', '*')
  const owner = await addPerson(world, sealer, accountId, 'owner', everything)
  const leaver = await addPerson(world, sealer, accountId, 'leaver', everything)
  const able = await addRole(world, accountId, 'able', everything)
  const unable = await addRole(world, accountId, 'unable')
  const gone = await addRole(world, accountId, 'gone', everything)
  const basis = { accessKeyId: owner.accessKeyId, userId: '5owner' }
  const session = async (roleId: string, more: Partial<Parameters<typeof addSession>[2]> = {}): Promise<ClientKey> => {
    const role = { id: roleId, sessionName: 'test' }
    return sessionKeyOf(await addSession(world, sealer, { accountId, basis, role, ...more }))
  }
  const sessions: Sessions = {
    ableSession: await session(able),
    unableSession: await session(unable),
    narrowSession: await session(able, { policy: document('Allow', '*', elsewhere) }),
    expiredSession: await session(able, { expiresAt: world.now }),
    goneSession: await session(gone),
    leftSession: await session(able, { basis: { accessKeyId: leaver.accessKeyId, userId: '5leaver' } }),
  }
  await change(world, async ({ ram }) => {
    const role = await ram.roles.roleById(gone)
    const key = await ram.keys.key({ accountId, userId: '5leaver' }, leaver.accessKeyId)
    if (role === undefined || key === undefined) throw new Error('They were not there.')
    await ram.roles.remove(role)
    await ram.keys.setStatus(key, 'Inactive')
  })
  return sessions
}

interface Sessions {
  readonly ableSession: ClientKey
  /** Of a role without policies. */
  readonly unableSession: ClientKey
  /** With a policy of its own about other things. */
  readonly narrowSession: ClientKey
  readonly expiredSession: ClientKey
  /** Of a role that was deleted. */
  readonly goneSession: ClientKey
  /** Begun with a key that was deactivated. */
  readonly leftSession: ClientKey
}

interface Keys extends Sessions {
  readonly nobody: ClientKey
  /** May do everything with things that are not there. */
  readonly elsewhere: ClientKey
  /** May do everything with what another account has. */
  readonly foreigner: ClientKey
  /** May do everything, and is denied everything. */
  readonly forbidden: ClientKey
  readonly everything: ClientKey
  readonly inactive: ClientKey
}

/** Who may see some of a list. */
const namesSome: ReadonlySet<keyof Keys> = new Set(['elsewhere', 'narrowSession'])

const elsewhere = [
  ...['smartag', 'ccn', 'flowlog', 'enterprisecode', 'acl', 'qos'].map((type) => `acs:smartag:*:*:${type}/nowhere`),
  ...['user', 'group', 'role', 'policy', 'mfa'].map((type) => `acs:ram:*:*:${type}/nowhere`),
  'acs:opensag:*:*:nowhere/*',
]

let place: Awaited<ReturnType<typeof openPlace>>
beforeAll(async () => {
  place = await openPlace()
})
afterAll(() => place.world.close())

/** What a refusal for want of permission looks like, by the published rule: the operation's own table, else the service's. */
function denial({ own, api }: Asked): { readonly status: number; readonly code: string; readonly message: string } {
  const inTable = ['Forbbiden.SubUser', 'Forbidden.SubUser', 'Forbidden', 'NoPermission'].find(
    (code) => own.errors[code],
  )
  const row = inTable === undefined ? undefined : own.errors[inTable]
  if (inTable !== undefined && row !== undefined) return { status: row[0], code: inTable, message: row[1] }
  if (['ram', 'sts'].includes(serviceOf(api))) {
    return { status: 403, code: 'NoPermission', message: 'You are not authorized to do this action.' }
  }
  const message = "User not authorized to operate on the specified resource, or this API doesn't support RAM."
  return { status: 403, code: 'Forbidden.RAM', message }
}

function expectDenied(asked: Asked, { status, body }: Reply, type: 'ImplicitDeny' | 'ExplicitDeny'): void {
  const { code, message } = denial(asked)
  expect({ name: asked.own.name, status, body }).toMatchObject({
    name: asked.own.name,
    status: denial(asked).status,
    body: {
      Code: code,
      Message: message,
      AccessDeniedDetail: { NoPermissionType: type, AuthAction: asked.own.access.action },
    },
  })
}

/** So many are called before everything that is stored is compared: reading all of it costs more than the calls. */
const together = 10

/** Calls every operation and compares everything that is stored before and after every few calls. */
async function callAll(
  operations: readonly Asked[],
  call: (asked: Asked, request: Request) => Promise<void>,
): Promise<void> {
  const before = await tablesOf(place.world)
  const text = JSON.stringify(before)
  for (let index = 0; index < operations.length; index += together) {
    const few = operations.slice(index, index + together)
    for (const asked of few) await call(asked, requestAbout(asked.api, asked.own, place.mine.things))
    const after = await tablesOf(place.world)
    const oneOf = few.map(({ own }) => own.name)
    // Compared as texts first: only what differs is worth a look at every row.
    if (JSON.stringify(after) !== text) expect({ oneOf, after }).toEqual({ oneOf, after: before })
  }
}

const guarded = all.filter(({ own }) => own.access.open !== true)

describe(`every one of ${all.length} operations`, () => {
  test('is asked about things that are there, by parameters that are explained', () => {
    expect(all.flatMap(({ api, own }) => unexplained(api, own).map((param) => `${own.name} ${param}`))).toEqual([])
    for (const { api, own } of all) {
      const request = requestAbout(api, own, place.mine.things)
      expect({ name: own.name, found: own.parse(new Map(Object.entries(request))).violations }).toEqual({
        name: own.name,
        found: [],
      })
    }
  })

  const params = ({ api, own }: Asked, request: Request, key: ClientKey): Record<string, string> =>
    signV1(key, { ...request, Action: own.name, Version: api.version }, { now: place.world.now })

  test.each<[string, (asked: Asked, request: Request) => Request, { readonly status: number; readonly code: string }]>([
    [
      'without a key and a signature',
      ({ api, own }, request) => ({ ...request, Action: own.name, Version: api.version }),
      { status: 400, code: 'MissingAccessKeyId' },
    ],
    [
      'with a key that is not there',
      (asked, request) => params(asked, request, { accessKeyId: 'LTAI5tNobodyHasThisKey01', secret: 'x' }),
      { status: 404, code: 'InvalidAccessKeyId.NotFound' },
    ],
    [
      'with the secret of another key',
      (asked, request) => params(asked, request, { ...place.keys.everything, secret: place.keys.nobody.secret }),
      { status: 400, code: 'SignatureDoesNotMatch' },
    ],
    [
      'with a parameter that was changed behind the signature',
      (asked, request) => ({ ...params(asked, request, place.keys.everything), Changed: 'x' }),
      { status: 400, code: 'SignatureDoesNotMatch' },
    ],
    [
      'with an inactive key',
      (asked, request) => params(asked, request, place.keys.inactive),
      { status: 400, code: 'InvalidAccessKeyId.Inactive' },
    ],
    [
      'with a signature of yesterday',
      ({ api, own }, request) => {
        const given = { ...request, Action: own.name, Version: api.version }
        return signV1(place.keys.everything, given, { now: place.world.now - 24 * 60 * 60 * 1000 })
      },
      { status: 400, code: 'InvalidTimeStamp.Expired' },
    ],
    [
      'in a session that has expired',
      (asked, request) => params(asked, request, place.keys.expiredSession),
      { status: 400, code: 'InvalidSecurityToken.Expired' },
    ],
    [
      'in a session without its token',
      (asked, request) => {
        const { accessKeyId, secret } = place.keys.ableSession
        return params(asked, request, { accessKeyId, secret })
      },
      { status: 400, code: 'MissingSecurityToken' },
    ],
    [
      'in a session with the token of another',
      (asked, request) => {
        const { securityToken = '' } = place.keys.unableSession
        return params(asked, request, { ...place.keys.ableSession, securityToken })
      },
      { status: 400, code: 'InvalidSecurityToken.MismatchWithAccessKey' },
    ],
    [
      'in a session of a role that is gone',
      (asked, request) => params(asked, request, place.keys.goneSession),
      { status: 404, code: 'InvalidAccessKeyId.NotFound' },
    ],
    [
      'in a session that was begun with a key that is inactive now',
      (asked, request) => params(asked, request, place.keys.leftSession),
      { status: 400, code: 'InvalidAccessKeyId.Inactive' },
    ],
  ])('is refused %s, and nothing has changed', async (_, signed, { status, code }) => {
    await callAll(all, async (asked, request) => {
      const reply = await place.door.send(signed(asked, request))
      expect({ name: asked.own.name, status: reply.status, code: reply.body['Code'] }).toEqual({
        name: asked.own.name,
        status,
        code,
      })
    })
  })

  test('is refused when the same signed request is sent once more', async () => {
    await callAll(guarded, async (asked, request) => {
      const signed = params(asked, request, place.keys.nobody)
      await place.door.send(signed)
      expect((await place.door.send(signed)).body['Code']).toBe('SignatureNonceUsed')
    })
  })

  test.each<[string, keyof Keys, 'ImplicitDeny' | 'ExplicitDeny']>([
    ['without a policy', 'nobody', 'ImplicitDeny'],
    ['with a policy about other things', 'elsewhere', 'ImplicitDeny'],
    ['with a policy about the same things of another account', 'foreigner', 'ImplicitDeny'],
    ['with a policy that denies beside one that allows', 'forbidden', 'ExplicitDeny'],
    ['in a session of a role without policies', 'unableSession', 'ImplicitDeny'],
    ['in a session whose own policy is about other things', 'narrowSession', 'ImplicitDeny'],
  ])('is refused to a user %s, and nothing has changed', async (_, who, type) => {
    await callAll(guarded, async (asked, request) => {
      const reply = await place.door.call(asked.api, asked.own, request, place.keys[who])
      // A list is cut down to what policies name, here to what is not there.
      if (asked.own.access.lists !== undefined && namesSome.has(who)) {
        const { RequestId: _, ...body } = reply.body
        const said = Object.values(body).flat()
        const isEmpty = body['TotalCount'] === 0 || said.length === 0
        expect({ name: asked.own.name, status: reply.status, isEmpty, body }).toMatchObject({
          status: 200,
          isEmpty: true,
        })
      } else expectDenied(asked, reply, type)
    })
  })

  test('is guarded by policies, but for those that give no more than the key itself, or what is public', () => {
    const open = all.filter(({ own }) => own.access.open === true).map(({ own }) => own.name)
    expect(open.sort()).toEqual([
      // Of one's own, with the password; those of others need a right that the operations ask about by themselves.
      'AddSecurityKey',
      'CreateConsoleSession',
      'CreateSecurityKeyChallenge',
      'DeleteSecurityKey',
      'DescribeEndpoints',
      'EndConsoleSession',
      'EvaluateOwnAccess',
      'GetCallerIdentity',
      // Of one's own; those of others need a right that the two ask about by themselves.
      'ListConsoleSessions',
      'ListSecurityKeys',
      'RevokeConsoleSession',
    ])
  })
})

describe('the account next door', () => {
  test('gets nothing of what is here, and changes nothing of it', async () => {
    const { door, mine, theirs, world } = place
    const key = keyOf(theirs.root)
    const others = await tablesOf(world)
    for (const { api, own } of all) {
      const reply = await door.call(api, own, requestAbout(api, own, mine.things), key)
      expect({ name: own.name, shown: reply.payload.includes(mine.mark) }).toEqual({ name: own.name, shown: false })
      // Some answers of success have a code, which is that of HTTP.
      const code = reply.body['Code'] === '200' ? undefined : reply.body['Code']
      // An answer of the operation's own table, or a success that is about the caller's own.
      const isKnown =
        code === undefined || (typeof code === 'string' && (own.errors[code] !== undefined || frontDoor.test(code)))
      expect({ name: own.name, code, isKnown }).toEqual({ name: own.name, code, isKnown: true })
      const after = await tablesOf(world)
      for (const [table, rows] of Object.entries(others)) {
        const kept = new Set((after[table] ?? []).map((row) => JSON.stringify(row)))
        const lost = rows
          .map((row) => JSON.stringify(row))
          .filter((row) => belongsTo(mine, theirs, row) && !kept.has(row))
        expect({ name: own.name, table, lost }).toEqual({ name: own.name, table, lost: [] })
      }
      for (const [table, rows] of Object.entries(after)) {
        const known = new Set((others[table] ?? []).map((row) => JSON.stringify(row)))
        const added = rows
          .map((row) => JSON.stringify(row))
          .filter((row) => belongsTo(mine, theirs, row) && !known.has(row))
        expect({ name: own.name, table, added }).toEqual({ name: own.name, table, added: [] })
      }
    }
    expect(door.failures).toEqual([])
  })
})

/** What the front door answers of its own accord about a parameter. */
const frontDoor = /^(Missing|Invalid)[A-Z]\w*$/

/** Names that each account gives as it likes; what is left names one thing in the whole system. */
const scoped: ReadonlySet<string> = new Set(['user', 'group', 'role', 'policy', 'clientUser'] satisfies readonly Kind[])

/** Whether a stored row is the account's, or names anything it has. A neighbour may call its own things by the same names. */
function belongsTo({ things }: Household, neighbour: Household, row: string): boolean {
  const isNeighbours = row.includes(JSON.stringify(neighbour.things.account))
  return Object.entries(things).some(
    ([kind, name]) => row.includes(JSON.stringify(name)) && !(isNeighbours && scoped.has(kind)),
  )
}

/** The narrowest policy that allows a call: its action on its own resources, and the actions it depends on. */
function exactly({ own }: Asked, request: Request): string {
  const fill = (template: string): string =>
    template.replace(/\{(\w+)\}/g, (_, name: string) => (name === 'account' ? accountId : (request[name] ?? '*')))
  const resources = [own.access.resource].flat().map((template) => {
    if (template === '*') return '*'
    const isWhole = template.startsWith('acs:') || template.startsWith('{')
    return fill(isWhole ? template : `acs:smartag:*:${accountId}:${template}`)
  })
  const statements = [
    { Effect: 'Allow', Action: own.access.action, Resource: resources },
    ...(own.access.dependent ?? []).map((action) => ({ Effect: 'Allow', Action: action, Resource: '*' })),
  ]
  return JSON.stringify({ Version: '1', Statement: statements })
}

describe('every operation is', () => {
  test('past the check of permission for a user whose policy is about exactly this', async () => {
    const { world, door, mine, sealer } = await openPlace()
    try {
      let changed = 0
      for (const [index, asked] of guarded.entries()) {
        const request = requestAbout(asked.api, asked.own, mine.things)
        const key = keyOf(await addPerson(world, sealer, accountId, `exact${index}`, exactly(asked, request)))
        const before = JSON.stringify(await tablesOf(world))
        const reply = await door.call(asked.api, asked.own, request, key)
        const { name } = asked.own
        expect({ name, denied: reply.body['AccessDeniedDetail'] }).toEqual({ name, denied: undefined })
        if (JSON.stringify(await tablesOf(world)) !== before) changed++
      }
      expect(door.failures).toEqual([])
      // The calls that are refused above are real ones: many of them do something when they are allowed.
      expect(changed).toBeGreaterThan(30)
    } finally {
      await world.close()
    }
  })
})
