import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { objects, orJson, type RawParams, text } from '../declare/index.ts'
import { echo } from '../rpc/testing/door.suite.ts'
import { createSealer } from '../sealing/sealing.ts'
import { createRam, type Ram } from '../store/access/ram.ts'
import type { Store } from '../store/store.ts'
import { openTestStore } from '../store/testing/database.suite.ts'
import {
  type AccessAnswer,
  type AccessQuestion,
  type Authorise,
  createAuthorise,
  type InPart,
  isDenied,
} from './authorise.ts'
import type { Caller } from './caller.ts'
import { createCompiledPolicies } from './compiled-policies.ts'
import { type AccessDenied, createDeny, openDiagnostic } from './denial.ts'
import { resources } from './resources.ts'

const accountId = '1234567890123456'
const sealer = createSealer(randomBytes(32))
const alice = { kind: 'RAMUser', accountId, accessKeyId: 'k', userId: '1', userName: 'alice' } as const
const session = {
  kind: 'AssumedRole',
  accountId,
  accessKeyId: 'STS.s',
  roleId: '2',
  roleName: 'night-shift',
  sessionName: 'bob',
} as const
const modify = {
  ...echo('Modify'),
  params: { SmartAGId: text() },
  access: { action: 'smartag:Modify', level: 'Write', resource: 'smartag/{SmartAGId}', dependent: [] } as const,
}

let folder: string
let store: Store
let authorise: Authorise

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opensag-authorise-'))
  store = await openTestStore(folder)
  await change(async ({ users, roles }, tx) => {
    await tx.insertInto('account').values({ id: accountId, name: '', created_at: 0 }).execute()
    await users.add({ id: '1', accountId, name: 'alice', createdAt: 0 })
    const role = { id: '2', accountId, name: 'night-shift', description: undefined, trustPolicy: '{}' }
    await roles.add({ ...role, maxSessionDuration: 3600, createdAt: 0 })
  })
  authorise = createAuthorise(createCompiledPolicies(store), createDeny(sealer))
})
afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true })
})

function change<T>(work: (ram: Ram, tx: Parameters<Parameters<Store['write']>[0]>[0]) => Promise<T>): Promise<T> {
  return store.write((tx) => work(createRam(tx), tx))
}

/** A policy of the account, attached. */
async function grant(name: string, target: { kind: 'user' | 'role'; id: string }, ...statements: object[]) {
  await change(async ({ policies, attachments }) => {
    const document = JSON.stringify({ Version: '1', Statement: statements })
    const policy = { id: name, accountId, name, description: undefined, document, examples: undefined, createdAt: 0 }
    await policies.add(policy)
    await attachments.attach(accountId, { type: 'Custom', name }, target, 0)
  })
}

const statement = (Effect: 'Allow' | 'Deny', Resource: string, more: object = {}) => ({
  Effect,
  Action: 'smartag:Modify',
  Resource,
  ...more,
})
const one = `acs:smartag:*:${accountId}:smartag/sag-1`

async function ask(caller: Caller, more: Partial<AccessQuestion> = {}): Promise<AccessDenied | undefined> {
  const answer = await answerTo(caller, more)
  if (answer !== undefined && !isDenied(answer)) throw new Error('It is allowed in part, or by tags.')
  return answer
}

async function answerTo(caller: Caller, more: Partial<AccessQuestion> = {}): Promise<AccessAnswer> {
  const epoch = await store.read((db) => createRam(db).accounts.accessEpoch(accountId))
  const { sessionPolicy } = more.rights ?? {}
  const { operation = modify, raw = new Map([['SmartAGId', 'sag-1']]) } = more
  return authorise({
    caller,
    operation,
    raw,
    resources: resources(caller, operation, raw),
    circumstances: { sourceIp: '192.0.2.1', secure: true, at: Date.UTC(2026, 0, 1) },
    ...more,
    rights: { epoch, sessionPolicy },
  })
}

const aliceUser = { kind: 'user', id: '1' } as const
const nightShift = { kind: 'role', id: '2' } as const

test('the account itself may do everything with what is its own', async () => {
  expect(await ask({ kind: 'Account', accountId, accessKeyId: 'k' })).toBeUndefined()
})

