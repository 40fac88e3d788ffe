import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ReadyGrant, readyPolicy } from '../../packages/rules/src/index.ts'
import type { Api } from '../../packages/server/src/apis/operation.ts'
import { apis } from '../../packages/server/src/apis/registry.ts'
import {
  accountId,
  type Harness,
  openHarness,
  otherAccountId,
} from '../../packages/server/src/apis/testing/harness.suite.ts'
import type { ClientKey } from '../../packages/server/src/rpc/testing/signing-client.suite.ts'
import { createSealer } from '../../packages/server/src/sealing/sealing.ts'
import { createRepositories } from '../../packages/server/src/store/repositories.ts'
import { type AccessDoor, keyOf, openDoor } from './door.ts'
import { addPerson } from './household.ts'

// Rights by the tags of instances, at the front door: what is called there is what clients call.

let world: Harness
let door: AccessDoor
const RegionId = 'cn-shanghai'

async function tag(id: string, tags: readonly (readonly [string, string])[]): Promise<void> {
  await world.store.write((tx) =>
    createRepositories(tx)
      .fleet.configure(id, { tags })
      .then(() => {}),
  )
}

function apiOf(action: string): Api {
  const found = [...apis.values()].find(({ operations }) => operations.has(action))
  if (found === undefined) throw new Error(`There is no ${action}.`)
  return found
}

async function call(action: string, params: Readonly<Record<string, string>>, as: ClientKey) {
  const api = apiOf(action)
  const operation = api.operations.get(action)
  if (operation === undefined) throw new Error(`There is no ${action}.`)
  const { status, body } = await door.call(api, operation, params, as)
  return { status, body, code: body['Code'] as string | undefined }
}

const sealer = createSealer(randomBytes(32))

async function person(name: string, policy: string): Promise<ClientKey> {
  return keyOf(await addPerson(world, sealer, accountId, name, policy))
}

function policyOf(...statements: readonly Readonly<Record<string, unknown>>[]): string {
  return JSON.stringify({ Version: '1', Statement: statements })
}

const byTag = (role: ReadyGrant['role'], ...tags: readonly (readonly [string, string])[]): string =>
  readyPolicy({ role, on: { instances: [], networks: [], tags } })

const ids = (body: Readonly<Record<string, unknown>>): readonly string[] =>
  (body['Instances'] as readonly { SmartAGId: string }[]).map(({ SmartAGId }) => SmartAGId).sort()

const named = (SmartAGId: string) => ({ RegionId, SmartAGId })

beforeAll(async () => {
  world = await openHarness()
  door = openDoor(world, sealer)
  for (const id of ['sag-prod', 'sag-test', 'sag-none']) await world.addInstance({ id })
  await world.addInstance({ id: 'sag-foreign', accountId: otherAccountId })
  await tag('sag-prod', [['env', 'prod']])
  await tag('sag-test', [
    ['contact', 'Ada "A" \\ 网点'],
    ['env', 'test'],
  ])
  await tag('sag-foreign', [['env', 'prod']])
})
afterAll(() => world.close())

