// A call of each operation on SAG APP instances and their users, and other values of its parameters.
import type { Row } from './effects.suite.ts'
import { away, inRegion, onePage } from './effects-world.suite.ts'

const app = { SmartAGId: 'sag-app' }
const password = 'Night_Shift_2024'
const size = { UserCount: '5', DataPlan: '5', AutoPay: 'true' }

export const remoteUserRows: readonly Row[] = [
  inRegion('CreateEnterpriseCode', { EnterpriseCode: 'abc12' }, { EnterpriseCode: 'xyz12' }),
  inRegion(
    'CreateSmartAccessGatewayClientUser',
    { ...app, UserName: 'carl-smith', UserMail: 'carl@example.com', Password: password },
    {
      UserName: 'dora-smith',
      UserMail: 'dora@example.com',
      Bandwidth: '1000',
      ClientIp: '10.9.0.50',
      Password: 'Late_Shift_2024',
    },
  ),
  inRegion(
    'CreateSmartAccessGatewaySoftware',
    { ChargeType: 'PREPAY', Period: '1', ...size },
    {
      Period: '2',
      AutoPay: 'false',
      UserCount: '10',
    },
  ),
  inRegion('DeleteEnterpriseCode', { EnterpriseCode: 'code2' }, { EnterpriseCode: 'code9' }),
  inRegion('DeleteSmartAccessGatewayClientUser', { ...app, UserName: 'bert' }, { UserName: 'anna' }),
  inRegion('DescribeClientUserDNS', app),
  inRegion('DescribeSagOnlineClientStatistics', {}, { SmartAGIds: { to: { 'SmartAGIds.1': 'sag-main' } } }),
  inRegion('DescribeSmartAccessGatewayClientUsers', app, {
    UserName: 'anna',
    UserMail: 'anna@example.com',
    ...onePage,
  }),
  inRegion(
    'DescribeUserFlowStatistics',
    { ...app, 'UserNames.1': 'anna' },
    { UserNames: { to: { 'UserNames.1': 'bert' } }, StatisticsDate: '202312' },
  ),
  inRegion(
    'DescribeUserOnlineClientStatistics',
    { ...app, 'UserNames.1': 'anna' },
    { UserNames: { to: { 'UserNames.1': 'bert' } } },
  ),
  inRegion('DescribeUserOnlineClients', { ...app, UserName: 'anna' }, { UserName: 'bert' }),
  inRegion('DisableSmartAccessGatewayUser', { ...app, UserName: 'anna' }, { UserName: 'bert' }),
  inRegion(
    'DowngradeSmartAccessGatewaySoftware',
    { ...app, ...size, UserCount: '4' },
    {
      UserCount: '3',
      AutoPay: 'false',
    },
  ),
  inRegion('EnableSmartAccessGatewayUser', { ...app, UserName: 'away' }, { UserName: 'anna' }),
  inRegion('KickOutClients', { ...app, Username: 'anna' }, { Username: 'bert' }),
  inRegion('ListEnterpriseCode', {}, { EnterpriseCode: 'code1', IsDefault: 'true', NextToken: 'code1' }),
  inRegion(
    'ModifyClientUserDNS',
    { ...app, 'AppDNS.1': '10.10.0.53' },
    { AppDNS: { to: { 'AppDNS.1': '10.10.0.54' } }, RecoveredDNS: { to: { 'RecoveredDNS.1': '223.5.5.5' } } },
  ),
  inRegion(
    'ModifySmartAccessGatewayClientUser',
    { ...app, UserName: 'anna' },
    {
      UserName: 'bert',
      Email: 'other@example.com',
      Bandwidth: '1000',
    },
    { prepare: async () => {} },
  ),
  inRegion(
    'ResetSmartAccessGatewayClientUserPassword',
    { ...app, UserName: 'anna', Password: 'Night_Shift_2024' },
    {
      UserName: 'bert',
      Password: 'Late_Shift_2024',
    },
  ),
  inRegion(
    'RoamClientUser',
    { TargetSmartAGId: 'sag-app', OriginRegionId: away, OriginSmartAGId: 'sag-roam', UserName: 'roger' },
    {
      TargetSmartAGId: 'sag-nothing',
      OriginRegionId: 'cn-shanghai',
      OriginSmartAGId: 'sag-nothing',
      UserName: 'ronja',
    },
  ),
  inRegion(
    'UpdateEnterpriseCode',
    { EnterpriseCode: 'code2', IsDefault: 'true' },
    { EnterpriseCode: 'code1', IsDefault: 'false' },
  ),
  inRegion('UpdateSmartAGEnterpriseCode', { ...app, EnterpriseCode: 'code2' }, { EnterpriseCode: 'code1' }),
  inRegion(
    'UpdateSmartAGUserAccelerateConfig',
    { ...app, UserName: 'anna', Bandwidth: '5000' },
    { UserName: 'bert', Bandwidth: '6000', DryRun: 'true' },
  ),
  inRegion(
    'UpgradeSmartAccessGatewaySoftware',
    { ...app, ...size, UserCount: '6' },
    { UserCount: '7', AutoPay: 'false' },
  ),
]
