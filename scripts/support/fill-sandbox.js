// What a fixture of a data folder holds beside the demo fleet: at least one row of everything that can be stored.
import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { root } from './prepare.js'

const { RPCClient } = createRequire(import.meta.url)('@alicloud/pop-core')
const program = join(root, 'packages/cli/bin/opensag.js')
const versions = { smartag: '2018-03-13', ram: '2015-05-01', sts: '2015-04-01', opensag: '2026-12-01' }

export async function fillSandbox(data) {
  const credentials = JSON.parse(readFileSync(join(data, 'credentials.json'), 'utf8'))
  const { accountId } = credentials
  const call = callerWith(credentials)
  const operator = (...args) => operatorOn(data, args)

  const { SmartAccessGateways: list } = await call('smartag', 'DescribeSmartAccessGateways', { PageSize: 50 })
  const idOf = (name) => list.SmartAccessGateway.find((instance) => instance.Name === name).SmartAGId
  const SmartAGId = idOf('demo-sag-100wm')
  const pair = idOf('demo-sag-1000-pair')
  const { AssociatedCcnId: CcnId } = await call('smartag', 'DescribeSmartAccessGatewayAttribute', { SmartAGId })

  await call('smartag', 'ModifySAGAdminPassword', {
    SmartAGId,
    SmartAGSn: 'sagdemo100wm',
    Password: 'Kept_in_a_fixture1',
  })
  await call('smartag', 'AddSnatEntry', { SmartAGId, CidrBlock: '10.2.0.0/24', SnatIp: '10.255.0.9' })
  await call('smartag', 'CreateServiceAddress', {
    SagId: SmartAGId,
    Sn: 'sagdemo100wm',
    AddressType: 'ProbeTask',
    Address: '10.77.0.1',
  })
  const other = operator('account', 'create', 'other')
  const vbrs = { VbrInstanceId: 'vbr-kept', VbrRegionId: 'cn-shanghai', VbrUid: other.accountId }
  operator(
    'vbr',
    'add',
    '--id',
    'vbr-kept',
    '--account',
    other.accountId,
    '--cen',
    'cen-kept',
    '--route',
    '172.20.0.0/16',
  )
  operator('firmware', 'add', '--model', 'SCG5000', '--version', '3.4.9.0')
  const shared = ['--account', other.accountId, '--bandwidth', '10', '--group', 'Media']
  operator('application-package', 'add', '--id', 'abwp-kept', ...shared)
  await call('smartag', 'GrantSagInstanceToVbr', { SmartAGId: pair, ...vbrs })
  await call('smartag', 'GrantInstanceToCbn', {
    CcnInstanceId: CcnId,
    CenInstanceId: 'cen-kept',
    CenUid: other.accountId,
  })
  const others = callerWith({ ...credentials, ...other })
  const foreign = await others('smartag', 'CreateCloudConnectNetwork', { Name: 'of-another-account' })
  await call('smartag', 'GrantSagInstanceToCcn', {
    SmartAGId: pair,
    CcnInstanceId: foreign.CcnId,
    CcnUid: other.accountId,
  })

  // Only from there on it has probe tasks.
  operator('device', 'edit', 'sagdemo1000a', '--version', '2.7.0.0')
  await fillTraffic(call, SmartAGId, pair)
  await fillRemoteAccess(data, call, idOf('demo-remote-access'))
  // After the log-on, which would wait for a tunnel to it.
  operator('pop', 'add', '--serial', 'pop-kept', '--endpoint', '203.0.113.7')
  await fillMonitoring(call, SmartAGId)
  await fillAccessControl(call, credentials, accountId)
}

