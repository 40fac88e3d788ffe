// The free texts of people, each with the operation that takes it and where it is read back.
import { orderDetails } from '../../store/fleet/order-details.ts'
import type { Operation } from '../operation.ts'
import { createGroup } from '../ram/groups/create-group.ts'
import { getGroup } from '../ram/groups/get-group.ts'
import { updateGroup } from '../ram/groups/update-group.ts'
import { createPolicy } from '../ram/policies/create-policy.ts'
import { createPolicyVersion } from '../ram/policies/create-policy-version.ts'
import { getPolicy } from '../ram/policies/get-policy.ts'
import { getPolicyVersion } from '../ram/policies/get-policy-version.ts'
import { updatePolicyDescription } from '../ram/policies/update-policy-description.ts'
import { createRole } from '../ram/roles/create-role.ts'
import { getRole } from '../ram/roles/get-role.ts'
import { updateRole } from '../ram/roles/update-role.ts'
import { listTagResources } from '../ram/tags/list-tag-resources.ts'
import { tagResources } from '../ram/tags/tag-resources.ts'
import { addGroup, addPolicy, addRole, addUser, document, trust } from '../ram/testing.suite.ts'
import { createUser } from '../ram/users/create-user.ts'
import { getUser } from '../ram/users/get-user.ts'
import { updateUser } from '../ram/users/update-user.ts'
import { addAclRule } from '../smartag/acl/add-acl-rule.ts'
import { describeAclAttribute } from '../smartag/acl/describe-acl-attribute.ts'
import { modifyAclRule } from '../smartag/acl/modify-acl-rule.ts'
import { describeCloudConnectNetworks } from '../smartag/ccn/describe-cloud-connect-networks.ts'
import { modifyCloudConnectNetwork } from '../smartag/ccn/modify-cloud-connect-network.ts'
import { createFlowLog } from '../smartag/flow-logs/create-flow-log.ts'
import { describeFlowLogs } from '../smartag/flow-logs/describe-flow-logs.ts'
import { modifyFlowLogAttribute } from '../smartag/flow-logs/modify-flow-log-attribute.ts'
import { createSmartAccessGateway } from '../smartag/instances/create-smart-access-gateway.ts'
import { describeSmartAccessGatewayAttribute } from '../smartag/instances/describe-smart-access-gateway-attribute.ts'
import { describeSmartAccessGateways } from '../smartag/instances/describe-smart-access-gateways.ts'
import { modifySmartAccessGateway } from '../smartag/instances/modify-smart-access-gateway.ts'
import { addAcl, addAclRule as putAclRule } from './acl.suite.ts'
import { examplesOf } from './examples.suite.ts'
import type { Answer, Params } from './front-door.suite.ts'
import type { Harness } from './harness-on.suite.ts'
import { keptTextsOfAlerts } from './kept-texts-alerts.suite.ts'
import { keptTextsOfSecurityKeys } from './kept-texts-security-keys.suite.ts'
import { keptTextsOfTags } from './kept-texts-tags.suite.ts'
import { regionId } from './names.suite.ts'
import { addCcn, addFlowLog } from './networks.suite.ts'

/** A call whose answer has the text, or who else is told. */
export type Reading = { readonly operation: Operation; readonly params: Params } | { readonly operator: unknown }

export interface KeptText {
  readonly write: Operation
  readonly param: string
  /** Where not every text will do. */
  readonly text?: (unusual: string) => string
  /** The other parameters of the call. */
  prepare(world: Harness): Promise<Params>
  read(world: Harness, params: Params, answer: Answer): Promise<Reading>
}

/** A document with white space between its parts, and an unusual text without control characters where it may have one. */
function spaced(given: string): (unusual: string) => string {
  return (unusual) =>
    given
      .replace('"Statement"', () => '\r\n\t"Statement"')
      .replace(
        '"Resource":"*"',
        () => `"Resource":[${JSON.stringify(`acs:smartag:*:*:smartag/${unusual.replace(/\p{Cc}/gu, '')}`)}]`,
      )
}

