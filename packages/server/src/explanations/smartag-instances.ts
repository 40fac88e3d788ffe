import type { Explanation } from './explanations.ts'

/** Instances: which one is meant, its order, its subscription, its size. */
export const instanceCauses = {
  ActionNotSupport: {
    en: ['This kind of instance has no such setting.', 'Leave the parameter out.'],
    zh: ['该类实例没有此项设置。', '不传该参数。'],
    in: {
      ModifySmartAccessGateway: {
        en: [
          'The connection audit exists on SAG APP instances only; `RoutingStrategy`, `SecurityLockThreshold` and `SnatEntries` on all others only.',
          'Leave out what this kind of instance does not have.',
        ],
        zh: [
          '连接审计仅适用于 SAG APP 实例；`RoutingStrategy`、`SecurityLockThreshold`、`SnatEntries` 仅适用于其他实例。',
          '不传该类实例没有的设置。',
        ],
      },
      DeleteSmartAccessGateway: {
        en: [
          'Only hardware can be deleted, and only when it has been overdue for 7 days; App and vCPE are released by the system.',
          'Let the subscription end and wait. (Sandbox: `opensag operator billing expire`, then `opensag operator clock advance`.)',
        ],
        zh: [
          '仅硬件实例可删除，且须欠费满 7 天；App 和 vCPE 由系统释放。',
          '等待到期满 7 天。（沙箱：`opensag operator billing expire`，再 `opensag operator clock advance`。）',
        ],
      },
    },
  },
  'InvalidId.SMARTAG': {
    en: [
      'The instance id is not of the form `sag-…`, or there is no such instance of yours in the region.',
      'Take the id from DescribeSmartAccessGateways in the same region.',
    ],
    zh: ['实例 ID 不是 `sag-…` 形式，或该地域内没有您的此实例。', '从同一地域的 DescribeSmartAccessGateways 获取 ID。'],
    in: {
      ModifySmartAccessGateway: {
        en: ['The instance id is not of the form `sag-…`.', 'Take the id from DescribeSmartAccessGateways.'],
        zh: ['实例 ID 不是 `sag-…` 形式。', '从 DescribeSmartAccessGateways 获取 ID。'],
      },
      UpdateSmartAccessGatewayVersion: {
        en: [
          'There is no such instance in the region, or it is a SAG APP, which has no device to upgrade.',
          'Take the id of a gateway from DescribeSmartAccessGateways.',
        ],
        zh: [
          '该地域内没有此实例，或为 SAG APP 实例，没有可升级的设备。',
          '从 DescribeSmartAccessGateways 获取网关实例的 ID。',
        ],
      },
    },
  },
  'SAG.InstanceIdEmpty': {
    en: ['The instance id was not sent or is blank.', 'Send it; DescribeSmartAccessGateways lists yours.'],
    zh: ['未传实例 ID，或为空。', '传入实例 ID；可通过 DescribeSmartAccessGateways 查询。'],
    in: {
      DescribeGrantSagVbrRules: {
        en: ['Neither `SmartAGId` nor `VbrInstanceId` was sent.', 'Send one of the two.'],
        zh: ['`SmartAGId` 与 `VbrInstanceId` 均未传入。', '至少传入其中之一。'],
      },
      ModifySmartAccessGateway: {
        en: ['`SmartAGId` was sent and is blank.', 'Send the id; DescribeSmartAccessGateways lists yours.'],
        zh: ['传入了 `SmartAGId`，但值为空。', '传入实例 ID；可通过 DescribeSmartAccessGateways 查询。'],
      },
    },
  },
  'SAG.InstanceNoFound': {
    en: [
      'Your account has no such instance in this region: a typo, another region, another account’s, or deleted. Where the operation is about accounts of a SAG APP, a gateway’s id is not found either.',
      'Take id and region from DescribeSmartAccessGateways.',
    ],
    zh: [
      '该地域内您的账号没有此实例：拼写错误、地域不符、属于其他账号或已删除。客户端账号类操作中，网关实例的 ID 也视为不存在。',
      '从 DescribeSmartAccessGateways 获取实例 ID 与地域。',
    ],
    in: {
      UpdateSmartAccessGatewayAdminPassword: {
        en: [
          'There is no such instance in the region; with `CrossAccount=true`: not of `ResourceUid`, or not granted to a CCN of yours.',
          'Check id and region; across accounts let the owner call GrantSagInstanceToCcn.',
        ],
        zh: [
          '该地域内没有此实例；`CrossAccount=true` 时：不属于 `ResourceUid`，或未授权给您的云连接网。',
          '检查 ID 与地域；跨账号时由所有者调用 GrantSagInstanceToCcn。',
        ],
      },
    },
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
  'SAG.NoActive': {
    en: [
      'The order of the App or vCPE instance has not been paid, so it serves nothing yet.',
      'Pay the order (`opensag operator order pay`), or create it with `AutoPay=true`.',
    ],
    zh: [
      'App 或 vCPE 实例的订单未支付，尚未开通。',
      '支付订单（`opensag operator order pay`），或创建时传 `AutoPay=true`。',
    ],
  },
  'SAG.Arrearage': {
    en: [
      'The subscription of the App or vCPE instance has ended, or a bill for extra traffic is unpaid.',
      'Renew it (`opensag operator billing renew`) or settle the bill (`opensag operator billing overdue --settled`).',
    ],
    zh: [
      'App 或 vCPE 实例已到期，或超额流量账单未支付。',
      '续费（`opensag operator billing renew`）或结清账单（`opensag operator billing overdue --settled`）。',
    ],
  },
  'SAG.InvalidDataPlan': {
    en: ['`DataPlan` is not the one that is sold: 5 GB for each account and month.', 'Send `5`.'],
    zh: ['`DataPlan` 不是在售套餐：每账号每月 5 GB。', '传入 `5`。'],
  },
  'SAG.InvalidUserCount': {
    en: [
      '`UserCount` is not a whole number from 1 to 2000, or an upgrade would lower it, a downgrade raise it.',
      'Send a number in the right direction; DescribeSmartAccessGatewayAttribute shows the present one.',
    ],
    zh: [
      '`UserCount` 不是 1～2000 的整数，或升配时变小、降配时变大。',
      '按方向传入；当前值见 DescribeSmartAccessGatewayAttribute。',
    ],
  },
  ResourceInOperating: {
    en: ['Something else is being done with it.', 'Wait a moment and try again.'],
    zh: ['资源正在操作中。', '稍后重试。'],
    in: {
      BindSerialNumber: {
        en: [
          'The device’s password is being changed for the instance it was unbound from.',
          'Wait for that to end and try again.',
        ],
        zh: ['设备解绑前的密码修改尚未结束。', '等待其结束后重试。'],
      },
      DeleteSmartAccessGateway: {
        en: [
          'The instance is in a CCN, or a leased line (VBR) backs it up.',
          'Call UnbindVbr and UnbindSmartAccessGateway first.',
        ],
        zh: ['实例已绑定云连接网，或有专线（VBR）备份。', '先调用 UnbindVbr 和 UnbindSmartAccessGateway。'],
      },
      DeleteSmartAccessGatewayClientUser: {
        en: [
          'The account has used traffic this month, which is billed at its end.',
          'Call DisableSmartAccessGatewayUser now and delete it next month.',
        ],
        zh: ['该账号本月已产生流量，需月底结算。', '先调用 DisableSmartAccessGatewayUser 禁用，下月再删除。'],
      },
      ModifySAGAdminPassword: {
        en: [
          'So many other changes of this device’s password are waiting that this one was not begun; the old password is as it was.',
          'Wait a moment and try again.',
        ],
        zh: ['该设备等待中的密码修改过多，本次修改未开始，原密码不变。', '稍后重试。'],
      },
      UpdateSmartAccessGatewayAdminPassword: {
        en: [
          'So many other changes of this device’s password are waiting that this one was not begun; the old password is as it was.',
          'Wait a moment and try again.',
        ],
        zh: ['该设备等待中的密码修改过多，本次修改未开始，原密码不变。', '稍后重试。'],
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
  'UpdateError.SMARTAG': {
    en: ['The instance could not be changed.', 'Try again; look for the `RequestId` in the server’s log.'],
    zh: ['更新智能接入网关失败。', '重试；在服务端日志中按 `RequestId` 查找。'],
  },
} as const satisfies Record<string, Explanation>
