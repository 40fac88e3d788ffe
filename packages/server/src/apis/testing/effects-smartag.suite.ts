// A call of each operation of SmartAG, and other values of its parameters.
import { named, type Row } from './effects.suite.ts'
import { inRegion, onePage } from './effects-world.suite.ts'
import { examplesOf } from './examples.suite.ts'
import { otherAccountId } from './names.suite.ts'
import { addPop } from './pops.suite.ts'

const main = { SmartAGId: 'sag-main' }
const app = { SmartAGId: 'sag-app' }
const order = examplesOf(named('CreateSmartAccessGateway'))
const receiver = Object.keys(order).filter((name) => /^(Receiver|BuyerMessage|CPEVersion)/.test(name))
const address = { SagId: 'sag-main', Sn: 'sagmain1', AddressType: 'ProbeTask' }
const way = {
  IpProtocol: 'TCP',
  ExternalIp: '10.255.0.2',
  ExternalPort: '80',
  InternalIp: '192.168.200.8',
  InternalPort: '80',
}
const flowLog = {
  ...{ OutputType: 'all', NetflowServerIp: '192.168.0.2', ProjectName: 'p', LogstoreName: 'l' },
  ...{ SlsRegionId: 'cn-shanghai' },
}
const otherFlowLog = {
  ...{ Name: 'n', Description: 'd', OutputType: 'netflow', NetflowServerIp: '192.168.0.3', NetflowServerPort: '1' },
  ...{ NetflowVersion: 'V5', ProjectName: 'q', LogstoreName: 'm', SlsRegionId: 'cn-beijing' },
  ...{ ActiveAging: '60', InactiveAging: '60' },
}
const otherCheck = {
  ...{
    Name: 'another',
    Description: 'another',
    DstIpAddr: '10.10.0.2',
    DstPort: '1',
    SrcIpAddr: '10.1.0.2',
    SrcPort: '2',
  },
  ...{ ProbeInterval: '3000', ProbeCount: '2', ProbeTimeout: '2000', RttThreshold: '100', RttFailThreshold: '2' },
  ...{ FailCountThreshold: '2' },
}
const probing = { SagId: 'sag-probing', Sn: 'sagprobe1' }
const password = 'Night_Shift_2024'
/** Two, of which two instances prefer the second. */
const withPops: Partial<Row> = {
  prepare: async (world) => {
    await world.addDevice('sag-line', { serial: 'sagline1' })
    await addPop(world, 'pop1')
    await addPop(world, 'pop-22', 'sag-main', 'sag-line')
  },
}