describe('a role by a tag', () => {
  test('reads and changes the instances that carry it, and no other', async () => {
    const operator = await person('operator', byTag('operator', ['env', 'prod']))
    const rename = (id: string) => call('ModifySmartAccessGateway', { ...named(id), Name: 'new' }, operator)
    expect((await rename('sag-prod')).status).toBe(200)
    for (const id of ['sag-test', 'sag-none', 'sag-foreign', 'sag-nowhere']) {
      expect({ id, ...(await rename(id)) }).toMatchObject({ id, status: 403, body: { AccessDeniedDetail: {} } })
    }
    // These are granted on `*` only: the one instance that they name counts.
    for (const action of ['DescribeSmartAccessGatewayAttribute', 'DescribeSAGDeviceInfo']) {
      const more = action === 'DescribeSAGDeviceInfo' ? { SmartAGSn: 'sag32a30001' } : {}
      expect((await call(action, { ...named('sag-test'), ...more }, operator)).status).toBe(403)
      expect((await call(action, { ...named('sag-prod'), ...more }, operator)).status).not.toBe(403)
    }
  })

  test('lists the instances that carry it, and counts no other', async () => {
    const viewer = await person('viewer', byTag('viewer', ['env', 'prod'], ['env', 'none']))
    const { body } = await call('ListFleet', {}, viewer)
    expect(ids(body)).toEqual(['sag-prod'])
    expect(body).toMatchObject({ TotalCount: 1, InPart: true })
    expect((await call('GetOverview', {}, viewer)).body).toMatchObject({ TotalCount: 1, InPart: true })
    const listed = await call('DescribeSmartAccessGateways', { RegionId }, viewer)
    expect(listed.body).toMatchObject({ TotalCount: 1 })
    const nothing = await person('early', byTag('viewer', ['env', 'none']))
    expect((await call('ListFleet', {}, nothing)).body).toMatchObject({ TotalCount: 0, Instances: [] })
  })

  test('gives no tags, lest he decide himself what he may do', async () => {
    const operator = await person('tagger', byTag('operator', ['env', 'prod']))
    const Tag = { 'Tag.1.Key': 'env', 'Tag.1.Value': 'prod' }
    for (const id of ['sag-prod', 'sag-test']) {
      expect((await call('TagGateway', { ...named(id), ...Tag }, operator)).status).toBe(403)
      expect((await call('UntagGateway', { ...named(id), 'TagKey.1': 'env' }, operator)).status).toBe(403)
    }
  })

  test('ends with the tag at the next call, and begins with it', async () => {
    const operator = await person('moving', byTag('operator', ['site', 'Lyon']))
    const rename = async () =>
      (await call('ModifySmartAccessGateway', { ...named('sag-none'), Name: 'moved' }, operator)).status
    const listed = async () => ids((await call('ListFleet', {}, operator)).body)
    expect([await rename(), await listed()]).toEqual([403, []])
    await tag('sag-none', [['site', 'Lyon']])
    expect([await rename(), await listed()]).toEqual([200, ['sag-none']])
    await tag('sag-none', [])
    expect([await rename(), await listed()]).toEqual([403, []])
  })

  test('does not survive a tag that is taken away between the decision and the change', async () => {
    const operator = await person('racing', byTag('operator', ['site', 'Turin']))
    await tag('sag-none', [['site', 'Turin']])
    const store = new Proxy(world.store, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name)
        if (typeof value !== 'function') return value
        return async (...given: readonly unknown[]) => {
          if (name === 'writeAudited') await tag('sag-none', [])
          return Reflect.apply(value, target, given)
        }
      },
    })
    const late = openDoor({ ...world, store }, sealer)
    const params = { ...named('sag-none'), Name: 'too-late' }
    const api = apiOf('ModifySmartAccessGateway')
    const operation = api.operations.get('ModifySmartAccessGateway')
    if (operation === undefined) throw new Error('There is none.')
    const { status } = await late.call(api, operation, params, operator)
    expect(status).toBe(403)
    const instance = await world.store.read((db) => createRepositories(db).fleet.instanceById('sag-none'))
    expect(instance).toMatchObject({ tags: [] })
    expect(instance?.name).not.toBe('too-late')
  })

  test('is asked about by the controls of the console with the same answer', async () => {
    const operator = await person('asking', byTag('operator', ['env', 'prod']))
    const Question = ['sag-prod', 'sag-test'].flatMap((id) =>
      ['smartag:ModifySmartAccessGateway', 'smartag:RebootSmartAccessGateway', 'opensag:TagGateway'].map(
        (ActionName) => ({
          ActionName,
          ResourceName: `acs:smartag:${RegionId}:${accountId}:smartag/${id}`,
        }),
      ),
    )
    const { body } = await call('EvaluateOwnAccess', { Question: JSON.stringify(Question) }, operator)
    const effects = (body['Decisions'] as readonly { Effect: string }[]).map(({ Effect }) => Effect)
    expect(effects).toEqual(['Allow', 'Allow', 'Deny', 'Deny', 'Deny', 'Deny'])
  })
})

describe('a condition about tags', () => {
  test('that denies takes the instance out of everything, whatever else allows it', async () => {
    const Condition = { StringEquals: { 'acs:ResourceTag/Env': 'prod' } }
    const guest = await person(
      'guest',
      policyOf(
        { Effect: 'Allow', Action: 'smartag:*', Resource: '*' },
        { Effect: 'Deny', Action: 'smartag:*', Resource: '*', Condition },
      ),
    )
    expect(ids((await call('ListFleet', {}, guest)).body)).toEqual(['sag-none', 'sag-test'])
    expect((await call('DescribeGatewayHealth', named('sag-prod'), guest)).status).toBe(403)
    expect((await call('DescribeGatewayHealth', named('sag-test'), guest)).status).toBe(200)
    // What is granted on `*` only is about the instance that it names.
    expect((await call('DescribeSmartAccessGatewayAttribute', named('sag-prod'), guest)).status).toBe(403)
    expect((await call('DescribeSmartAccessGatewayAttribute', named('sag-test'), guest)).status).toBe(200)
    // By whatever name: no other way round.
    for (const [action, name, more] of [
      ['UpdateSmartAccessGatewayAdminPassword', 'SagInsId', { SagSn: 'sag32a30001', Password: 'Secret-123' }],
      ['ViewSmartAccessGatewayDns', 'SagInsId', { SagSn: 'sag32a30001' }],
      ['DeleteSmartAccessGateway', 'InstanceId', {}],
      ['MoveResourceGroup', 'ResourceId', { ResourceType: 'smartag', NewResourceGroupId: 'rg-acfm2iu4fnc0000' }],
    ] as const) {
      const about = (id: string) => ({ RegionId, [name]: id, ...more })
      expect({ action, ...(await call(action, about('sag-prod'), guest)) }).toHaveProperty('body.AccessDeniedDetail')
      const other = await call(action, about('sag-test'), guest)
      expect({ action, ...other }).not.toHaveProperty('body.AccessDeniedDetail')
    }
    // What all of them carry together would tell of this one too.
    expect((await call('DescribeFleetSeries', {}, guest)).status).toBe(403)
  })

  test('that is negated holds of an instance without the tag', async () => {
    const Condition = { StringNotEquals: { 'acs:ResourceTag/env': 'prod' } }
    const careful = await person(
      'careful',
      policyOf({ Effect: 'Allow', Action: 'smartag:*', Resource: '*', Condition }),
    )
    expect(ids((await call('ListFleet', {}, careful)).body)).toEqual(['sag-none', 'sag-test'])
    expect((await call('DescribeGatewayHealth', named('sag-none'), careful)).status).toBe(200)
    expect((await call('DescribeGatewayHealth', named('sag-prod'), careful)).status).toBe(403)
  })
})