test('a denial by the policy of a session names no policy of the account', async () => {
  await grant('all', nightShift, statement('Allow', '*'))
  const sessionPolicy = JSON.stringify({ Version: '1', Statement: [statement('Deny', '*')] })
  const denied = await ask(session, { rights: { epoch: 0, sessionPolicy } })
  expect(denied).toMatchObject({ PolicyType: 'SessionPolicy', NoPermissionType: 'ExplicitDeny' })
  expect(openDiagnostic(sealer, denied?.EncodedDiagnosticMessage ?? '')).not.toHaveProperty('policyName')
})

test('a user and a role of one id have each their own rights', async () => {
  await grant('all', nightShift, statement('Allow', '*'))
  expect(await ask(session)).toBeUndefined()
  expect(await ask({ ...alice, userId: session.roleId })).toMatchObject({ NoPermissionType: 'ImplicitDeny' })
})

test('a stored policy that cannot be read allows nothing: it might deny', async () => {
  await grant('all', aliceUser, statement('Allow', '*'))
  await grant('none', aliceUser, statement('Deny', '*'))
  await change(({ accounts: _ }, tx) =>
    tx.updateTable('ram_policy_version').set({ document: '{"Version":"2"}' }).where('policy_id', '=', 'none').execute(),
  )
  await expect(ask(alice)).rejects.toThrow('A stored policy cannot be read')
})

test('a user without a policy may do nothing, and is told why', async () => {
  const denied = await ask(alice)
  expect(denied).toEqual({
    AuthAction: 'smartag:Modify',
    AuthResource: one,
    AuthPrincipalType: 'SubUser',
    AuthPrincipalOwnerId: accountId,
    AuthPrincipalDisplayName: '1',
    PolicyType: 'AccountLevelIdentityBasedPolicy',
    NoPermissionType: 'ImplicitDeny',
    EncodedDiagnosticMessage: expect.stringMatching(/^[\w-]{40,}$/),
  })
  expect(denied?.EncodedDiagnosticMessage).not.toContain(Buffer.from('sag-1').toString('base64url').slice(0, 5))
  expect(openDiagnostic(sealer, denied?.EncodedDiagnosticMessage ?? '')).toMatchObject({
    action: 'smartag:Modify',
    resource: one,
    why: 'ImplicitDeny',
  })
})

test('whoever calls, what every caller may do is allowed', async () => {
  const operation = { ...modify, access: { ...modify.access, open: true } as const }
  expect(await ask(alice, { operation })).toBeUndefined()
})

test('an allowing statement allows what it names and nothing else', async () => {
  await grant('one', aliceUser, statement('Allow', one))
  expect(await ask(alice)).toBeUndefined()
  expect(await ask(alice, { raw: new Map([['SmartAGId', 'sag-2']]) })).toMatchObject({
    NoPermissionType: 'ImplicitDeny',
  })
  expect(await ask(alice, { raw: new Map() })).toMatchObject({ NoPermissionType: 'ImplicitDeny' })
})

test('an explicit denial wins, and the diagnosis names its policy', async () => {
  await grant('all', aliceUser, statement('Allow', '*'))
  await grant('none', aliceUser, statement('Deny', one))
  const denied = await ask(alice)
  expect(denied).toMatchObject({ NoPermissionType: 'ExplicitDeny' })
  expect(openDiagnostic(sealer, denied?.EncodedDiagnosticMessage ?? '')).toMatchObject({ policyName: 'none' })
})

test('an action it depends on must be allowed too', async () => {
  const operation = { ...modify, access: { ...modify.access, dependent: ['ram:PassRole'] } }
  await grant('one', aliceUser, statement('Allow', one))
  expect(await ask(alice, { operation })).toMatchObject({ AuthAction: 'ram:PassRole' })
  await grant('two', aliceUser, { Effect: 'Allow', Action: 'ram:PassRole', Resource: '*' })
  expect(await ask(alice, { operation })).toBeUndefined()
})

