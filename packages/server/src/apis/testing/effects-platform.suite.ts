// A call of each operation of Location, ActionTrail and OpenSAG itself, and other values of its parameters.
import { Secret } from '@opensag/protocol'
import type { Outbox } from '../../mail/outbox.ts'
import { recordEvent } from '../../store/gateways/events.ts'
import { journalPasswordChange } from '../../store/gateways/password-changes.ts'
import { saveNetworkReport } from '../../store/pops/reports.ts'
import { recordConnection } from '../../store/remote-users/client-sessions.ts'
import { document } from '../ram/testing.suite.ts'
import { named, type Other, type Row, row } from './effects.suite.ts'
import type { Harness } from './harness-on.suite.ts'
import { accountId } from './names.suite.ts'

const next: Other = { follow: 'NextToken', by: { MaxResults: '1' } }
const main = { SmartAGId: 'sag-main' }

async function withConnections({ store, fleet, wallNow }: Harness): Promise<void> {
  await fleet.configure('sag-app', { connectionAudit: true })
  const event = { event: 'logon', instanceId: 'sag-app', terminal: 'Linux', source: '192.0.2.1', detail: '' } as const
  await store.write(async (tx) => {
    for (const userName of ['anna', 'bert']) await recordConnection(tx, { ...event, userName, at: wallNow })
  })
}

async function withHistory({ store, wallNow }: Harness): Promise<void> {
  await store.write(async (tx) => {
    for (const [index, serial] of ['sagmain1', 'sagmain2'].entries()) {
      await recordEvent(tx, { serial, kind: 'DeviceHacked', at: wallNow + index, detail: serial })
      await journalPasswordChange(tx, {
        id: `change-${index}`,
        serial,
        instanceId: 'sag-main',
        accountId,
        principal: 'ops',
        requestId: `request-${index}`,
        requestedAt: wallNow + index,
        generation: 1,
      })
    }
  })
}

async function withTraffic({ store, wallNow }: Harness): Promise<void> {
  for (const [secondsAgo, received] of [
    [120, 4_000],
    [60, 604_000],
    [0, 1_504_000],
  ] as const) {
    const report = { tunnels: [], learnt: ['10.8.0.0/24'], leases: 3, traffic: { received, sent: received / 4 } }
    await store.write((tx) => saveNetworkReport(tx, 'sagmain1', report, wallNow - secondsAgo * 1000))
  }
}

async function withTrail(world: Harness): Promise<void> {
  for (const day of [1, 2, 3]) {
    world.wallNow += 1000
    await world.call(named('GetUser'), { UserName: 'alice' })
    if (day === 2) await world.call(named('DescribeRegions'))
  }
}

const times = { StartTime: '2024-01-31T12:00:02Z', EndTime: '2024-01-31T12:00:04Z' }

export const platformRows: readonly Row[] = [
  row(
    'DescribeEndpoints',
    { Id: 'cn-shanghai', ServiceCode: 'smartag' },
    {
      Id: 'cn-hangzhou',
      ServiceCode: 'ram',
      Type: 'innerAPI',
    },
  ),
  row(
    'LookupEvents',
    {},
    {
      StartTime: { beside: times, to: { StartTime: '2024-01-31T12:00:01Z' } },
      EndTime: { beside: times, to: { EndTime: '2024-01-31T12:00:03Z' } },
      Direction: 'FORWARD',
      NextToken: next,
      LookupAttribute: { to: { 'LookupAttribute.1.Key': 'EventName', 'LookupAttribute.1.Value': 'DescribeRegions' } },
    },
    { prepare: withTrail },
  ),
  row('CreateConsoleSession', {}, { DurationSeconds: '900' }),
  row('DescribeGatewayConfiguration', main),
  row('DescribeGatewayNetwork', main, {}, { prepare: withTraffic }),
  row(
    'EvaluateAccess',
    { UserName: 'alice', ActionName: 'smartag:DescribeRegions' },
    {
      UserName: 'bob',
      RoleName: { to: { UserName: null, RoleName: 'GatewayAdmin' } },
      PolicyDocument: { beside: { UserName: 'bob' }, to: { PolicyDocument: document } },
      ActionName: 'ram:GetUser',
      ResourceName: {
        beside: {
          PolicyDocument: document.replace('"Resource":"*"', '"Resource":"acs:smartag:*:*:smartag/sag-1"'),
          UserName: 'bob',
        },
        to: { 'ResourceName.1': 'acs:smartag:cn-shanghai:1:smartag/sag-1' },
      },
      Context: {
        beside: {
          UserName: 'bob',
          PolicyDocument: document.replace('"Allow"', '"Allow","Condition":{"IpAddress":{"acs:SourceIp":"192.0.2.1"}}'),
        },
        to: { 'Context.1.Key': 'acs:SourceIp', 'Context.1.Value': '192.0.2.1' },
      },
    },
  ),
  row('ListAdminPasswordChanges', main, { SerialNumber: 'sagmain1', NextToken: next }, { prepare: withHistory }),
  row(
    'ListClientConnections',
    { RegionId: 'cn-shanghai', SmartAGId: 'sag-app' },
    { UserName: 'anna', NextToken: next },
    { prepare: withConnections },
  ),
  row('ListClientSessions', { RegionId: 'cn-shanghai', SmartAGId: 'sag-app' }),
  row('ListFleet', {}, { SmartAGIds: { to: { 'SmartAGIds.1': 'sag-main' } }, NextToken: next, Since: '0' }),
  row('ListGatewayEvents', main, { SerialNumber: 'sagmain1', NextToken: next }, { prepare: withHistory }),
  row(
    'ListOutboxMails',
    {},
    {},
    {
      async prepare(world) {
        world.outbox = {
          list: () =>
            ['one', 'two'].map((to) => ({ at: 0, to, instanceId: 'sag-app', subject: to, text: Secret.of(to) })),
        } as unknown as Outbox
      },
    },
  ),
]
