// A parameter that is sent with nothing in it: decided beside each declaration, and tried for every one of them.
import { describe, expect, test } from 'vitest'
import type { Param } from '../declare/index.ts'
import { listAlertRules } from './opensag/alerts/list-alert-rules.ts'
import { modifyAlertRule } from './opensag/alerts/modify-alert-rule.ts'
import type { Operation } from './operation.ts'
import { getGroup } from './ram/groups/get-group.ts'
import { updateGroup } from './ram/groups/update-group.ts'
import { getRole } from './ram/roles/get-role.ts'
import { updateRole } from './ram/roles/update-role.ts'
import { getSecurityPreference } from './ram/security/get-security-preference.ts'
import { setSecurityPreference } from './ram/security/set-security-preference.ts'
import { addGroup, addRole, addUser } from './ram/testing.suite.ts'
import { getUser } from './ram/users/get-user.ts'
import { updateUser } from './ram/users/update-user.ts'
import { allOperations } from './registry.ts'
import { describeAclAttribute } from './smartag/acl/describe-acl-attribute.ts'
import { modifyAclRule } from './smartag/acl/modify-acl-rule.ts'
import { describeCloudConnectNetworks } from './smartag/ccn/describe-cloud-connect-networks.ts'
import { modifyCloudConnectNetwork } from './smartag/ccn/modify-cloud-connect-network.ts'
import { describeFlowLogs } from './smartag/flow-logs/describe-flow-logs.ts'
import { modifyFlowLogAttribute } from './smartag/flow-logs/modify-flow-log-attribute.ts'
import { describeHealthCheckAttribute } from './smartag/health-checks/describe-health-check-attribute.ts'
import { modifyHealthCheck } from './smartag/health-checks/modify-health-check.ts'
import { describeSmartAccessGatewayAttribute } from './smartag/instances/describe-smart-access-gateway-attribute.ts'
import { modifySmartAccessGateway } from './smartag/instances/modify-smart-access-gateway.ts'
import { describeQosCars } from './smartag/qos/describe-qos-cars.ts'
import { describeQosPolicies } from './smartag/qos/describe-qos-policies.ts'
import { getQosAttribute } from './smartag/qos/get-qos-attribute.ts'
import { modifyQos } from './smartag/qos/modify-qos.ts'
import { modifyQosCar } from './smartag/qos/modify-qos-car.ts'
import { modifyQosPolicy } from './smartag/qos/modify-qos-policy.ts'
import { addAcl, addAclRule } from './testing/acl.suite.ts'
import { addChannel, addRule } from './testing/alerts.suite.ts'
import { examplesOf, type Harness, regionId, testInWorld } from './testing/harness.suite.ts'
import { addCcn, addFlowLog, addHealthCheck } from './testing/networks.suite.ts'
import { addCar, addPolicy, addQos } from './testing/qos.suite.ts'

/** What a blank value does. */
type Decision = 'refused' | 'refused in its turn' | 'cleared' | 'as if it were absent'

function decisionOf({ state }: Param<unknown, string>): Decision {
  if (state.clears === true) return 'cleared'
  if (state.blankRefused === true) return 'refused'
  if (!state.required || state.defaultValue !== undefined) return 'as if it were absent'
  return state.missingInRun === true ? 'refused in its turn' : 'refused'
}

interface One {
  readonly title: string
  readonly operation: Operation
  readonly name: string
  readonly param: Param<unknown, string>
}

const all: readonly One[] = allOperations.flatMap((operation) =>
  Object.entries(operation.params)
    .filter(([, { state }]) => state.isIgnored !== true && !state.type.startsWith('array'))
    .map(([name, param]) => ({ title: `${operation.name} ${name}`, operation, name, param })),
)

describe.each(['', ' ', '\t'])('sent as %j', (blank) => {
  test.each(all.map((one) => [one.title, decisionOf(one.param), one] as const))('%s is %s', (_, decision, one) => {
    const { operation, name } = one
    const examples = new Map(Object.entries(examplesOf(operation)))
    examples.delete(name)
    const absent = operation.parse(examples)
    const { values, violations } = operation.parse(new Map(examples).set(name, blank))
    if (decision === 'refused') expect(violations.map(({ param }) => param)).toContain(name)
    else if (decision === 'cleared') expect([values[name], violations]).toEqual(['', []])
    // Absent parameters that are required after all are answered by the handler, in the order of the table.
    else expect([values, violations]).toEqual([absent.values, absent.violations])
  })
})