/** What a gateway does with packets: translated, limited, filtered, recorded. */
async function fillTraffic(call, SmartAGId, recorded) {
  const smartag = (action, params) => call('smartag', action, params)
  const port = { IpProtocol: 'TCP', ExternalPort: '8080', InternalIp: '10.2.0.8', InternalPort: '80' }
  await smartag('AddDnatEntry', { SagId: SmartAGId, Type: 'Intranet', ExternalIp: '10.255.0.10', ...port })
  const { QosId } = await smartag('CreateQos', { QosName: 'kept' })
  const limit = { LimitType: 'Absolute', MinBandwidthAbs: 1, MaxBandwidthAbs: 4 }
  await smartag('CreateQosCar', { QosId, Priority: 1, ...limit })
  const matched = { SourceCidr: '10.2.0.0/24', SourcePortRange: '-1/-1', DestCidr: '0.0.0.0/0', DestPortRange: '-1/-1' }
  await smartag('CreateQosPolicy', { QosId, Priority: 1, IpProtocol: 'ALL', ...matched })
  await smartag('AssociateQos', { QosId, SmartAGId })
  const { AclId } = await smartag('CreateACL', { Name: 'kept' })
  await smartag('AddACLRule', { AclId, Direction: 'in', Policy: 'drop', IpProtocol: 'ICMP', ...matched })
  await smartag('AssociateACL', { AclId, SmartAGId })
  const collector = { OutputType: 'netflow', NetflowServerIp: '10.2.0.9', NetflowServerPort: 2055 }
  const { InstanceId: HcInstanceId } = await smartag('CreateHealthCheck', {
    SmartAGId,
    Name: 'kept',
    Type: 'ICMP_ECHO',
    SrcIpAddr: '10.2.0.1',
    DstIpAddr: '10.255.0.1',
  })
  const route = { SmartAGId, SourceType: 'local', RouteSource: 'STATIC', DestCidrBlock: '10.2.0.0/24' }
  const RouteDistribution = 'publish_and_revoke_on_health_fail'
  await smartag('ModifyRouteDistributionStrategy', { ...route, RouteDistribution, HcInstanceId })
  const probe = { Type: 'Internet', Protocol: 'HTTP', Domain: 'http://www.example.com/', Enable: true }
  await smartag('CreateProbeTask', { SagId: recorded, Sn: 'sagdemo1000a', ...probe })
  const { FlowLogId } = await smartag('CreateFlowLog', { Name: 'kept', ...collector })
  await smartag('AssociateFlowLog', { FlowLogId, SmartAGId: recorded })
  const device = { SmartAGId, SerialNumber: 'sagdemo100wm' }
  await smartag('ModifyDeviceAutoUpgradePolicy', { ...device, UpgradeType: 'scheduled', Duration: 120 })
}