/** Examples of a policy with such a text. */
function example(unusual: string): string {
  return `[\r\n\t{"action":"ram:GetUser","resource":${JSON.stringify(unusual)},"expect":"denied"}]`
}

function by(operation: Operation, ...names: readonly string[]) {
  return async (_world: Harness, params: Params): Promise<Reading> => ({
    operation,
    params: Object.fromEntries(names.map((name) => [name, params[name] ?? ''])),
  })
}

let count = 0

function fresh(prefix: string): string {
  count += 1
  return `${prefix}-${count}`
}

const inRegion = { RegionId: regionId }
const instance = async (world: Harness) => ({ ...inRegion, SmartAGId: await world.addInstance() })
const group = async (world: Harness) => ({ GroupName: (await addGroup(world, fresh('group'))).name })
const user = async (world: Harness) => ({ UserName: (await addUser(world, fresh('user'))).name })
const role = async (world: Harness) => ({ RoleName: (await addRole(world, fresh('role'))).name })
const policy = async (world: Harness) => ({ PolicyName: (await addPolicy(world, fresh('policy'))).name })

const ofCustom =
  (operation: Operation) =>
  async (_: Harness, { PolicyName = '' }: Params): Promise<Reading> => ({
    operation,
    params: { PolicyName, PolicyType: 'Custom' },
  })

/** Who sends the box reads where to, and what the buyer wrote. */
function ordered(param: string): KeptText {
  return {
    write: createSmartAccessGateway,
    param,
    prepare: async () => examplesOf(createSmartAccessGateway),
    read: async ({ store }, _params, answer) => ({
      operator: await store.read((db) => orderDetails(db, String(answer['OrderId']))),
    }),
  }
}

/** Both texts of a tag; its other one stands beside it. */
function tagged(
  write: Operation,
  type: 'role' | 'policy',
  prepare: (world: Harness) => Promise<Params>,
): readonly KeptText[] {
  return ['Tag.1.Key', 'Tag.1.Value'].map((param) => ({
    write,
    param,
    prepare: async (world) => ({ 'Tag.1.Key': 'a', 'Tag.1.Value': 'b', ...(await prepare(world)) }),
    read: async (_world, params) => ({
      operation: listTagResources,
      params: {
        ResourceType: type,
        'ResourceNames.1': params['ResourceNames.1'] ?? params['RoleName'] ?? params['PolicyName'] ?? '',
      },
    }),
  }))
}

const ofFlowLogs: readonly KeptText[] = ['Name', 'Description', 'ProjectName', 'LogstoreName'].flatMap((param) => [
  {
    write: createFlowLog,
    param,
    prepare: async () => examplesOf(createFlowLog),
    read: by(describeFlowLogs, 'RegionId'),
  },
  {
    write: modifyFlowLogAttribute,
    param,
    prepare: async (world) => ({ RegionId: regionId, FlowLogId: await addFlowLog(world) }),
    read: by(describeFlowLogs, 'RegionId', 'FlowLogId'),
  },
])

const rule = {
  ...{ Direction: 'in', Policy: 'drop', IpProtocol: 'ALL', SourceCidr: '0.0.0.0/0', DestCidr: '0.0.0.0/0' },
  ...{ SourcePortRange: '-1/-1', DestPortRange: '-1/-1' },
}
const ofAclRules: readonly KeptText[] = [
  {
    write: addAclRule,
    param: 'Description',
    prepare: async (world) => ({ ...inRegion, ...rule, AclId: await addAcl(world) }),
    read: by(describeAclAttribute, 'RegionId', 'AclId'),
  },
  {
    write: modifyAclRule,
    param: 'Description',
    prepare: async (world) => {
      const AclId = await addAcl(world)
      return { ...inRegion, AclId, AcrId: await putAclRule(world, AclId) }
    },
    read: by(describeAclAttribute, 'RegionId', 'AclId'),
  },
]