const staysOfRule = 'What is left out of a rule stays as it is.'
const staysOfLine = 'What is left out of a line stays as it is.'

/** What a change leaves as it is when it is sent blank, with the reason. */
const leftAlone: Readonly<Record<string, string>> = {
  'ModifyAlertRule Days': staysOfRule,
  'ModifyAlertRule Enabled': staysOfRule,
  'ModifyAlertRule Minutes': staysOfRule,
  'ModifyAlertRule Name': staysOfRule,
  'ModifyAlertRule QuietOffset': staysOfRule,
  'ModifyAlertRule RepeatMinutes': staysOfRule,
  'ModifyDeviceAutoUpgradePolicy VersionType': 'It has a default.',
  'ModifyFlowLogAttribute ActiveAging': 'There is no log without it.',
  'ModifyFlowLogAttribute InactiveAging': 'There is no log without it.',
  'ModifyFlowLogAttribute OutputType': 'There is no log without it.',
  'ModifyRouteDistributionStrategy HcInstanceId': 'Without it no check decides.',
  'ModifySagExpressConnectInterface Vlan': 'Without it the port itself is meant.',
  'ModifySagHa PortName': 'Only STATIC needs it.',
  'ModifySagHa VirtualIp': 'Only STATIC needs it.',
  'ModifySagLan EndIp': 'Without both ends it is the whole subnet.',
  'ModifySagLan Lease': 'It has a default.',
  'ModifySagLan StartIp': 'Without both ends it is the whole subnet.',
  'ModifySagManagementPort Gateway': 'Without it there is none.',
  'ModifySagPortRouteProtocol RemoteAs': 'A port that does not speak BGP has no neighbour.',
  'ModifySagPortRouteProtocol RemoteIp': 'A port that does not speak BGP has no neighbour.',
  'ModifySagPortRouteProtocol Vlan': 'It is the port itself then.',
  'ModifySagRouteProtocolOspf Md5Key': 'It stays as it is.',
  'ModifySagRouteProtocolOspf Md5KeyId': 'It stays as it is.',
  'ModifySagRouteProtocolOspf Password': 'It stays as it is.',
  'ModifySagStaticRoute Vlan': 'It is the port itself then.',
  'ModifySagWan Bandwidth': staysOfLine,
  'ModifySagWan Gateway': staysOfLine,
  'ModifySagWan IP': staysOfLine,
  'ModifySagWan ISP': staysOfLine,
  'ModifySagWan Mask': staysOfLine,
  'ModifySagWan Password': staysOfLine,
  'ModifySagWan Priority': staysOfLine,
  'ModifySagWan Username': staysOfLine,
  'ModifySagWan Weight': staysOfLine,
  'ModifySagWifi AuthenticationType': 'What is left out of a wireless network stays as it is.',
  'ModifySagWifi Bandwidth': 'What is left out of a wireless network stays as it is.',
  'ModifySagWifi Channel': 'What is left out of a wireless network stays as it is.',
  'ModifySagWifi EncryptAlgorithm': 'What is left out of a wireless network stays as it is.',
  'ModifySagWifi IsAuth': 'What is left out of a wireless network stays as it is.',
  'ModifySagWifi IsBroadcast': 'What is left out of a wireless network stays as it is.',
  'ModifySagWifi Password': 'What is left out of a wireless network stays as it is.',
  'ModifySagWifi SSID': 'What is left out of a wireless network stays as it is.',
  'ModifySagRemoteAccess RemoteAccessIp': 'A call without an address turns remote logon off, and so does a blank one.',
  'ModifySagUserDns MasterDns': 'Left out, there is none.',
  'ModifySagUserDns SlaveDns': 'Left out, there is none.',
  'ModifySmartAccessGatewayUpBandwidth RegionId':
    'It narrows where the instance is looked for; without it, nothing does.',
  'ResetSmartAccessGatewayClientUserPassword Password':
    'A call without a password has one made, and so does a blank one.',
  'UpdateAccessKey UserName': 'It says whose key it is; without it, the own one.',
  'UpdateSmartAGDpiAttribute DryRun': 'It has a default.',
  'UpdateSmartAGUserAccelerateConfig DryRun': 'It has a default.',
  'UpdateSmartAccessGatewayAdminPassword CrossAccount': 'It says whose instance it is; without it, the own one.',
  'UpdateSmartAccessGatewayAdminPassword ResourceUid': 'It says whose instance it is; without it, the own one.',
  'UpdateSmartAccessGatewayDns CrossAccount': 'It says whose instance it is; without it, the own one.',
  'UpdateSmartAccessGatewayDns MasterDns': 'Left out, there is none.',
  'UpdateSmartAccessGatewayDns ResourceUid': 'It says whose instance it is; without it, the own one.',
  'UpdateSmartAccessGatewayDns SlaveDns': 'Left out, there is none.',
  'UpdateSmartAccessGatewayDnsForward Mode': 'It has a default.',
  'UpdateSmartAccessGatewayDnsForward OutboundPortIndex': 'With PhysicalPort either of both says it.',
  'UpdateSmartAccessGatewayDnsForward OutboundPortName': 'With PhysicalPort either of both says it.',
  'UpdateSmartAccessGatewayDnsForward OutboundPortType': 'It has a default.',
  'UpdateSmartAccessGatewayDnsForward SlaveIp': 'Left out, there is none.',
  'UpdateSmartAccessGatewayVersion SerialNumber':
    'It says which device is meant; without it, every one of the instance.',
  'UpdateSmartAccessGatewayVersion VersionType': 'It has a default.',
  'UpdateSmartAccessGatewayBgpRoute CrossAccount': 'It says whose instance it is; without it, the own one.',
  'UpdateSmartAccessGatewayBgpRoute ResourceUid': 'It says whose instance it is; without it, the own one.',
  'UpdateSmartAccessGatewayGlobalRouteProtocol CrossAccount': 'It says whose instance it is; without it, the own one.',
  'UpdateSmartAccessGatewayGlobalRouteProtocol ResourceUid': 'It says whose instance it is; without it, the own one.',
  'UpdateSmartAccessGatewayOspfRoute CrossAccount': 'It says whose instance it is; without it, the own one.',
  'UpdateSmartAccessGatewayOspfRoute ResourceUid': 'It says whose instance it is; without it, the own one.',
  'UpdateSmartAccessGatewayPortRouteProtocol CrossAccount': 'It says whose instance it is; without it, the own one.',
  'UpdateSmartAccessGatewayPortRouteProtocol ResourceUid': 'It says whose instance it is; without it, the own one.',
  'UpdateSmartAccessGatewayOspfRoute Md5Key': 'It stays as it is.',
  'UpdateSmartAccessGatewayOspfRoute Md5KeyId': 'It stays as it is.',
  'UpdateSmartAccessGatewayOspfRoute Password': 'It stays as it is.',
  'UpdateSmartAccessGatewayPortRouteProtocol RemoteAs': 'A port that does not speak BGP has no neighbour.',
  'UpdateSmartAccessGatewayPortRouteProtocol RemoteIp': 'A port that does not speak BGP has no neighbour.',
  'UpdateSmartAccessGatewayPortRouteProtocol Vlan': 'It is the port itself then.',
  'UpdateSmartAccessGatewayWanSnat CrossAccount': 'It says whose instance it is; without it, the own one.',
  'UpdateSmartAccessGatewayWanSnat ResourceUid': 'It says whose instance it is; without it, the own one.',
}

