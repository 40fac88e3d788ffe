import type { Explanations } from '../explanation.ts'

export const uToZ = {
  UnsupportedHTTPMethod: {
    en: ['The method is neither GET nor POST.', 'Use one of the two.'],
    zh: ['请求方法不是 GET 或 POST。', '改用 GET 或 POST。'],
  },
  'UpdateError.CCN': {
    en: ['The CCN could not be changed.', 'Try again; look for the `RequestId` in the server’s log.'],
    zh: ['更新云连接网失败。', '重试；在服务端日志中按 `RequestId` 查找。'],
  },
  'UpdateError.SMARTAG': {
    en: ['The instance could not be changed.', 'Try again; look for the `RequestId` in the server’s log.'],
    zh: ['更新智能接入网关失败。', '重试；在服务端日志中按 `RequestId` 查找。'],
  },
  'VbrConflict.ChangeSubnet': {
    en: [
      'A block overlaps a route of a leased line (VBR) in the CEN, and this instance cannot back that line up.',
      'Choose blocks apart from it; `opensag operator vbr list` shows the routes.',
    ],
    zh: [
      '网段与云企业网内专线（VBR）的路由重叠，且该实例不能备份该专线。',
      '选择不重叠的网段；`opensag operator vbr list` 显示路由。',
    ],
    in: {
      UnbindVbr: {
        en: [
          'The instance has blocks the leased line routes too; without the backup relation they would be in conflict.',
          'Change them with ModifySmartAccessGateway first.',
        ],
        zh: ['实例的网段同时由专线路由；解除备份关系后会冲突。', '先用 ModifySmartAccessGateway 修改网段。'],
      },
    },
  },
  'VbrConflict.CreateBackup': {
    en: [
      'A block overlaps a route of a leased line (VBR) in the CEN that this instance could back up.',
      'Call BindVbr, then repeat the call; or choose other blocks.',
    ],
    zh: ['网段与云企业网内专线（VBR）的路由重叠，该实例可备份该专线。', '先调用 BindVbr 再重试，或更换网段。'],
    in: {
      BindVbr: {
        en: [
          'A block of the instance overlaps a route of another VBR in the CEN.',
          'Bind that VBR instead, or change the blocks.',
        ],
        zh: ['实例的网段与云企业网内另一 VBR 的路由重叠。', '改为绑定该 VBR，或修改网段。'],
      },
    },
  },
  VersionNotExist: {
    en: ['`VersionType` is not a kind of version there is.', 'Send `Device` or `Dpi`.'],
    zh: ['`VersionType` 不是有效的版本类型。', '传入 `Device` 或 `Dpi`。'],
    in: {
      ModifySagRemoteAccess: {
        en: [
          'The serial number is not a device of this instance, so there is no version to look at.',
          'Take it from DescribeSmartAccessGateways.',
        ],
        zh: ['该序列号不是此实例的设备，没有可查的版本。', '从 DescribeSmartAccessGateways 获取。'],
      },
    },
  },
  VersionTooOld: {
    en: [
      'Every device that is meant runs this version or a newer one.',
      'Take a newer one from DescribeSmartAccessGatewayVersions.',
    ],
    zh: ['所有目标设备已运行该版本或更新的版本。', '从 DescribeSmartAccessGatewayVersions 选择更新的版本。'],
  },
  'UnsupportedFeature.ApplicationAccelerate': {
    en: [
      'The gateways of the instance do not recognise applications, or it is a SAG APP instance.',
      'Call UpdateSmartAGDpiAttribute with `DpiEnabled=true`; ListDpiConfigError and its explanation say what a gateway lacks.',
    ],
    zh: [
      '实例的网关未识别应用，或为 APP 实例。',
      '用 `DpiEnabled=true` 调用 UpdateSmartAGDpiAttribute；网关缺少什么见其错误说明。',
    ],
  },
} as const satisfies Explanations<'U' | 'V' | 'W' | 'X' | 'Y' | 'Z'>