export const smartAgRows: readonly Row[] = [
  inRegion('ActiveFlowLog', { FlowLogId: 'fl-free' }, { FlowLogId: 'fl-nothing' }),
  inRegion('ActivateSmartAccessGateway', { SmartAGId: 'sag-received' }),
  inRegion(
    'AddDnatEntry',
    { SagId: 'sag-main', ...way },
    {
      // Another port than that of the entry of the WAN there is.
      Type: { to: { Type: 'Internet' }, beside: { ExternalPort: '82' } },
      IpProtocol: 'UDP',
      ExternalIp: '10.255.0.3',
      ExternalPort: '81',
      InternalIp: '192.168.200.9',
      InternalPort: '81',
    },
  ),
  inRegion(
    'AddSnatEntry',
    { ...main, CidrBlock: '192.168.1.0/24', SnatIp: '10.255.0.1' },
    {
      CidrBlock: '192.168.2.0/24',
      SnatIp: '10.255.0.2',
    },
  ),
  inRegion('AssociateFlowLog', { FlowLogId: 'fl-main', SmartAGId: 'sag-bare' }, { FlowLogId: 'fl-free' }),
  inRegion('AttachCcnInstanceToCen', { CcnId: 'ccn-free', CenId: 'cen-1' }, { CenId: 'cen-2', Subnet: '10.7.0.0/16' }),
  inRegion('BindSerialNumber', { SmartAGId: 'sag-bare', SerialNumber: 'sagfree1' }, { SerialNumber: 'sagfree2' }),
  inRegion('BindSmartAccessGateway', { CcnId: 'ccn-free', SmartAGId: 'sag-bare' }),
  inRegion('BindVbr', { SmartAGId: 'sag-line', VbrId: 'vbr-free', VbrRegionId: 'cn-shanghai' }, { VbrId: 'vbr-more' }),
  inRegion(
    'ClearSagCipher',
    { SagId: 'sag-vcpe', SnNumber: 'sagvcpe1' },
    { SnNumber: 'sagvcpe2' },
    {
      // Its keys are sealed by the world that opens them.
      prepare: async (world) => {
        await world.addInstance({ id: 'sag-vcpe', kind: 'vcpe' })
        for (const serial of ['sagvcpe1', 'sagvcpe2']) {
          await world.addDevice('sag-vcpe', { serial, model: 'sag-vcpe' })
        }
      },
    },
  ),
  inRegion('ClearSagRouteableAddress', { SagId: 'sag-main' }),
  inRegion(
    'CreateCloudConnectNetwork',
    {},
    {
      Name: 'branches',
      Description: 'branches',
      CidrBlock: '10.0.0.0/16',
      SnatCidrBlock: { to: { SnatCidrBlock: '10.0.0.0/25' }, beside: { CidrBlock: '10.0.0.0/16' } },
      IsDefault: 'true',
    },
  ),
  inRegion('CreateFlowLog', flowLog, otherFlowLog),
  inRegion(
    'CreateHealthCheck',
    { ...main, Name: 'check', Type: 'ICMP_ECHO', DstIpAddr: '10.10.0.1', SrcIpAddr: '10.1.0.1' },
    { SmartAGId: 'sag-bare', ...otherCheck },
  ),
  inRegion(
    'CreateProbeTask',
    { ...probing, Type: 'Intranet', Protocol: 'TCP', Domain: '10.10.0.1', Port: '80', Enable: 'true' },
    {
      ...{ Sn: 'sagprobe2', TaskName: 'another', Type: 'Internet', Protocol: 'ICMP', Domain: '10.10.0.2', Port: '81' },
      ...{ ProbeTaskSourceAddress: '10.66.0.9', PacketNumber: '2', Enable: 'false' },
    },
  ),
  inRegion(
    'CreateServiceAddress',
    { ...address, Address: '10.1.0.20' },
    {
      AddressType: 'RemoteWeb',
      Address: '10.1.0.21',
    },
  ),
  inRegion('CreateSmartAccessGateway', order, {
    HardWareSpec: 'sag-100wm',
    HaType: 'warm_backup',
    Period: '1',
    AutoPay: 'false',
    MaxBandWidth: '100',
    AlreadyHaveSag: 'true',
    Name: 'another-name',
    Description: 'another-description',
    ...Object.fromEntries(receiver.map((name) => [name, 'another'])),
  }),
  inRegion(
    'DeleteCloudConnectNetwork',
    { CcnId: 'ccn-attached' },
    { CcnId: 'ccn-free' },
    {
      prepare: async (world) => {
        await world.call(named('DetachCcnInstanceFromCen'), { CcnId: 'ccn-attached', CenId: 'cen-attached' })
      },
    },
  ),
  inRegion('DeactiveFlowLog', { FlowLogId: 'fl-main' }, { FlowLogId: 'fl-nothing' }),
  inRegion('DeleteDnatEntry', { SagId: 'sag-main', DnatEntryId: 'fwd-main' }, { DnatEntryId: 'fwd-nothing' }),
  inRegion('DeleteFlowLog', { FlowLogId: 'fl-free' }, { FlowLogId: 'fl-nothing' }),
  inRegion('DeleteHealthCheck', { HcInstanceId: 'hc-main' }, { HcInstanceId: 'hc-other' }),
  inRegion('DeleteProbeTask', { ...probing, ProbeTaskId: 'probe-main' }, { ProbeTaskId: 'probe-tcp' }),
  inRegion(
    'DeleteServiceAddress',
    { ...address, Address: '10.1.0.9' },
    { AddressType: 'RemoteWeb', Address: '10.1.0.99' },
  ),
  inRegion(
    'DeleteSmartAccessGateway',
    { InstanceId: 'sag-expired' },
    { InstanceId: 'sag-nothing' },
    {
      prepare: async (world) => {
        world.now += 40 * 24 * 60 * 60 * 1000
      },
    },
  ),
  inRegion('DeleteSnatEntry', { ...main, InstanceId: 'snat-main' }, { InstanceId: 'snat-nothing' }),
  inRegion(
    'DescribeBindableSmartAccessGateways',
    { CcnId: 'ccn-free' },
    {
      SmartAGId: 'sag-bare',
      Name: 'bare-one',
      CrossAccount: 'true',
      ...onePage,
    },
  ),
  inRegion(
    'DescribeCloudConnectNetworks',
    {},
    {
      CcnId: 'ccn-free',
      Name: 'free',
      Tag: { to: { 'Tag.1.Key': 'env' } },
      ...onePage,
    },
  ),
  inRegion('DescribeDeviceAutoUpgradePolicy', { ...main, SerialNumber: 'sagmain1' }, { VersionType: 'Dpi' }),
  inRegion('DescribeDnatEntries', { SagId: 'sag-main' }, { Type: 'Internet', ...onePage }),
  inRegion('DescribeGrantRules', {}, { AssociatedCcnId: 'ccn-main', ...onePage }),
  inRegion('DescribeGrantSagRules', main, onePage),
  inRegion('DescribeGrantSagVbrRules', main, { SmartAGId: 'sag-bare', VbrInstanceId: 'vbr-granted1', ...onePage }),
  inRegion('DescribeRegions', {}, { AcceptLanguage: 'ja' }),
  inRegion('DescribeSAGDeviceInfo', { ...main, SmartAGSn: 'sagmain1' }),
  inRegion('DescribeSagRemoteAccess', main, { SerialNumber: 'sagmain2' }),
  inRegion(
    'DescribeSagVbrRelations',
    { VbrRegionId: 'cn-shanghai', 'VbrInstanceIds.1': 'vbr-bound' },
    {
      VbrInstanceIds: { to: { 'VbrInstanceIds.1': 'vbr-free' } },
    },
  ),
  inRegion('DescribeSmartAccessGatewayAttribute', main),
  inRegion('DescribeSagDropTopN', {}, { Size: '1' }),
  inRegion('DescribeSagTrafficTopN', {}, { Size: '1' }),
  inRegion('DescribeSmartAccessGatewayHa', main),
  inRegion('DescribeSmartAccessGatewayVersions', { ...main, SmartAGSn: 'sagmain1' }, { VersionType: 'Dpi' }),
  inRegion(
    'DescribeSmartAccessGateways',
    {},
    {
      SmartAGId: 'sag-main',
      SmartAGIds: { to: { 'SmartAGIds.1': 'sag-main' } },
      Name: 'main',
      Status: 'Received',
      BusinessState: 'Arrearage',
      InstanceType: 'software',
      HardwareType: 'sag-1000',
      SerialNumber: 'sagmain1',
      SoftwareVersion: '2.3.1.1',
      VersionComparator: { to: { VersionComparator: 'less' }, beside: { SoftwareVersion: '9.9.9.9' } },
      ResourceGroupId: 'rg-1',
      AssociatedCcnId: 'ccn-main',
      AssociatedCcnName: 'free',
      AclIds: 'acl-main',
      UnboundAclIds: 'acl-main',
      CanAssociateQos: 'true',
      ...onePage,
    },
  ),
  inRegion('DescribeSnatEntries', main, onePage),
  inRegion('DetachCcnInstanceFromCen', { CcnId: 'ccn-attached', CenId: 'cen-attached' }, { CenId: 'cen-1' }),
  inRegion('GetCloudConnectNetworkUseLimit', {}),
  inRegion(
    'GrantInstanceToCbn',
    { CcnInstanceId: 'ccn-free', CenInstanceId: 'cen-1', CenUid: otherAccountId },
    { CenInstanceId: 'cen-2', CenUid: '1210123456000000', GrantTrafficService: 'true' },
  ),
  inRegion(
    'GrantSagInstanceToCcn',
    { SmartAGId: 'sag-bare', CcnInstanceId: 'ccn-theirs', CcnUid: otherAccountId },
    { CcnUid: '1210123456000000', GrantTrafficService: 'true' },
  ),
  inRegion(
    'GrantSagInstanceToVbr',
    { SmartAGId: 'sag-bare', VbrInstanceId: 'vbr-theirs', VbrRegionId: 'cn-shanghai', VbrUid: otherAccountId },
    { VbrUid: '1210123456000000' },
  ),
  inRegion('ListAccessPoints', {}, { SmartAGId: 'sag-bare', ...onePage }, withPops),
  inRegion(
    'ListSmartAGByAccessPoint',
    { AccessPointId: '2' },
    { AccessPointId: '999', SmartAGStatus: 'offline', ...onePage },
    withPops,
  ),
  inRegion('ListAvailableServiceAddress', { SagId: 'sag-main', Sn: 'sagmain1' }, { AddressType: 'RemoteWeb' }),
  inRegion(
    'ModifyCloudConnectNetwork',
    { CcnId: 'ccn-free' },
    {
      Name: 'another-name',
      Description: 'Another text',
      CidrBlock: '10.0.0.0/16',
      SnatCidrBlock: { to: { SnatCidrBlock: '10.0.0.0/25' }, beside: { CidrBlock: '10.0.0.0/16' } },
      InterworkingStatus: 'disable',
    },
  ),
  inRegion(
    'DowngradeSmartAccessGateway',
    { ...main, BandWidthSpec: '40', AutoPay: 'true' },
    { BandWidthSpec: '30', AutoPay: 'false' },
  ),
  inRegion('GetSmartAccessGatewayUseLimit', {}),
  inRegion(
    'ListSmartAGApiUnsupportedFeature',
    { ...main, SerialNumber: 'sagmain1', OpenApiName: 'ModifySmartAccessGatewayUpBandwidth' },
    { OpenApiName: 'DescribeRegions' },
  ),
  inRegion(
    'ModifyDeviceAutoUpgradePolicy',
    { ...main, SerialNumber: 'sagmain1', UpgradeType: 'scheduled' },
    {
      SerialNumber: 'sagmain2',
      UpgradeType: 'boot',
      CronExpression: '0 0 5 * * ?',
      Duration: '30',
      TimeZone: 'UTC',
      VersionType: 'Dpi',
    },
  ),
  inRegion('ModifySmartAccessGatewayUpBandwidth', { ...main, UpBandwidthWan: '20' }, { UpBandwidthWan: '10' }),
  inRegion(
    'MoveResourceGroup',
    { ResourceType: 'smartag', ResourceId: 'sag-main', NewResourceGroupId: 'rg-one' },
    {
      ResourceType: { to: { ResourceType: 'ccn', ResourceId: 'ccn-main' } },
      ResourceId: 'sag-bare',
      NewResourceGroupId: 'rg-two',
    },
  ),
  inRegion(
    'ModifySAGAdminPassword',
    { ...main, SmartAGSn: 'sagmain1', Password: password },
    { Password: 'Other_2024_word' },
  ),
  inRegion(
    'ModifySagRemoteAccess',
    { ...main, SerialNumber: 'sagmain1', RemoteAccessIp: '10.1.0.11' },
    { SerialNumber: 'sagmain2', RemoteAccessIp: '10.1.0.12' },
  ),
  inRegion('ModifySmartAccessGateway', main, {
    Name: 'another-name',
    Description: 'Another text',
    CidrBlock: '10.1.0.0/23',
    SecurityLockThreshold: '60',
    RoutingStrategy: 'dynamic',
    Position: 'Hangzhou',
    SnatEntries: { to: { 'SnatEntries.1.CidrBlock': '192.168.9.0/24' } },
    EnableSoftwareConnectionAudit: {
      beside: { SmartAGId: 'sag-app' },
      to: { EnableSoftwareConnectionAudit: 'true' },
    },
  }),
  inRegion('RebootSmartAccessGateway', main, { SerialNumber: 'sagmain1' }),
  inRegion(
    'RevokeInstanceFromCbn',
    { CcnInstanceId: 'ccn-main', CenInstanceId: 'cen-granted0' },
    {
      CenInstanceId: 'cen-nothing',
    },
  ),
  inRegion('RevokeInstanceFromVbr', { ...main, VbrInstanceId: 'vbr-granted0' }, { VbrInstanceId: 'vbr-granted1' }),
  inRegion('RevokeSagInstanceFromCcn', { ...main, CcnInstanceId: 'ccn-theirs' }, { CcnInstanceId: 'ccn-more' }),
  inRegion('SynchronizeSmartAGWebConfig', { SmartAGId: 'sag-unsynced', SmartAGSn: 'sagunsync' }),
  inRegion('UnbindSerialNumber', { ...main, SerialNumber: 'sagmain2' }, { SerialNumber: 'sagmain1' }),
  inRegion('UnbindSmartAccessGateway', { ...app, CcnId: 'ccn-main' }),
  inRegion('UnbindVbr', { SmartAGId: 'sag-backup', VbrId: 'vbr-bound', VbrRegionId: 'cn-shanghai' }),
  inRegion('UnlockSmartAccessGateway', main),
  inRegion('UpdateSmartAGAccessPoint', { ...main, AccessPointId: '1' }, { AccessPointId: '2' }, withPops),
  inRegion(
    'UpdateSmartAccessGatewayAdminPassword',
    { SagInsId: 'sag-large', SagSn: 'saglarge1', Password: password },
    {
      Password: 'Other_2024_word',
      CrossAccount: { to: { CrossAccount: 'true', ResourceUid: otherAccountId } },
      ResourceUid: {
        beside: { CrossAccount: 'true', ResourceUid: '1210123456123456' },
        to: { ResourceUid: otherAccountId },
      },
    },
  ),
  inRegion(
    'UpgradeSmartAccessGateway',
    { SmartAGId: 'sag-app', UserCount: '6', AutoPay: 'true' },
    {
      BandWidthSpec: { to: { SmartAGId: 'sag-main', UserCount: null, BandWidthSpec: '70' } },
      UserCount: '7',
      AutoPay: 'false',
    },
  ),
  inRegion(
    'UpdateSmartAccessGatewayVersion',
    { ...main, VersionCode: '2.4.0.0' },
    {
      SerialNumber: 'sagmain1',
      VersionCode: '2.5.0.0',
      VersionType: 'Dpi',
    },
  ),
  inRegion('DescribeFlowLogSags', { FlowLogId: 'fl-main' }, { FlowLogId: 'fl-free', ...onePage }),
  inRegion(
    'DescribeFlowLogs',
    {},
    {
      ...{ FlowLogId: 'fl-free', FlowLogName: 'free', Description: 'main', OutputType: 'sls', Status: 'Active' },
      ...onePage,
    },
  ),
  inRegion('DescribeUnbindFlowLogSags', {}),
  inRegion(
    'DescribeHealthCheckAttribute',
    { ...main, HcInstanceId: 'hc-main' },
    { SmartAGId: 'sag-bare', HcInstanceId: 'hc-other' },
  ),
  inRegion('DescribeHealthChecks', main, {
    SmartAGId: 'sag-bare',
    HcInstanceId: 'hc-other',
    Name: 'other',
    ...onePage,
  }),
  inRegion(
    'ListProbeTask',
    {},
    {
      ...{ SagId: 'sag-main', Sn: 'sagprobe2', SagName: 'main', ProbeTaskId: 'probe-tcp', TaskName: 'main' },
      ...{ Protocol: 'TCP', ...onePage },
    },
  ),
  inRegion(
    'UpdateProbeTask',
    { ...probing, ProbeTaskId: 'probe-tcp', PacketNumber: '3' },
    {
      ...{ ProbeTaskId: 'probe-main', TaskName: 'another', Protocol: 'ICMP', Domain: '10.10.0.2', Port: '81' },
      ...{ ProbeTaskSourceAddress: '10.66.0.9', PacketNumber: '2', Enable: 'false' },
    },
  ),
  inRegion(
    'ModifyHealthCheck',
    { ...main, HcInstanceId: 'hc-main', Name: 'check' },
    { SmartAGId: 'sag-bare', HcInstanceId: 'hc-other', ...otherCheck },
  ),
  inRegion(
    'DisassociateFlowLog',
    { FlowLogId: 'fl-main', SmartAGId: 'sag-main' },
    { FlowLogId: 'fl-free', SmartAGId: 'sag-line' },
  ),
  inRegion('ModifyFlowLogAttribute', { FlowLogId: 'fl-main', ...flowLog }, { FlowLogId: 'fl-free', ...otherFlowLog }),
]
