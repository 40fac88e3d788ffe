import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readOneGateway } from '../../packages/rules/src/index.ts'
import { actionsOf } from '../../packages/server/src/access/authorise.ts'
import { apis } from '../../packages/server/src/apis/registry.ts'
import { accountId, type Harness, openHarness, regionId } from '../../packages/server/src/apis/testing/harness.suite.ts'
import { addCcn } from '../../packages/server/src/apis/testing/networks.suite.ts'
import type { Api, Operation } from '../../packages/server/src/declare/index.ts'
import { systemPolicies } from '../../packages/server/src/model/system-policies.ts'
import type { ClientKey } from '../../packages/server/src/rpc/testing/signing-client.suite.ts'
import { createSealer, type Sealer } from '../../packages/server/src/sealing/sealing.ts'
import { type AccessDoor, keyOf, openDoor, type Reply } from './door.ts'
import { addPerson, document, type Household, settle } from './household.ts'
import { requestAbout } from './naming.ts'

interface Asked {
  readonly api: Api
  readonly own: Operation
}

const all = [...apis.values()].flatMap((api) => [...api.operations.values()].map((own): Asked => ({ api, own })))

let world: Harness
let door: AccessDoor
let sealer: Sealer
/** Everything of the account but what the user may see. */
let house: Household
let mine: string
let network: string
let reader: ClientKey

beforeAll(async () => {
  world = await openHarness()
  sealer = createSealer(randomBytes(32))
  door = openDoor(world, sealer)
  house = await settle(world, sealer)
  mine = await world.addInstance({ id: 'sag-mine0000000000000', name: 'mine' })
  await world.addDevice(mine, { serial: 'sagmine' })
  for (let n = 0; n < 60; n++) await world.addInstance({ name: house.mark })
  network = await addCcn(world, { name: 'our-network' })
  const about = [`acs:smartag:*:${accountId}:smartag/${mine}`, `acs:smartag:${regionId}:${accountId}:ccn/${network}`]
  reader = keyOf(await addPerson(world, sealer, accountId, 'reader', document('Allow', '*', about)))
  const readOnly = systemPolicies.get('AliyunSmartAccessGatewayReadOnlyAccess')?.document ?? ''
  await addPerson(world, sealer, accountId, 'official', readOnly)
})
afterAll(() => world.close())

function call(name: string, request: Readonly<Record<string, string>>, key = reader): Promise<Reply> {
  const asked = all.find(({ own }) => own.name === name)
  if (asked === undefined) throw new Error(`There is no ${name}.`)
  return door.call(asked.api, asked.own, request, key)
}

describe('a user whose policy names one instance and one network', () => {
  test('sees nothing of any other by any operation', async () => {
    for (const { api, own } of all) {
      const { payload } = await door.call(api, own, requestAbout(api, own, house.things), reader)
      expect({ name: own.name, shown: payload.includes(house.mark) }).toEqual({ name: own.name, shown: false })
    }
    expect(door.failures).toEqual([])
  })

  test('finds it in the list, counted as one, on the first page and on no other', async () => {
    const page = (number: number) =>
      call('DescribeSmartAccessGateways', { RegionId: regionId, PageSize: '1', PageNumber: String(number) })
    expect((await page(1)).body).toMatchObject({
      TotalCount: 1,
      SmartAccessGateways: { SmartAccessGateway: [{ SmartAGId: mine }] },
    })
    expect((await page(2)).body).toMatchObject({ TotalCount: 1, SmartAccessGateways: { SmartAccessGateway: [] } })
    const other = { SmartAGId: house.things.instance }
    expect((await call('DescribeSmartAccessGateways', other)).body).toMatchObject({ TotalCount: 0 })
    // What the list is filtered by beyond its columns is counted in what the user may see, too.
    expect((await call('DescribeSmartAccessGateways', { BusinessState: 'Normal' })).body).toMatchObject({
      TotalCount: 1,
    })
  })

  test('finds it in the compact list of the fleet, by page and by id', async () => {
    const whole = (await call('ListFleet', { MaxResults: '1' })).body
    expect(whole).toMatchObject({ TotalCount: 1, Instances: [{ SmartAGId: mine }] })
    expect(whole).not.toHaveProperty('NextToken')
    const both = { 'SmartAGIds.1': mine, 'SmartAGIds.2': house.things.instance }
    expect((await call('ListFleet', both)).body).toMatchObject({ TotalCount: 1, Instances: [{ SmartAGId: mine }] })
  })

  test('finds the one network in the list of networks', async () => {
    expect((await call('DescribeCloudConnectNetworks', { RegionId: regionId })).body).toMatchObject({
      TotalCount: 1,
      CloudConnectNetworks: { CloudConnectNetwork: [{ CcnId: network }] },
    })
  })

  test('reads it by the operations that are about one instance, and no other by them', async () => {
    const reads = [
      ['DescribeSAGDeviceInfo', { RegionId: regionId, SmartAGSn: 'sagmine' }],
      ['DescribeGatewayConfiguration', { RegionId: regionId }],
      ['ListGatewayEvents', {}],
      ['ListAdminPasswordChanges', {}],
    ] as const
    for (const [name, request] of reads) {
      const own = await call(name, { ...request, SmartAGId: mine })
      expect({ name, status: own.status }).toEqual({ name, status: 200 })
      const other = await call(name, { ...request, SmartAGId: house.things.instance })
      expect({ name, status: other.status, detail: other.body['AccessDeniedDetail'] }).toMatchObject({
        status: 403,
        detail: { AuthResource: expect.stringMatching(`:${accountId}:smartag/${house.things.instance}$`) },
      })
    }
  })

  test('is told that an action is granted on * only, where that is so', async () => {
    const request = { RegionId: regionId, SmartAGId: mine }
    const { body } = await call('DescribeSmartAccessGatewayAttribute', request)
    const action = 'smartag:DescribeSmartAccessGatewayAttribute'
    expect(body['AccessDeniedDetail']).toMatchObject({
      AuthAction: action,
      AuthResource: '*',
      Hint: `${action}: this action is granted on * only.`,
    })
  })
})