describe('an operation that stands for one of SmartAG', () => {
  const operation = {
    ...modify,
    access: { ...modify.access, action: 'opensag:Show', standsFor: 'smartag:Modify' } as const,
  }

  test.each(['smartag:Modify', 'opensag:Show'])('is allowed by a policy that allows %s', async (Action) => {
    await grant('one', aliceUser, statement('Allow', one, { Action }))
    expect(await ask(alice, { operation })).toBeUndefined()
    expect(await ask(alice, { operation, raw: new Map([['SmartAGId', 'sag-2']]) })).toMatchObject({
      AuthAction: 'opensag:Show',
    })
  })

  test.each(['smartag:Modify', 'opensag:Show'])('is denied by a policy that denies %s', async (Action) => {
    await grant('all', aliceUser, statement('Allow', '*', { Action: '*' }))
    await grant('none', aliceUser, statement('Deny', '*', { Action }))
    expect(await ask(alice, { operation })).toMatchObject({ NoPermissionType: 'ExplicitDeny', AuthAction: Action })
  })
})

describe('a list', () => {
  const operation = {
    ...modify,
    access: { ...modify.access, resource: 'smartag/*', lists: 'smartag' } as const,
  }
  const list = { operation, raw: new Map() }
  const two = one.replace('sag-1', 'sag-2')
  const allowedIds = (answer: unknown) =>
    (answer as InPart).scope.map(({ allowed }) => allowed.patterns.map(({ id }) => id))

  test('of which a policy names some is allowed in part', async () => {
    await grant('some', aliceUser, statement('Allow', one), statement('Allow', two))
    expect(allowedIds(await answerTo(alice, list))).toEqual([['sag-1', 'sag-2']])
  })

  test('that is allowed whole, and of which nothing is denied, is whole', async () => {
    await grant('all', aliceUser, statement('Allow', one.replace('sag-1', '*')))
    expect(await answerTo(alice, list)).toBeUndefined()
    await grant('not-this', aliceUser, statement('Deny', one))
    expect(await answerTo(alice, list)).toMatchObject({ scope: [{ denied: { patterns: [{ id: 'sag-1' }] } }] })
  })

  test('of which nothing is allowed is denied', async () => {
    expect(await ask(alice, list)).toMatchObject({ AuthResource: `acs:smartag:*:${accountId}:smartag/*` })
    await grant('else', aliceUser, statement('Allow', one.replace(accountId, '6543210987654321')))
    expect(await ask(alice, list)).toMatchObject({ NoPermissionType: 'ImplicitDeny' })
    await grant('all', aliceUser, statement('Allow', '*'))
    await grant('none', aliceUser, statement('Deny', '*'))
    expect(await ask(alice, list)).toMatchObject({ NoPermissionType: 'ExplicitDeny' })
  })

  test('is what the role and the policy of the session both allow', async () => {
    await grant('some', nightShift, statement('Allow', one), statement('Allow', two))
    const sessionPolicy = JSON.stringify({ Version: '1', Statement: [statement('Allow', two)] })
    expect(allowedIds(await answerTo(session, { ...list, rights: { epoch: 0, sessionPolicy } }))).toEqual([
      ['sag-2'],
      ['sag-1', 'sag-2'],
    ])
  })

  test('is allowed where the conditions of a policy hold', async () => {
    const Condition = { IpAddress: { 'acs:SourceIp': '192.0.2.0/24' } }
    await grant('near', aliceUser, statement('Allow', one, { Condition }))
    expect(await answerTo(alice, list)).toHaveProperty('scope')
    const far = { sourceIp: '198.51.100.1', secure: true, at: 0 }
    expect(await ask(alice, { ...list, circumstances: far })).toMatchObject({ NoPermissionType: 'ImplicitDeny' })
  })

  test('that more patterns cut than can be compared quickly is denied', async () => {
    const wild = (count: number) => Array.from({ length: count }, (_, n) => one.replace('sag-1', `*${n}`))
    await grant('four', aliceUser, { Effect: 'Allow', Action: 'smartag:Modify', Resource: wild(4) })
    expect(await answerTo(alice, list)).toHaveProperty('scope')
    await grant('five', aliceUser, { Effect: 'Allow', Action: 'smartag:Modify', Resource: wild(5) })
    expect(await ask(alice, list)).toMatchObject({ NoPermissionType: 'ImplicitDeny' })
  })

  test('that more exceptions cut than can be nested is denied', async () => {
    const except = (n: number) => ({
      Effect: 'Allow',
      Action: 'smartag:Modify',
      NotResource: one.replace('sag-1', `s${n}`),
    })
    await grant('fifty', aliceUser, ...Array.from({ length: 50 }, (_, n) => except(n)))
    expect(await answerTo(alice, list)).toHaveProperty('scope')
    await grant('one', aliceUser, except(50))
    expect(await ask(alice, list)).toMatchObject({ NoPermissionType: 'ImplicitDeny' })
  })
})

