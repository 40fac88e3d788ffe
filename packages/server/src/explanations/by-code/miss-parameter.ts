import type { Explanations } from '../explanation.ts'
import { newerMissing } from '../newer-box.ts'
import { notSent } from '../wording.ts'

export const missParameter = {
  ...newerMissing,
  'MissParameter.DestCidr': notSent('DestCidr', '`0.0.0.0/0` is everywhere', '`0.0.0.0/0` 表示任意'),
  'MissParameter.DestPortRange': notSent('DestPortRange', '`-1/-1` is all ports', '`-1/-1` 表示全部端口'),
  'MissParameter.Domain': notSent('Domain', '`*` is every name', '`*` 表示所有域名'),
  'MissParameter.GatewayId': {
    en: ['`SagInsId` was not sent or is blank.', 'Send the instance id; DescribeSmartAccessGateways lists yours.'],
    zh: ['未传 `SagInsId` 或为空。', '传入实例 ID；可通过 DescribeSmartAccessGateways 查询。'],
  },
  'MissParameter.InstanceId': notSent(
    'InstanceId',
    'ViewSmartAccessGatewayDnsForwards lists them',
    '可通过 ViewSmartAccessGatewayDnsForwards 查询',
  ),
  'MissParameter.IpProtocol': notSent('IpProtocol', '`ALL` is every protocol', '`ALL` 表示全部协议'),
  'MissParameter.MasterIp': notSent('MasterIp', 'it is the address of a DNS server', '填写 DNS 服务器的地址'),
  'MissParameter.Name': {
    en: ['`QosName` was not sent or is blank.', 'Send a name; ModifyQos does with a description alone.'],
    zh: ['未传 `QosName` 或为空。', '传入名称；ModifyQos 也可以只传描述。'],
  },
  'MissParameter.Password': {
    en: ['`Password` was not sent or is blank.', 'Send the new password.'],
    zh: ['未传 `Password` 或为空。', '传入新密码。'],
  },
  'MissParameter.QosCarId': notSent('QosCarId', 'DescribeQosCars lists them', '可通过 DescribeQosCars 查询'),
  'MissParameter.QosId': notSent('QosId', 'DescribeQoses lists them', '可通过 DescribeQoses 查询'),
  'MissParameter.QosPolicyId': notSent(
    'QosPolicyId',
    'DescribeQosPolicies lists them',
    '可通过 DescribeQosPolicies 查询',
  ),
  'MissParameter.RegionId': notSent('RegionId', 'DescribeRegions lists them', '可通过 DescribeRegions 查询'),
  'MissParameter.SmartAGId': notSent(
    'SmartAGId',
    'DescribeSmartAccessGateways lists them',
    '可通过 DescribeSmartAccessGateways 查询',
  ),
  'MissParameter.SourceCidr': notSent('SourceCidr', '`0.0.0.0/0` is everywhere', '`0.0.0.0/0` 表示任意'),
  'MissParameter.SourcePortRange': notSent('SourcePortRange', '`-1/-1` is all ports', '`-1/-1` 表示全部端口'),
} as const satisfies Explanations<'MissParameter'>