test('the ready-made policy for one gateway reads that one and changes nothing', async () => {
  const ready = keyOf(await addPerson(world, sealer, accountId, 'ready', readOneGateway(mine)))
  for (const { api, own } of all) {
    if (own.access.open === true) continue
    const about = requestAbout(api, own, { ...house.things, instance: mine, device: 'sagmine' })
    const { body } = await door.call(api, own, about, ready)
    const isOnInstances =
      /^smartag\/|^\*$/.test(String(own.access.resource)) && /^smartag:/.test(actionsOf(own.access).at(-1) ?? '')
    // What it tells is of the whole account.
    const isOfAccount = own.access.resource === 'smartag/*' && own.access.lists === undefined
    const expected = !isOfAccount && own.access.level !== 'Write' && isOnInstances && own.access.resource !== '*'
    const isRead = own.name === 'DescribeRegions' || (expected && !isAppRead(own))
    const isDenied = body['AccessDeniedDetail'] !== undefined
    expect({ name: own.name, isDenied }).toEqual({ name: own.name, isDenied: !isRead })
  }
})

/** Their requests are about the App of the house, which is another instance. */
const isAppRead = ({ family }: Operation): boolean => family === 'client-users'

describe('the tester of policies', () => {
  const about = (ActionName: string, more: Readonly<Record<string, string>> = {}) =>
    call('EvaluateAccess', { UserName: 'reader', ActionName, ...more }, keyOf(house.root)).then(({ body }) => body)
  const arn = { 'ResourceName.1': `acs:smartag:${regionId}:${accountId}:smartag/sag-mine0000000000000` }

  test('says that an action is granted on * only, and decides as the call does', async () => {
    expect(await about('smartag:ModifySAGAdminPassword', arn)).toMatchObject({
      Effect: 'Deny',
      Resource: '*',
      GrantedOn: ['*'],
      Hint: 'smartag:ModifySAGAdminPassword: this action is granted on * only.',
    })
    const resourceLevel = await about('smartag:ModifySmartAccessGateway', arn)
    expect(resourceLevel).toMatchObject({ Effect: 'Allow', GrantedOn: ['smartag/{SmartAGId}'] })
    expect(resourceLevel).not.toHaveProperty('Hint')
  })

  test('says that a list is allowed in part', async () => {
    expect(await about('smartag:DescribeSmartAccessGateways')).toMatchObject({
      Effect: 'Allow',
      Reason: 'AllowedInPart',
    })
    expect(await about('opensag:ListFleet')).toMatchObject({ Effect: 'Allow', Reason: 'AllowedInPart' })
    const official = { UserName: 'official', ActionName: 'opensag:ListFleet' }
    expect((await call('EvaluateAccess', official, keyOf(house.root))).body).toMatchObject({
      Effect: 'Allow',
      Reason: 'Allowed',
      DecidedBy: { PolicyName: 'of-official-0' },
    })
  })
})

/** What policies say, who is told what, who did what, and mails with passwords in them. */
const ofNoGateway = [
  'EvaluateAccess',
  'ListAlertChannels',
  'ListAlertRules',
  'ListAlerts',
  'ListOutboxMails',
  'SearchAuditEvents',
]

describe('the official policy', () => {
  test.each(['AliyunSmartAccessGatewayReadOnlyAccess', 'AliyunSmartAccessGatewayFullAccess'])(
    '%s opens every read of SmartAG, and the reads of ours that show the same',
    async (name) => {
      const policy = systemPolicies.get(name)?.document ?? ''
      const key = keyOf(await addPerson(world, sealer, accountId, `with-${name}`, policy))
      for (const { api, own } of all) {
        if (own.access.level === 'Write' || !/^(Smartag|OpenSAG)$/.test(api.product)) continue
        const { body } = await door.call(api, own, requestAbout(api, own, house.things), key)
        const isDenied = body['AccessDeniedDetail'] !== undefined
        const expected = ofNoGateway.includes(own.name)
        expect({ name: own.name, isDenied }).toEqual({ name: own.name, isDenied: expected })
      }
    },
  )
})
