import type { ApiReference, ParamEntry } from '@opensag/rules'
import { apis } from '@opensag/server/apis'
import { describe, expect, test } from 'vitest'
import { filledCall } from '../../packages/console/src/explorer/call-log.ts'
import type { FormValue } from '../../packages/console/src/explorer/form.ts'
import { type Source, sourceOf } from '../../packages/console/src/explorer/listers.ts'
import { allOperations } from '../../packages/console/src/explorer/reference.ts'
import { apiReference } from '../../packages/server/src/reference/api-reference.ts'
import type { Kind } from '../access/household.ts'
import { kindOf } from '../access/naming.ts'

const reference: ApiReference = apiReference([...apis.values()])

/** What the Explorer offers for a parameter that names such a thing, wherever it offers anything. */
const offered: Partial<Record<Kind, string>> = {
  instance: 'instance',
  app: 'instance',
  device: 'serial',
  ccn: 'DescribeCloudConnectNetworks CcnId',
  clientUser: 'DescribeSmartAccessGatewayClientUsers UserName',
  user: 'ListUsers UserName',
  group: 'ListGroups GroupName',
  role: 'ListRoles RoleName',
  policy: 'ListPolicies PolicyName',
  accessKey: 'ListAccessKeys AccessKeyId',
  acl: 'DescribeACLs AclId',
  aclRule: 'DescribeACLAttribute AcrId',
  qos: 'DescribeQoses QosId',
  qosCar: 'DescribeQosCars QosCarId',
  qosPolicy: 'DescribeQosPolicies QosPolicyId',
  flowLog: 'DescribeFlowLogs FlowLogId',
  probeTask: 'ListProbeTask ProbeTaskId',
  dnat: 'DescribeDnatEntries DnatEntryId',
  alert: 'ListAlerts AlertId',
  alertChannel: 'ListAlertChannels AlertChannelId',
  alertRule: 'ListAlertRules AlertRuleId',
  job: 'ListJobs JobId',
  consoleSession: 'ListConsoleSessions SessionId',
  securityKey: 'ListSecurityKeys SecurityKeyId',
}

/** Where a parameter is offered something else than the rest of its kind. */
const others: Readonly<Record<string, string>> = {
  // A user of the account or of a service: the answer says which; the service is named beside it.
  'ListClientConnections UserName': 'DescribeSmartAccessGatewayClientUsers UserName',
  // Only what has tags is listed.
  'TagResources ResourceNames': 'ListTagResources ResourceName',
  'UntagResources ResourceNames': 'ListTagResources ResourceName',
  'ListTagResources ResourceNames': 'ListTagResources ResourceName',
}

/** Parameters of things that belong to no account, or are parts of a device or a policy, and what is offered for them. */
const withoutKind = new Set([
  'DescribeRegions RegionId',
  'ListPolicyVersions VersionId',
  'ListAccessPoints AccessPointId',
  'ListDpiGroups DpiGroupId',
  'ListDpiGroups DpiGroupName',
  'ListDpiSignatures DpiSignatureId',
  'DescribeSagPortList PortName',
  'ViewSmartAccessGatewayPortRouteProtocol PortName',
  // As a list; the things are those of `UserName`.
  'DescribeSmartAccessGatewayClientUsers UserName',
])

interface Row {
  readonly param: string
  readonly kind: Kind | undefined
  readonly source: Source | undefined
}

const rows = [...apis.values()].flatMap((api) =>
  [...api.operations.values()].flatMap((declared): readonly Row[] => {
    const found = allOperations(reference).find(
      (one) => one.api.product === api.product && one.operation.name === declared.name,
    )
    if (found === undefined) return []
    return found.operation.params.map((param) => ({
      param: `${declared.name} ${param.name}`,
      kind: kindOf(api, declared, param.name),
      source: sourceOf(reference, found, param),
    }))
  }),
)

const nameOf = (source: Source): string =>
  source.kind === 'list' ? `${source.operation.name} ${source.field}` : source.kind

describe('what the fields of the Explorer offer', () => {
  test('are things of the kind that the parameter names, in every operation', () => {
    const wrong = rows.flatMap(({ param, kind, source }) => {
      if (source === undefined) return []
      const name = nameOf(source)
      const right = kind === undefined ? withoutKind.has(name) : name === (others[param] ?? offered[kind])
      return right ? [] : [`${param}: ${name}, and not of ${kind ?? 'nothing'}`]
    })
    expect(wrong).toEqual([])
  })

  test('are offered by nearly every parameter of these kinds', () => {
    const none = rows
      .filter(({ kind, source }) => kind !== undefined && offered[kind] !== undefined && source === undefined)
      .map(({ param }) => param)
    expect(none).toEqual([
      // What it makes does not exist yet.
      'CreateSmartAccessGatewayClientUser UserName',
      // Its name says nothing.
      'DeleteSmartAccessGateway InstanceId',
      'ListDpiConfigError RuleInstanceId',
      // Of the line's provider, and not of the service.
      'ModifySagWan Username',
      'MoveResourceGroup ResourceId',
      // Of the instance that is left, which has another name.
      'RoamClientUser UserName',
      'CreateGroup GroupName',
      'CreatePolicy PolicyName',
      'CreateRole RoleName',
      'CreateUser UserName',
    ])
  })

  test('are nothing for a secret or a choice of fixed values', () => {
    const params = allOperations(reference).flatMap((found) =>
      found.operation.params.map((param) => ({ found, param })),
    )
    const fixed = params.filter(({ param }) => param.secret || param.values !== undefined)
    expect(fixed.length).toBeGreaterThan(20)
    expect(fixed.filter(({ found, param }) => sourceOf(reference, found, param) !== undefined)).toEqual([])
  })
})

test('of a secret parameter of no operation anything is kept in a browser', () => {
  const secret = 'Never_kept_1'
  let secrets = 0
  const kept = allOperations(reference).flatMap(({ api, operation }) => {
    const valueFor = (param: ParamEntry): string => {
      if (param.secret) secrets += 1
      return param.secret ? secret : 'kept'
    }
    const values = operation.params.map((param): readonly [string, FormValue] => {
      if (param.type !== 'array<object>')
        return [param.name, param.type.startsWith('array') ? [valueFor(param)] : valueFor(param)]
      return [param.name, [Object.fromEntries((param.members ?? []).map((member) => [member.name, valueFor(member)]))]]
    })
    const { query } = filledCall(api.product, operation, Object.fromEntries(values))
    const open = operation.params
      .flatMap((param) => param.members ?? [param])
      .some(({ secret: isSecret }) => isSecret !== true)
    const text = JSON.stringify(query)
    return text.includes(secret) || open !== text.includes('kept') ? [`${operation.name}: ${text}`] : []
  })
  expect(secrets).toBeGreaterThan(10)
  expect(kept).toEqual([])
})