test('a sum is allowed to whoever may see all that it adds up, and to nobody else', async () => {
  const operation = { ...modify, access: { ...modify.access, resource: 'smartag/*', sums: 'smartag' } as const }
  const sum = { operation, raw: new Map() }
  await grant('all', aliceUser, statement('Allow', '*'))
  expect(await ask(alice, sum)).toBeUndefined()
  const sessionPolicy = JSON.stringify({ Version: '1', Statement: [statement('Allow', one)] })
  await grant('all-of-role', nightShift, statement('Allow', '*'))
  const narrow = await ask(session, { ...sum, rights: { epoch: 0, sessionPolicy } })
  expect(narrow).toMatchObject({ PolicyType: 'SessionPolicy' })
  // By its name or by its tags: the sum would tell of this one too.
  await grant('not-this', aliceUser, statement('Deny', one))
  expect(await ask(alice, sum)).toMatchObject({ NoPermissionType: 'ImplicitDeny' })
  await change(({ attachments }) => attachments.detach(accountId, { type: 'Custom', name: 'not-this' }, aliceUser))
  expect(await ask(alice, sum)).toBeUndefined()
  const Condition = { StringEquals: { 'acs:ResourceTag/env': 'prod' } }
  await grant('no-prod', aliceUser, statement('Deny', '*', { Condition }))
  expect(await ask(alice, sum)).toMatchObject({ NoPermissionType: 'ImplicitDeny' })
})

test('what tags decided is decided again by the same policies, without another look at the store', async () => {
  const Condition = { StringEquals: { 'acs:ResourceTag/env': 'prod' } }
  await grant('by-tag', aliceUser, statement('Allow', '*', { Condition }))
  const reader = { ofInstances: async () => new Map([['sag-1', [['env', 'prod']] as const]]), inUse: async () => [] }
  const byTags = createAuthorise({ ...createCompiledPolicies(store), tags: reader }, createDeny(sealer))
  const rights = { epoch: await store.read((db) => createRam(db).accounts.accessEpoch(accountId)) }
  const circumstances = { sourceIp: undefined, secure: false, at: 0 }
  const question = { caller: alice, operation: modify, raw: new Map(), resources: [one], circumstances }
  const answer = await byTags({ ...question, rights })
  if (answer === undefined || !('again' in answer)) throw new Error('Tags have not decided.')
  // In a unit of work, whatever other policies were compiled meanwhile.
  await byTags({ ...question, rights: { epoch: rights.epoch + 1 } })
  const read = vi.spyOn(store, 'read')
  expect(await answer.again(reader)).toHaveProperty('again')
  expect(await answer.again({ ofInstances: async () => new Map() })).toMatchObject({ NoPermissionType: 'ImplicitDeny' })
  expect(read).not.toHaveBeenCalled()
})

describe('what is granted on * only', () => {
  test('is denied with a hint that says so, to whom a policy names an instance', async () => {
    const operation = { ...modify, access: { ...modify.access, resource: '*' } as const }
    await grant('one', aliceUser, statement('Allow', one))
    expect(await ask(alice, { operation })).toMatchObject({
      AuthAction: 'smartag:Modify',
      AuthResource: '*',
      Hint: 'smartag:Modify: this action is granted on * only.',
    })
    expect(await ask(alice, { raw: new Map() })).not.toHaveProperty('Hint')
  })
})

