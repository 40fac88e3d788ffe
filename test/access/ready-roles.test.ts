import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type GrantedOn, type ReadyGrant, type ReadyRole, readyPolicy } from '../../packages/rules/src/index.ts'
import { evaluateAccess } from '../../packages/server/src/apis/opensag/evaluate-access.ts'
import type { Api, Operation } from '../../packages/server/src/apis/operation.ts'
import { allOperations, platformApis } from '../../packages/server/src/apis/registry.ts'
import { accountId, type Harness, openHarness } from '../../packages/server/src/apis/testing/harness.suite.ts'
import type { ClientKey } from '../../packages/server/src/rpc/testing/signing-client.suite.ts'
import { createSealer } from '../../packages/server/src/sealing/sealing.ts'
import { type AccessDoor, keyOf, openDoor } from './door.ts'
import { addPerson, document } from './household.ts'

// What each role may do, said apart from how its policy is written, and asked of the server.

const ordering = /^(Create|Delete|Upgrade|Downgrade)SmartAccessGateway(Software)?$/
const operated = new Set(
  'acl qos ports ha nat dns routes health-checks probe-diagnosis device-access versions-upgrade monitoring dpi access-points'.split(
    ' ',
  ),
)
const operatedByName = new Set([
  'ActivateSmartAccessGateway',
  'BindSerialNumber',
  'UnbindSerialNumber',
  'ModifySmartAccessGateway',
  'RebootSmartAccessGateway',
  'SynchronizeSmartAGWebConfig',
  'UnlockSmartAccessGateway',
  'BindSmartAccessGateway',
  'UnbindSmartAccessGateway',
  'ModifyCloudConnectNetwork',
  'ModifySagExpressConnectInterface',
])
const clerkReads = new Set([
  'DescribeRegions',
  'DescribeSmartAccessGateways',
  'ListFleet',
  'DescribeSmartAccessGatewayClientUsers',
  'DescribeUserOnlineClients',
  'DescribeUserOnlineClientStatistics',
  'DescribeUserFlowStatistics',
  'DescribeClientUserDNS',
  'ListEnterpriseCode',
  'ListClientSessions',
  'ListClientConnections',
  // Who may list instances may also see what needs somebody, and what is done to them.
  'GetOverview',
  'DescribeFleetSeries',
  'ListNetworkTraffic',
  'DescribeJob',
  'ListJobs',
])
/** Of our own, what an operator does and a viewer does not. */
const operatedByUs = new Set(['CreateJob', 'PauseJob', 'ResumeJob', 'StopJob', 'RunGatewayTool'])
const ofJobs = new Set(['CreateJob', 'PauseJob', 'ResumeJob', 'StopJob'])
/** Whoever may change an instance may tag it. */
const ofTags = new Set(['TagGateway', 'UntagGateway'])

const isSmartag = ({ access }: Operation): boolean => access.action.startsWith('smartag:')
const isRead = (own: Operation): boolean =>
  own.access.level !== 'Write' && (isSmartag(own) || own.access.standsFor?.startsWith('smartag:') === true)
const isOfUsers = ({ name, family }: Operation): boolean => family === 'client-users' || name === 'ModifyClientUserDNS'

const roles: Readonly<Record<ReadyRole, (own: Operation) => boolean>> = {
  viewer: isRead,
  operator: (own) =>
    isRead(own) ||
    operatedByUs.has(own.name) ||
    ofJobs.has(own.name) ||
    ofTags.has(own.name) ||
    (isSmartag(own) &&
      (operatedByName.has(own.name) || (operated.has(own.family) && !isOfUsers(own) && own.access.level === 'Write'))),
  clerk: (own) =>
    clerkReads.has(own.name) || (isOfUsers(own) && own.access.level === 'Write' && !ordering.test(own.name)),
  auditor: (own) =>
    isRead(own) ||
    own.name === 'LookupEvents' ||
    own.name === 'SearchAuditEvents' ||
    own.name === 'EvaluateAccess' ||
    (own.access.action.startsWith('ram:') && own.access.level !== 'Write' && /^(Get|List)/.test(own.name)),
}

const opensag = platformApis.find(({ product }) => product === 'OpenSAG') as Api

const guarded = (allOperations as readonly Operation[]).filter(({ access }) => access.open !== true)
const chosen: Exclude<GrantedOn, 'everything'> = { instances: ['sag-a', 'sag-b'], networks: ['ccn-c'], tags: [] }

