import type { Explanations } from './explanation.ts'
import { wrongFormat } from './wording.ts'

const server = {
  en: 'the IPv4 address of a host: `10.1.0.53`',
  zh: '主机的 IPv4 地址，例如 `10.1.0.53`',
}

/** Of the DNS servers and forwards of a device. */
export const invalidParameterDns = {
  'InvalidParameter.Domain': {
    en: [
      'It is no domain name (labels of letters, digits, `-` and `_`, or `*` alone), or the device has another forward for it.',
      'Correct it; ViewSmartAccessGatewayDnsForwards lists the forwards.',
    ],
    zh: [
      '不是合法的域名（由字母、数字、`-`、`_` 组成的标签，或单独的 `*`），或设备已有该域名的转发条目。',
      '修正取值；可通过 ViewSmartAccessGatewayDnsForwards 查询已有条目。',
    ],
  },
  'InvalidParameter.InstanceId': {
    en: ['The device has no forward with this ID.', 'ViewSmartAccessGatewayDnsForwards lists the forwards.'],
    zh: ['设备没有该 ID 的转发条目。', '可通过 ViewSmartAccessGatewayDnsForwards 查询。'],
  },
  'InvalidParameter.MasterDns': wrongFormat('MasterDns', server),
  'InvalidParameter.MasterIp': wrongFormat('MasterIp', server),
  'InvalidParameter.Mode': wrongFormat('Mode', { en: 'a word of at most 32 characters', zh: '不超过 32 个字符的单词' }),
  'InvalidParameter.OutboundPortIndex': {
    en: [
      'With `PhysicalPort` neither the index nor the name of a port was sent, or the index is neither 0 nor 2.',
      'Send one of them.',
    ],
    zh: ['`PhysicalPort` 需要端口序号或名称；序号为 0 或 2。', '传入其中之一。'],
  },
  'InvalidParameter.OutboundPortName': {
    en: [
      'The name is neither `eth0` nor `lte`, or the index means another port.',
      'Send one of both, or the same port twice.',
    ],
    zh: ['名称不是 `eth0` 或 `lte`，或与序号不是同一端口。', '只传其中之一，或使两者一致。'],
  },
  'InvalidParameter.OutboundPortType': wrongFormat('OutboundPortType', {
    en: '`Tunnel`, `PhysicalPort` or `None`',
    zh: ' `Tunnel`、`PhysicalPort` 或 `None`',
  }),
  'InvalidParameter.SlaveDns': wrongFormat('SlaveDns', server),
  'InvalidParameter.SlaveIp': wrongFormat('SlaveIp', server),
} as const satisfies Explanations<'InvalidParameter'>