test('no change answers success to a blank value and leaves everything as it is, but for what is listed', () => {
  const silent = all
    .filter(({ operation }) => /^(Modify|Update|Set|Reset)/.test(operation.name))
    // It sets everything anew: what is absent or blank has its default again.
    .filter(({ operation }) => operation.name !== 'SetPasswordPolicy')
    .filter(({ param }) => decisionOf(param) === 'as if it were absent')
    .map(({ title }) => title)
  expect(silent.sort()).toEqual(Object.keys(leftAlone).sort())
})

const masks = '10.0.0.0/8'

interface Cleared {
  readonly write: Operation
  readonly read: Operation
  readonly facts: Readonly<Record<string, string>>
  /** What goes with each of them when it is set. */
  readonly beside?: Readonly<Record<string, string>>
  place(world: Harness): Promise<Readonly<Record<string, string>>>
}

const text = 'Some text that is taken away again'
/** A flow log that needs no collector. */
const onlyRecords = { outputType: 'sls', serverIp: '', project: 'p', logstore: 'l', slsRegion: 'cn-shanghai' } as const

const cleared: readonly Cleared[] = [
  {
    write: modifyAlertRule,
    read: listAlertRules,
    facts: { QuietFrom: '22:00', QuietTo: '07:00' },
    beside: { QuietFrom: '21:00', QuietTo: '08:00' },
    place: async (world) => ({ AlertRuleId: await addRule(world, await addChannel(world)) }),
  },
  {
    write: modifySmartAccessGateway,
    read: describeSmartAccessGatewayAttribute,
    facts: { Description: text, Position: text },
    place: async (world) => ({ RegionId: regionId, SmartAGId: await world.addInstance() }),
  },
  {
    write: modifyCloudConnectNetwork,
    read: describeCloudConnectNetworks,
    facts: { Description: text },
    place: async (world) => ({ RegionId: regionId, CcnId: await addCcn(world) }),
  },
  {
    write: modifyFlowLogAttribute,
    read: describeFlowLogs,
    facts: { Name: 'taken-away', Description: text, ProjectName: 'p1', LogstoreName: 'l1', SlsRegionId: 'cn-hangzhou' },
    place: async (world) => ({ RegionId: regionId, FlowLogId: await addFlowLog(world) }),
  },
  {
    write: modifyFlowLogAttribute,
    read: describeFlowLogs,
    facts: { NetflowServerIp: '10.9.9.9', NetflowServerPort: '7777', NetflowVersion: 'V10' },
    place: async (world) => ({ RegionId: regionId, FlowLogId: await addFlowLog(world, onlyRecords) }),
  },
  {
    write: modifyAclRule,
    read: describeAclAttribute,
    facts: { Name: 'taken-away', Description: text },
    place: async (world) => {
      const AclId = await addAcl(world)
      return { RegionId: regionId, AclId, AcrId: await addAclRule(world, AclId) }
    },
  },
  {
    write: modifyHealthCheck,
    read: describeHealthCheckAttribute,
    facts: { Description: 'taken-away' },
    place: async (world) => {
      const SmartAGId = await world.addInstance()
      return { RegionId: regionId, SmartAGId, HcInstanceId: await addHealthCheck(world, SmartAGId) }
    },
  },
  {
    write: modifyQos,
    read: getQosAttribute,
    facts: { QosDescription: text },
    place: async (world) => ({ RegionId: regionId, QosId: await addQos(world) }),
  },
  {
    write: modifyQosCar,
    read: describeQosCars,
    facts: { Name: 'taken-away', Description: text },
    place: async (world) => {
      const QosId = await addQos(world)
      return { RegionId: regionId, QosId, QosCarId: await addCar(world, QosId) }
    },
  },
  {
    write: modifyQosPolicy,
    read: describeQosPolicies,
    facts: {
      Name: 'taken-away',
      Description: text,
      StartTime: '2022-07-14T16:41:33+0800',
      EndTime: '2022-07-14T16:41:34+0800',
    },
    place: async (world) => {
      const QosId = await addQos(world)
      return { RegionId: regionId, QosId, QosPolicyId: await addPolicy(world, QosId) }
    },
  },
  {
    write: updateGroup,
    read: getGroup,
    facts: { NewComments: text },
    place: async (world) => ({ GroupName: (await addGroup(world)).name }),
  },
  {
    write: updateRole,
    read: getRole,
    facts: { NewDescription: text },
    place: async (world) => ({ RoleName: (await addRole(world)).name }),
  },
  {
    write: setSecurityPreference,
    read: getSecurityPreference,
    facts: { LoginNetworkMasks: masks },
    place: async () => ({}),
  },
  {
    write: updateUser,
    read: getUser,
    facts: {
      NewDisplayName: text,
      NewComments: `${text}!`,
      NewEmail: 'alice@example.com',
      NewMobilePhone: '86-18600000000',
    },
    place: async (world) => ({ UserName: (await addUser(world)).name }),
  },
]

testInWorld('a blank value that clears', (world) => {
  test.each(cleared.map((one) => [one.write.name, one] as const))(
    '%s',
    async (_, { write, read, facts, beside, place }) => {
      const where = await place(world())
      const before = JSON.stringify(await world().call(read, where))
      for (const [name, value] of Object.entries(facts)) {
        await world().call(write, { ...where, ...beside, [name]: value })
        expect(JSON.stringify(await world().call(read, where))).toContain(value)
        await world().call(write, { ...where, [name]: ' ' })
        expect(JSON.stringify(await world().call(read, where))).toBe(before)
      }
    },
  )

  test('every parameter that clears is among them', () => {
    // What is made has nothing to be cleared.
    const changed = all.filter(({ operation }) => !operation.name.startsWith('Create'))
    const clearing = changed.filter(({ param }) => decisionOf(param) === 'cleared').map(({ title }) => title)
    const tried = cleared.flatMap(({ write, facts }) => Object.keys(facts).map((name) => `${write.name} ${name}`))
    expect(tried.sort()).toEqual(clearing.sort())
  })
})