let world: Harness
let door: AccessDoor
let asker: ClientKey
beforeAll(async () => {
  world = await openHarness()
  const sealer = createSealer(randomBytes(32))
  door = openDoor(world, sealer)
  asker = keyOf(await addPerson(world, sealer, accountId, 'asker', document('Allow', '*', '*')))
})
afterAll(() => world.close())

/** Whether the server says that a call is allowed which is about these instances and networks. */
async function isAllowed(
  grant: ReadyGrant,
  own: Operation,
  on: { instance: string; network: string },
): Promise<boolean> {
  const about = [own.access.resource].flat().flatMap((template) => {
    if (template === '*') return []
    if (template.startsWith('smartag/{')) return [`acs:smartag:cn-shanghai:${accountId}:smartag/${on.instance}`]
    if (template.startsWith('ccn/{')) return [`acs:smartag:cn-shanghai:${accountId}:ccn/${on.network}`]
    if (/^(smartag|ccn)\/\*$/.test(template)) return [`acs:smartag:*:${accountId}:${template}`]
    if (template.startsWith('acs:')) return [template.replace('{account}', accountId).replace(/\{\w+\}/, 'x')]
    return [`acs:smartag:cn-shanghai:${accountId}:${template.replace(/\{\w+\}/, 'x')}`]
  })
  const request = {
    PolicyDocument: readyPolicy(grant),
    ActionName: own.access.action,
    ...Object.fromEntries(about.map((arn, index) => [`ResourceName.${index + 1}`, arn])),
  }
  const { status, body } = await door.call(opensag, evaluateAccess, request, asker)
  expect({ status, body }).toMatchObject({ status: 200 })
  return body['Effect'] === 'Allow'
}

/** Whether an operation is about single instances or networks, or lists them. */
function isNarrow({ access }: Operation): boolean {
  return access.lists !== undefined || [access.resource].flat().every((template) => /^(smartag|ccn)\/\{/.test(template))
}

describe.each(Object.keys(roles) as ReadyRole[])('the policy of a ready %s', (role) => {
  test('on everything allows the operations of the role and no other', async () => {
    const wrong: string[] = []
    for (const own of guarded) {
      const allowed = await isAllowed({ role, on: 'everything' }, own, { instance: 'sag-z', network: 'ccn-z' })
      if (allowed !== roles[role](own)) wrong.push(`${own.name}: ${allowed}`)
    }
    expect(wrong).toEqual([])
  })
})

describe.each(['viewer', 'operator'] as const)('the policy of a ready %s on some', (role) => {
  test('allows those of its operations that can be granted so, about these and no others', async () => {
    const wrong: string[] = []
    for (const own of guarded) {
      const expected = own.name === 'DescribeRegions' || (roles[role](own) && isNarrow(own))
      const these = await isAllowed({ role, on: chosen }, own, { instance: 'sag-b', network: 'ccn-c' })
      if (these !== expected) wrong.push(`${own.name} of these: ${these}`)
      if (own.access.lists !== undefined || own.name === 'DescribeRegions') continue
      const others = await isAllowed({ role, on: chosen }, own, { instance: 'sag-z', network: 'ccn-z' })
      if (others) wrong.push(`${own.name} of others`)
    }
    expect(wrong).toEqual([])
  })

  test('whatever they are, allows a change of settings of an instance that was chosen, and of none beside it', async () => {
    const id = fc.stringMatching(/^[a-z0-9]{4,18}$/)
    const own = guarded.find(({ name }) => name === (role === 'viewer' ? 'DescribeSAGDeviceInfo' : 'ModifySagWifi'))
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(id, { minLength: 2, maxLength: 12 }), async ([other = '', ...ids]) => {
        if (own === undefined) throw new Error('There is no such operation.')
        const grant = { role, on: { instances: ids.map((one) => `sag-${one}`), networks: [], tags: [] } }
        const on = (instance: string) => ({ instance: `sag-${instance}`, network: '' })
        expect(await isAllowed(grant, own, on(ids[0] ?? ''))).toBe(true)
        expect(await isAllowed(grant, own, on(other))).toBe(false)
        expect(await isAllowed(grant, own, on(`${ids[0]}0`))).toBe(ids.includes(`${ids[0]}0`))
      }),
      { numRuns: 30 },
    )
  })
})