/** A gateway that is watched, and has measured and diagnosed what it was asked to. */
async function fillMonitoring(call, SmartAGId) {
  await call('smartag', 'SetAdvancedMonitorState', { SagId: SmartAGId, Enable: true })
  await call('smartag', 'DiagnoseSmartAccessGateway', { SmartAGId, SmartAGSn: 'sagdemo100wm' })
  const { AccessPoints: points } = await call('smartag', 'ListAccessPoints')
  const AccessPointIds = points.map(({ AccessPointId }) => AccessPointId)
  await call('smartag', 'ProbeAccessPointNetworkQuality', { SmartAGId, AccessPointIds })
  for (let tries = 0; tries < 60; tries++) {
    const { AccessPointNetworkQualities: measured } = await call('smartag', 'ListAccessPointNetworkQualities', {
      SmartAGId,
    })
    if (measured.length > 0) return
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  throw new Error('The gateway has measured nothing.')
}

/** A user that is logged on, one whose session has ended, and a larger size that is not paid yet. */
async function fillRemoteAccess(data, call, SmartAGId) {
  await call('smartag', 'ModifySmartAccessGateway', { SmartAGId, EnableSoftwareConnectionAudit: true })
  const password = 'Kept1_in_a_fixture'
  const UserName = 'kept.user'
  const user = { SmartAGId, UserName, Bandwidth: 2000, UserMail: 'kept.user@example.com', Password: password }
  await call('smartag', 'CreateSmartAccessGatewayClientUser', user)
  await call('smartag', 'UpgradeSmartAccessGatewaySoftware', { SmartAGId, UserCount: 9, DataPlan: 5, AutoPay: false })
  const { endpoint } = JSON.parse(readFileSync(join(data, 'credentials.json'), 'utf8'))
  const login = spawn(
    process.execPath,
    [program, 'app', 'login', '--server', endpoint, '--instance', SmartAGId, '--user', UserName],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  login.stdin.end(password)
  let isOnline = false
  for await (const chunk of login.stdout) {
    isOnline = String(chunk).startsWith('Online')
    break
  }
  // Killed, so that it does not log off.
  login.kill('SIGKILL')
  if (!isOnline) throw new Error('The remote user could not log on.')
}

async function fillAccessControl(call, credentials, accountId) {
  const ram = (action, params) => call('ram', action, params)
  const document = (action) =>
    JSON.stringify({ Version: '1', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] })
  const trust = {
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { RAM: [`acs:ram::${accountId}:root`] } }],
  }
  const UserName = 'kept'
  await ram('CreateUser', { UserName, DisplayName: 'Kept in a fixture' })
  await ram('CreateVirtualMFADevice', { VirtualMFADeviceName: 'kept' })
  await ram('CreateGroup', { GroupName: 'keepers' })
  await ram('AddUserToGroup', { UserName, GroupName: 'keepers' })
  await ram('CreateLoginProfile', { UserName, Password: 'Kept_in_a_fixture1!' })
  await ram('UpdateLoginProfile', { UserName, Password: 'Kept_in_a_fixture2!' })
  await ram('CreatePolicy', { PolicyName: 'readers', PolicyDocument: document('smartag:Describe*') })
  await ram('CreatePolicyVersion', { PolicyName: 'readers', PolicyDocument: document('smartag:*'), SetAsDefault: true })
  await ram('AttachPolicyToGroup', { GroupName: 'keepers', PolicyType: 'Custom', PolicyName: 'readers' })
  await ram('AttachPolicyToUser', { UserName, PolicyType: 'System', PolicyName: 'AliyunSTSAssumeRoleAccess' })
  await ram('CreateRole', { RoleName: 'night', AssumeRolePolicyDocument: JSON.stringify(trust) })
  await ram('TagResources', {
    ResourceType: 'role',
    'ResourceNames.1': 'night',
    'Tag.1.Key': 'kept',
    'Tag.1.Value': 'yes',
  })
  await ram('AttachPolicyToRole', { RoleName: 'night', PolicyType: 'Custom', PolicyName: 'readers' })
  const { AccessKey: made } = await ram('CreateAccessKey', { UserName })
  const users = callerWith({
    ...credentials,
    accessKeyId: made.AccessKeyId,
    accessKeySecret: made.AccessKeySecret,
  })
  await users('sts', 'AssumeRole', { RoleArn: `acs:ram::${accountId}:role/night`, RoleSessionName: 'kept' })
}

/** Calls an operation: `call('ram', 'CreateUser', { UserName })`. */
export function callerWith({ endpoint, regionId, accessKeyId, accessKeySecret }) {
  const client = new RPCClient({ endpoint, accessKeyId, accessKeySecret, apiVersion: versions.smartag })
  return (product, action, params) =>
    client.request(
      action,
      {
        ...(product === 'smartag' || product === 'opensag' ? { RegionId: regionId } : {}),
        Version: versions[product],
        ...params,
      },
      { method: 'POST', timeout: 60_000 },
    )
}

export function operatorOn(data, args) {
  const run = spawnSync(process.execPath, [program, 'operator', ...args, '--json', '--data', data], {
    encoding: 'utf8',
  })
  if (run.status !== 0) throw new Error(`opensag operator ${args.join(' ')}: ${run.stderr}`)
  return JSON.parse(run.stdout)
}