export const keptTexts: readonly KeptText[] = [
  ...keptTextsOfAlerts,
  ...keptTextsOfSecurityKeys,
  ...keptTextsOfTags,
  ...ofAclRules,
  ...ofFlowLogs,
  ...tagged(createRole, 'role', async () => ({ RoleName: fresh('role'), AssumeRolePolicyDocument: trust })),
  ...tagged(createPolicy, 'policy', async () => ({ PolicyName: fresh('policy'), PolicyDocument: document })),
  ...tagged(tagResources, 'role', async (world) => {
    const { RoleName = '' } = await role(world)
    return { ResourceType: 'role', 'ResourceNames.1': RoleName }
  }),
  {
    write: createSmartAccessGateway,
    param: 'Description',
    prepare: async () => examplesOf(createSmartAccessGateway),
    read: async (_world, _params, { SmartAGId }) => ({
      operation: describeSmartAccessGateways,
      params: { ...inRegion, SmartAGId: String(SmartAGId) },
    }),
  },
  ...[
    'BuyerMessage',
    'CPEVersion',
    'ReceiverName',
    'ReceiverCountry',
    'ReceiverState',
    'ReceiverCity',
    'ReceiverDistrict',
    'ReceiverTown',
    'ReceiverAddress',
    'ReceiverZip',
    'ReceiverMobile',
    'ReceiverPhone',
    'ReceiverEmail',
  ].map(ordered),
  ...['Description', 'Position'].map((param) => ({
    write: modifySmartAccessGateway,
    param,
    prepare: instance,
    read: by(describeSmartAccessGatewayAttribute, 'RegionId', 'SmartAGId'),
  })),
  {
    write: modifyCloudConnectNetwork,
    param: 'Description',
    prepare: async (world) => ({ ...inRegion, CcnId: await addCcn(world) }),
    read: by(describeCloudConnectNetworks, 'RegionId', 'CcnId'),
  },
  {
    write: createGroup,
    param: 'Comments',
    prepare: async () => ({ GroupName: fresh('group') }),
    read: by(getGroup, 'GroupName'),
  },
  { write: updateGroup, param: 'NewComments', prepare: group, read: by(getGroup, 'GroupName') },
  {
    write: createUser,
    param: 'Comments',
    prepare: async () => ({ UserName: fresh('user') }),
    read: by(getUser, 'UserName'),
  },
  { write: updateUser, param: 'NewComments', prepare: user, read: by(getUser, 'UserName') },
  {
    write: createRole,
    param: 'Description',
    prepare: async () => ({ RoleName: fresh('role'), AssumeRolePolicyDocument: trust }),
    read: by(getRole, 'RoleName'),
  },
  {
    write: createRole,
    param: 'AssumeRolePolicyDocument',
    text: spaced(trust),
    prepare: async () => ({ RoleName: fresh('role') }),
    read: by(getRole, 'RoleName'),
  },
  { write: updateRole, param: 'NewDescription', prepare: role, read: by(getRole, 'RoleName') },
  {
    write: updateRole,
    param: 'NewAssumeRolePolicyDocument',
    text: spaced(trust),
    prepare: role,
    read: by(getRole, 'RoleName'),
  },
  {
    write: createPolicy,
    param: 'Description',
    prepare: async () => ({ PolicyName: fresh('policy'), PolicyDocument: document }),
    read: ofCustom(getPolicy),
  },
  {
    write: createPolicy,
    param: 'PolicyDocument',
    text: spaced(document),
    prepare: async () => ({ PolicyName: fresh('policy') }),
    read: ofCustom(getPolicy),
  },
  { write: updatePolicyDescription, param: 'NewDescription', prepare: policy, read: ofCustom(getPolicy) },
  {
    write: createPolicyVersion,
    param: 'PolicyDocument',
    text: spaced(document),
    prepare: policy,
    read: async (_world, { PolicyName = '' }) => ({
      operation: getPolicyVersion,
      params: { PolicyName, PolicyType: 'Custom', VersionId: 'v2' },
    }),
  },
  {
    write: createPolicy,
    param: 'Examples',
    text: example,
    prepare: async () => ({ PolicyName: fresh('policy'), PolicyDocument: document }),
    read: ofCustom(getPolicy),
  },
  {
    write: createPolicyVersion,
    param: 'Examples',
    text: example,
    prepare: async (world) => ({ ...(await policy(world)), PolicyDocument: document }),
    read: ofCustom(getPolicy),
  },
]