describe('conditions know', () => {
  test.each([
    ['the address it came from', { IpAddress: { 'acs:SourceIp': '192.0.2.0/24' } }, { sourceIp: '198.51.100.1' }],
    [
      'the address, inside an IPv6 one too',
      { IpAddress: { 'acs:SourceIp': '192.0.2.1' } },
      { sourceIp: '::ffff:192.0.2.9' },
    ],
    ['whether it came over TLS', { Bool: { 'acs:SecureTransport': 'true' } }, { secure: false }],
    ['the time', { DateLessThan: { 'acs:CurrentTime': '2026-06-01T00:00:00Z' } }, { at: Date.UTC(2026, 6, 1) }],
  ])('%s', async (_what, Condition, otherwise) => {
    await grant('when', aliceUser, statement('Allow', '*', { Condition }))
    const circumstances = { sourceIp: '::ffff:192.0.2.1', secure: true, at: Date.UTC(2026, 0, 1) }
    expect(await ask(alice, { circumstances })).toBeUndefined()
    expect(await ask(alice, { circumstances: { ...circumstances, ...otherwise } })).toBeDefined()
  })

  test('that there was no second factor, who it is and what tags it sends', async () => {
    const Condition = {
      Bool: { 'acs:MFAPresent': 'false' },
      StringEquals: { 'acs:PrincipalARN': `acs:ram::${accountId}:user/alice`, 'acs:RequestTag/Team': 'net' },
    }
    await grant('when', aliceUser, statement('Allow', '*', { Condition }))
    const operation = { ...modify, params: { ...modify.params, Tag: objects({ Key: text(), Value: text() }) } }
    const raw = new Map(Object.entries({ SmartAGId: 's', 'Tag.1.Key': 'Team', 'Tag.1.Value': 'net' }))
    expect(await ask(alice, { operation, raw })).toBeUndefined()
    expect(await ask(alice, { operation })).toBeDefined()
    // Lists may have gaps, and the operation sees what is behind them.
    const later = new Map(Object.entries({ SmartAGId: 's', 'Tag.3.Key': 'Team', 'Tag.3.Value': 'net' }))
    expect(await ask(alice, { operation, raw: later })).toBeUndefined()
    // As JSON they count where the operation reads them so, and only there.
    const inJson = new Map(Object.entries({ SmartAGId: 's', Tag: '[{"Key":"Team","Value":"net"}]' }))
    const reading = { ...modify, params: { ...modify.params, Tag: orJson(objects({ Key: text(), Value: text() })) } }
    expect(await ask(alice, { operation: reading, raw: inJson })).toBeUndefined()
    expect(await ask(alice, { operation, raw: inJson })).toBeDefined()
    const both = new Map([...raw, ['Tag', '[{"Key":"Team","Value":"other"}]']])
    expect(await ask(alice, { operation: reading, raw: both })).toBeDefined()
    expect(await ask(alice, { operation: reading, raw: new Map([...raw, ['Tag', 'none']]) })).toBeDefined()
    // Tags that the operation does not have prove nothing.
    expect(await ask(alice, { raw })).toBeDefined()
  })

  test('what the request says under a key of the product, where its operation has the key', async () => {
    const Condition = { StringEquals: { 'ram:ServiceName': 'a.example' } }
    await grant('when', aliceUser, statement('Allow', '*', { Condition }))
    const conditions = { 'ram:ServiceName': (raw: RawParams) => raw.get('ServiceName') }
    const operation = { ...modify, access: { ...modify.access, conditions } }
    const asking = (ServiceName: string) => new Map(Object.entries({ SmartAGId: 's', ServiceName }))
    expect(await ask(alice, { operation, raw: asking('a.example') })).toBeUndefined()
    expect(await ask(alice, { operation, raw: asking('b.example') })).toMatchObject({
      NoPermissionType: 'ImplicitDeny',
    })
    expect(await ask(alice, { operation, raw: new Map([['SmartAGId', 's']]) })).toBeDefined()
    // A parameter that the operation does not have proves nothing.
    expect(await ask(alice, { raw: asking('a.example') })).toBeDefined()
  })
})

