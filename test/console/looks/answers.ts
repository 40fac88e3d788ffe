import type { ResultOf } from '@opensag/smartag-client'

/** When all of it was. */
export const moment = Date.parse('2026-12-01T08:00:00Z')
const ago = (minutes: number): string => new Date(moment - minutes * 60_000).toISOString()

export const region = 'cn-shanghai'
/** One that is offline, and one that is online. */
export const branch = 'sag-looks00000000001'
const online = 'sag-looks00000000002'
const serial = 'sag00looks'
const network = 'ccn-looks00000000001'
const RequestId = '00000000-0000-4000-8000-000000000000'

const at = (SmartAGId: string, Name: string) => ({ SmartAGId, Name, RegionId: region, Tags: [] })

const session: ResultOf<'CreateConsoleSession'> = {
  Credentials: { AccessKeyId: 'STS.looks', AccessKeySecret: 'looks', SecurityToken: 'looks' },
  RequestId,
}

const caller = { AccountId: '1210000000000001', Arn: 'acs:ram::1210000000000001:root', RequestId }

const overview: ResultOf<'GetOverview'> = {
  TotalCount: 20,
  States: [
    { State: 'offline', Count: 1 },
    { State: 'degraded', Count: 1 },
    { State: 'online', Count: 18 },
  ],
  Troubles: [
    {
      Kind: 'Offline',
      TotalCount: 1,
      Instances: [
        {
          ...at(branch, 'Ningbo-Port'),
          ...{ SerialNumber: serial, Since: ago(192), Cause: 'PowerFailed', Tags: [{ Key: 'critical', Value: '' }] },
        },
      ],
    },
    { Kind: 'NotSynchronized', TotalCount: 1, Instances: [at(online, 'Suzhou-Industrial-Park')] },
    {
      Kind: 'Behind',
      TotalCount: 3,
      Instances: ['Chengdu-Gaoxin', 'Hangzhou-Xihu', 'Lisbon-Baixa'].map((name) => at(`sag-${name}`, name)),
    },
  ],
  Versions: [{ Model: 'sag-1000', Version: '2.3.1.1', Count: 20, Behind: false }],
  RequestId,
}

const fleet: ResultOf<'ListFleet'> = {
  Instances: [
    {
      ...{ ...at(branch, 'Ningbo-Port'), InstanceType: 'hardware', HardwareVersion: 'sag-1000', Status: 'Active' },
      ...{ BusinessState: 'Normal', SerialNumber: serial, DeviceCount: 1, OnlineCount: 0, SynStatus: 'Synchronized' },
      ...{ SoftwareVersion: '2.3.1.1', CidrBlock: '10.16.0.0/24', AssociatedCcnId: network },
    },
    {
      ...{ ...at(online, 'Suzhou-Industrial-Park'), InstanceType: 'hardware', Status: 'Active' },
      ...{ HardwareVersion: 'sag-1000', BusinessState: 'Normal', SerialNumber: 'sag01looks', DeviceCount: 1 },
      ...{ OnlineCount: 1, SynStatus: 'Synchronized', SoftwareVersion: '2.3.1.1', CidrBlock: '10.16.4.0/24' },
      AssociatedCcnId: network,
    },
  ],
  Ranges: [],
  TotalCount: 2,
  Since: '1',
  More: false,
  RequestId,
}

const networks = {
  CloudConnectNetworks: {
    CloudConnectNetwork: [
      {
        ...{ CcnId: network, Name: 'retail-east', CidrBlock: '10.16.0.0/16', SnatCidrBlock: '10.16.255.0/24' },
        ...{ AssociatedCloudBoxCount: '2', AssociatedCloudBoxCounts: '2', InterworkingStatus: 'enable' },
      },
    ],
  },
  TotalCount: 1,
  RequestId,
}

const attribute = {
  ...{ SmartAGId: branch, Name: 'Ningbo-Port', Status: 'Active', HardwareVersion: 'sag-1000', MaxBandwidth: '20M' },
  ...{ CidrBlock: '10.16.0.0/24', AssociatedCcnId: network, RoutingStrategy: 'static', CreateTime: moment - 864e5 },
  Devices: { Device: [{ SerialNumber: serial, HaState: 'Active', HcState: 'offline' }] },
  RequestId,
}

const health: ResultOf<'DescribeGatewayHealth'> = {
  Devices: [
    {
      ...{ SerialNumber: serial, State: 'Offline', OfflineSince: ago(192), LastHeartbeat: ago(192) },
      ...{ Cause: 'PowerFailed', Ending: 'PowerFail', RuledOut: ['Locked', 'Overdue'] },
      Periods: [
        { From: ago(1440), To: ago(900), State: 'Online' },
        { From: ago(900), To: ago(840), State: 'Offline', Ending: 'Lost' },
        { From: ago(840), To: ago(192), State: 'Online' },
        { From: ago(192), State: 'Offline', Ending: 'PowerFail' },
      ],
    },
  ],
  RequestId,
}

const job = (State: string, Total: number, counts: Readonly<Record<string, number>>) => ({
  ...{ JobId: `job-looks${State}${Total}`, Kind: 'Restart', State, Creator: 'root', Tags: [], TagKeys: [], Total },
  ...{ CreateTime: moment - 36e5, ToDo: 0, Running: 0, Done: 0, Failed: 0, Unknown: 0, Skipped: 0, ...counts },
})

const jobs: ResultOf<'ListJobs'> = {
  Jobs: [
    job('Running', 12, { Done: 4, Running: 2, ToDo: 6 }),
    job('Paused', 9, { Done: 3, ToDo: 6 }),
    job('Done', 6, { Done: 6 }),
    job('Stopped', 8, { Done: 2, Failed: 2, Skipped: 4 }),
  ],
  RequestId,
}

const regions = { Regions: { Region: [{ RegionId: region, LocalName: 'China (Shanghai)' }] }, RequestId }

const proposed = { CidrBlock: '10.16.1.0/24', RequestId }

/** What a server that never changes answers; everything else is refused, as to somebody who may not. */
export const answers: Readonly<Record<string, object>> = {
  CreateConsoleSession: session,
  GetCallerIdentity: caller,
  GetOverview: overview,
  ListFleet: fleet,
  DescribeCloudConnectNetworks: networks,
  DescribeSmartAccessGatewayAttribute: attribute,
  DescribeGatewayHealth: health,
  ListJobs: jobs,
  ListAlerts: { Alerts: [], LiveCount: 0, RequestId },
  ListAlertRules: { AlertRules: [], RequestId },
  ListAlertChannels: { AlertChannels: [], RequestId },
  DescribeRegions: regions,
  ProposeCidrBlock: proposed,
  EvaluateOwnAccess: { Decisions: [], RequestId },
}
