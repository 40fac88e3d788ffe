import type { Explanations } from '../explanation.ts'

export const smartAccessGateway = {
  SmartAccessGatewayActivateFailed: {
    en: [
      'There is nothing to activate: no such instance in the region, not hardware, not arrived yet, or activated already.',
      'Look at `Status` in DescribeSmartAccessGateways; only `Received` hardware is activated.',
    ],
    zh: [
      '没有可激活的实例：该地域内不存在、不是硬件、尚未到货或已激活。',
      '在 DescribeSmartAccessGateways 中查看 `Status`，仅 `Received` 状态的硬件可激活。',
    ],
  },
  SmartAccessGatewayAlreadyBound: {
    en: [
      'The instance is in a CCN already, in this one or another.',
      'Call UnbindSmartAccessGateway first, if it is another.',
    ],
    zh: ['实例已绑定云连接网。', '如为其他云连接网，先调用 UnbindSmartAccessGateway。'],
  },
  SmartAccessGatewayInArrears: {
    en: [
      'The subscription has ended (`EndTime` has passed), or a bill is unpaid.',
      'Renew it (`opensag operator billing renew`): service and configuration are back at once.',
    ],
    zh: [
      '包年包月已到期（已过 `EndTime`），或有账单未支付。',
      '续费（`opensag operator billing renew`）后服务与配置立即恢复。',
    ],
  },
  SmartAccessGatewayNotActivated: {
    en: [
      'The hardware instance has not been activated: its order is unpaid, or the box is on its way or has just arrived.',
      'Call ActivateSmartAccessGateway once it shows `Received`; 15 days after its arrival it activates itself.',
    ],
    zh: [
      '硬件实例尚未激活：订单未支付，或设备在途、刚刚到货。',
      '状态为 `Received` 后调用 ActivateSmartAccessGateway；到货 15 天后自动激活。',
    ],
    in: {
      BindSmartAccessGateway: {
        en: [
          'Hardware has not been activated, or the order of an App or vCPE has not been paid.',
          'Call ActivateSmartAccessGateway, or pay the order (`opensag operator order pay`).',
        ],
        zh: [
          '硬件尚未激活，或 App、vCPE 的订单未支付。',
          '调用 ActivateSmartAccessGateway，或支付订单（`opensag operator order pay`）。',
        ],
      },
    },
  },
  SmartAccessGatewayNotBind: {
    en: [
      'The instance is in no CCN; connection audit and SNAT entries mean something inside one only.',
      'Call BindSmartAccessGateway first.',
    ],
    zh: ['实例未绑定云连接网；连接审计和 SNAT 条目仅在云连接网内有效。', '先调用 BindSmartAccessGateway。'],
    in: {
      UnbindSmartAccessGateway: {
        en: ['The instance is not in this CCN.', 'Look at `AssociatedCcnId` in DescribeSmartAccessGateways.'],
        zh: ['实例不在该云连接网中。', '在 DescribeSmartAccessGateways 中查看 `AssociatedCcnId`。'],
      },
    },
  },
  SmartAccessGatewayNotOnline: {
    en: [
      'The control channel of the device is down: off, without uplink, restarting, upgrading, or locked.',
      'Power it on or check its uplink; `opensag operator device list` shows it. A locked one needs UnlockSmartAccessGateway.',
    ],
    zh: [
      '设备的控制通道未连接：关机、无上行链路、正在重启或升级，或已锁定。',
      '给设备上电或检查上行链路；`opensag operator device list` 显示状态。已锁定的设备用 UnlockSmartAccessGateway 解锁。',
    ],
    in: {
      ModifySAGAdminPassword: {
        en: [
          'Another gateway of the instance is connected, the named one is not: a cold standby, restarting, upgrading, or locked.',
          'Connect it, or name the other one; `opensag operator device list` shows both.',
        ],
        zh: [
          '实例的另一台网关已连接，但指定的设备未连接：冷备、正在重启或升级，或已锁定。',
          '使其连接，或指定另一台；`opensag operator device list` 显示两台的状态。',
        ],
      },
    },
  },
  SmartAccessGatewayOffline: {
    en: [
      'None of the instance’s gateways is connected, or the connection broke during the change; the old password stays.',
      'Power it on or check its uplink; `opensag operator device list` shows its control channel.',
    ],
    zh: [
      '实例的网关均未连接，或修改期间连接中断；旧密码仍有效。',
      '给网关上电或检查其上行链路；`opensag operator device list` 显示控制通道状态。',
    ],
  },
} as const satisfies Explanations<'SmartAccessGateway'>
