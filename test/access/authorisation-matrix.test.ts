import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apis } from '../../packages/server/src/apis.ts'
import { type Api, type Operation, serviceOf } from '../../packages/server/src/declare/index.ts'
import {
  accountId,
  type Harness,
  openHarness,
  otherAccountId,
} from '../../packages/server/src/operations/testing/harness.suite.ts'
import { createSealer } from '../../packages/server/src/ram/sealing.ts'
import { type ClientKey, signV1 } from '../../packages/server/src/rpc/testing/signing-client.suite.ts'
import { type Tables, tablesOf } from '../model/world.ts'
import { type AccessDoor, keyOf, openDoor, type Reply, type Request } from './door.ts'
import { addPerson, document, type Household, type Kind, settle } from './household.ts'
import { requestAbout, unexplained } from './naming.ts'

// Every operation of every API, by everybody who may not call it. Operations that are added are in it by themselves.

const all = [...apis.values()].flatMap((api) => [...api.operations.values()].map((own): Asked => ({ api, own })))

interface Asked {
  readonly api: Api
  readonly own: Operation
}

/** Written beside the state: used nonces, and the trail of who called what. */
const notState = new Set(['nonce', 'audit_event'])

interface Place {
  readonly world: Harness
  readonly door: AccessDoor
  readonly mine: Household
  readonly theirs: Household
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
  }
  await world.store.write((tx) =>
    tx.updateTable('access_key').set({ status: 'Inactive' }).where('id', '=', keys.inactive.accessKeyId).execute(),
  )
  return { world, door: openDoor(world, sealer), mine, theirs, keys }
}

interface Keys {
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

const elsewhere = [
  ...['smartag', 'ccn', 'flowlog', 'enterprisecode'].map((type) => `acs:smartag:*:*:${type}/elsewhere`),
  ...['user', 'group', 'role', 'policy', 'mfa'].map((type) => `acs:ram:*:*:${type}/elsewhere`),
  'acs:opensag:*:*:elsewhere/*',
]

let place: Awaited<ReturnType<typeof openPlace>>
beforeAll(async () => {
  place = await openPlace()
})
afterAll(() => place.world.close())

async function state(): Promise<Tables> {
  const tables = await tablesOf(place.world)
  return Object.fromEntries(Object.entries(tables).filter(([name]) => !notState.has(name)))
}

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

/** Calls every operation and compares everything that is stored before and after each call. */
async function callAll(
  operations: readonly Asked[],
  call: (asked: Asked, request: Request) => Promise<void>,
): Promise<void> {
  const before = await state()
  for (const asked of operations) {
    await call(asked, requestAbout(asked.api, asked.own, place.mine.things))
    const after = await state()
    expect({ name: asked.own.name, after }).toEqual({ name: asked.own.name, after: before })
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
    await callAll(all, async (asked, request) => {
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
  ])('is refused to a user %s, and nothing has changed', async (_, who, type) => {
    await callAll(guarded, async (asked, request) => {
      expectDenied(asked, await place.door.call(asked.api, asked.own, request, place.keys[who]), type)
    })
  })

  test('that is open to any caller changes nothing', () => {
    for (const { own } of all.filter(({ own }) => own.access.open === true)) {
      expect([own.name, own.access.level]).toEqual([own.name, 'Read'])
    }
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
      const code = reply.body['Code']
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
        if (notState.has(table)) continue
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

// Last: what is allowed changes things.
describe('every operation is', () => {
  test('past the check of permission for a user with a policy about exactly this', async () => {
    const fresh = await openPlace()
    try {
      let changed = 0
      for (const { api, own } of guarded) {
        const request = requestAbout(api, own, fresh.mine.things)
        const before = JSON.stringify(await tablesOf(fresh.world))
        const reply = await fresh.door.call(api, own, request, fresh.keys.everything)
        expect({ name: own.name, denied: reply.body['AccessDeniedDetail'] }).toEqual({
          name: own.name,
          denied: undefined,
        })
        if (JSON.stringify(await tablesOf(fresh.world)) !== before) changed++
      }
      // The calls that are refused above are real ones: many of them do something when they are allowed.
      expect(changed).toBeGreaterThan(15)
    } finally {
      await fresh.world.close()
    }
  })
})