describe('a role session', () => {
  test('has the policies of its role', async () => {
    await grant('one', nightShift, statement('Allow', one))
    expect(await ask(session)).toBeUndefined()
    expect(await ask(alice)).toMatchObject({ AuthPrincipalType: 'SubUser' })
  })

  test('with a policy of its own may do what both allow', async () => {
    await grant('one', nightShift, statement('Allow', one))
    const given = (...statements: object[]) => ({
      rights: { epoch: 0, sessionPolicy: JSON.stringify({ Version: '1', Statement: statements }) },
    })
    expect(await ask(session, given(statement('Allow', '*')))).toBeUndefined()
    const other = { ...session, accessKeyId: 'STS.t' }
    expect(await ask(other, given(statement('Deny', '*')))).toMatchObject({
      PolicyType: 'SessionPolicy',
      AuthPrincipalType: 'AssumedRoleUser',
      AuthPrincipalDisplayName: 'night-shift:bob',
    })
    const wider = { ...given(statement('Allow', '*')), raw: new Map([['SmartAGId', 'sag-2']]) }
    expect(await ask(session, wider)).toMatchObject({ PolicyType: 'AccountLevelIdentityBasedPolicy' })
  })
})

test('a question of a megabyte is answered as quickly as any other', async () => {
  const wild = `acs:smartag:*:*:*${'?'.repeat(1900)}b*`
  const Condition = { StringLike: { 'acs:RequestTag/a': `*${'?'.repeat(1900)}b*` } }
  await grant('wild', aliceUser, statement('Allow', wild), statement('Allow', '*', { Condition }))
  const operation = { ...modify, params: { ...modify.params, Tag: objects({ Key: text(), Value: text() }) } }
  async function quickest(length: number): Promise<number> {
    const value = 'a'.repeat(length)
    const raw = new Map(Object.entries({ SmartAGId: value, 'Tag.1.Key': 'a', 'Tag.1.Value': value }))
    let least = Number.POSITIVE_INFINITY
    for (let turn = 0; turn < 5; turn++) {
      const began = performance.now()
      expect(await ask(alice, { operation, raw })).toBeDefined()
      least = Math.min(least, performance.now() - began)
    }
    return least
  }
  await quickest(500)
  // Comparing all of it takes thousands of times as long.
  expect((await quickest(500_000)) / (await quickest(500))).toBeLessThan(50)
})

describe('what is compiled', () => {
  test('is compiled once, until a change of the account', async () => {
    await grant('one', aliceUser, statement('Allow', one))
    expect(await ask(alice)).toBeUndefined()
    const epoch = await store.read((db) => createRam(db).accounts.accessEpoch(accountId))
    const read = vi.spyOn(store, 'read')
    const again = authorise({
      caller: alice,
      rights: { epoch },
      operation: modify,
      raw: new Map([['SmartAGId', 'sag-1']]),
      resources: [one],
      circumstances: { sourceIp: undefined, secure: false, at: 0 },
    })
    // At once: not even a promise.
    expect(again).toBeUndefined()
    expect(read).not.toHaveBeenCalled()
  })

  test('is compiled once for many requests that come at the same time', async () => {
    await grant('one', aliceUser, statement('Allow', one))
    const epoch = await store.read((db) => createRam(db).accounts.accessEpoch(accountId))
    const read = vi.spyOn(store, 'read')
    const raw = new Map([['SmartAGId', 'sag-1']])
    const circumstances = { sourceIp: undefined, secure: false, at: 0 }
    const question = { caller: alice, rights: { epoch }, operation: modify, raw, resources: [one], circumstances }
    const asked = Array.from({ length: 50 }, () => authorise(question))
    expect(new Set(await Promise.all(asked))).toEqual(new Set([undefined]))
    expect(read).toHaveBeenCalledTimes(1)
  })

  test('is out of date with the first request after a policy is detached', async () => {
    await grant('one', aliceUser, statement('Allow', one))
    expect(await ask(alice)).toBeUndefined()
    await change(({ attachments }) => attachments.detach(accountId, { type: 'Custom', name: 'one' }, aliceUser))
    expect(await ask(alice)).toBeDefined()
  })

  test('an attached policy that is not there is a defect, never an allowance', async () => {
    await change(({ attachments }) => attachments.attach(accountId, { type: 'Custom', name: 'gone' }, aliceUser, 0))
    await expect(ask(alice)).rejects.toThrow('not there')
  })
})
