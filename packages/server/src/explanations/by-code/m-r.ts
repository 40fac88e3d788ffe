import type { Explanations } from '../explanation.ts'

export const mToR = {
  MalformedPolicyDocument: {
    en: [
      'The document is no policy; the message says what is wrong and in which line and column.',
      'Correct it there; docs/policy-language.md describes the language.',
    ],
    zh: ['内容不是合法的权限策略，错误信息给出原因及行列位置。', '按提示修正，语法见 docs/policy-language.md。'],
  },
  NoPermission: {
    en: [
      'A policy does not allow the caller this operation of RAM or STS, or a role does not trust the caller.',
      'Ask the owner of the account for the action that docs/platform-operations.md gives as “Access”; a role is opened to a caller by its trust policy.',
    ],
    zh: [
      '权限策略不允许调用者执行该 RAM 或 STS 操作，或角色不信任该调用者。',
      '请账号所有者授予 docs/platform-operations.zh-CN.md 中“权限”所列的操作；角色由其信任策略决定谁可以扮演。',
    ],
  },
  'NoAnswer.Gateway': {
    en: [
      'Its connection ended, or it took too long: nobody knows whether it ran the tool. It need not be offline.',
      'Ask again; if that happens often, look at its uplink.',
    ],
    zh: ['连接中断或超时，无法得知工具是否已执行；网关不一定离线。', '重试；若经常发生，检查其上行链路。'],
  },
  NotBoundCCN: {
    en: ['The instance is in no CCN.', 'Call BindSmartAccessGateway first.'],
    zh: ['实例未绑定云连接网。', '先调用 BindSmartAccessGateway。'],
  },
  NotBoundCEN: {
    en: ['The CCN of the instance is attached to no CEN.', 'Call AttachCcnInstanceToCen first.'],
    zh: ['实例所在的云连接网未加载到云企业网。', '先调用 AttachCcnInstanceToCen。'],
    in: {
      DetachCcnInstanceFromCen: {
        en: ['The CCN is not attached to this CEN.', 'Look at `AssociatedCenId` in DescribeCloudConnectNetworks.'],
        zh: ['云连接网未加载到该云企业网。', '在 DescribeCloudConnectNetworks 中查看 `AssociatedCenId`。'],
      },
    },
  },
  'NotSupport.Account': {
    en: [
      'The account itself or a role session called; only a RAM user has a password to change.',
      'Call it with a key of the user.',
    ],
    zh: ['调用者是主账号或角色会话；只有 RAM 用户有可修改的密码。', '使用该用户的 AccessKey 调用。'],
  },
  'NotSupport.RoleSession': {
    en: [
      'The call is signed with the keys of a role’s session; a job would go on when the session has ended.',
      'Create it as a user, or as the account.',
    ],
    zh: ['调用使用了角色会话的密钥，而任务在会话结束后仍会继续。', '以用户或账号身份创建任务。'],
  },
  'NotSupport.ServiceLinkedRole': {
    en: [
      'The role belongs to a service: neither its trust policy nor its policies can be changed, and DeleteRole does not delete it.',
      'To delete it, call DeleteServiceLinkedRole; for rights of your own, create another role.',
    ],
    zh: [
      '该角色属于云服务：信任策略和权限策略均不可修改，也不能用 DeleteRole 删除。',
      '如需删除，请调用 DeleteServiceLinkedRole；如需自定义权限，请创建其他角色。',
    ],
  },
  'NotSupport.SecurityPreference': {
    en: [
      'OpenSAG has no remembered codes of second factors and no public keys of users.',
      'Leave the parameter out, or send `false`.',
    ],
    zh: ['OpenSAG 不保留多因素认证的验证码，也不提供用户公钥。', '去掉该参数，或填写 `false`。'],
  },
  NotSupportedProtocol: {
    en: [
      'The protocol is none of those of docs/operations.md.',
      'Write `TCP` with ports for a service that has no name of its own there.',
    ],
    zh: ['不支持该协议，可选值见 docs/operations.zh-CN.md。', '没有名称的服务请使用 `TCP` 并填写端口。'],
  },
  'OperationDenied.Arrearage': {
    en: [
      'The instance has ended, or a bill of it is unpaid.',
      'Renew it; in a sandbox `opensag operator billing` does.',
    ],
    zh: ['实例已到期或欠费。', '续费；沙箱中可用 `opensag operator billing`。'],
  },
  'OperationDenied.NoBindCcn': {
    en: ['The instance is in no cloud connect network.', 'Call BindSmartAccessGateway first.'],
    zh: ['实例未绑定云连接网。', '先调用 BindSmartAccessGateway。'],
  },
  'OperationFailed.AssociateFlowLog': {
    en: [
      'The instance has another flow log.',
      'Call DisassociateFlowLog with that one first; DescribeSmartAccessGatewayAttribute shows it.',
    ],
    zh: [
      '该实例已关联其他流日志。',
      '先用 DisassociateFlowLog 取消关联；可通过 DescribeSmartAccessGatewayAttribute 查看。',
    ],
  },
  'OperationUnsupported.AssociateFlowLog': {
    en: [
      'Only a SAG-1000 records connections: not a SAG APP, a vCPE or another box.',
      'DescribeUnbindFlowLogSags lists the instances that can.',
    ],
    zh: ['只有 SAG-1000 支持记录连接，SAG APP、vCPE 和其他型号不支持。', '支持的实例见 DescribeUnbindFlowLogSags。'],
  },
  OutboxNotSupported: {
    en: [
      'Only a sandbox keeps the mails it would send.',
      'Look into the mailbox of the recipient, or at the log of the mail server.',
    ],
    zh: ['只有沙箱会保留待发邮件。', '请查看收件人邮箱或邮件服务器的日志。'],
  },
  'Param.InvalidVersionComparator': {
    en: ['A comparison of versions is not one there is.', 'Leave it out.'],
    zh: ['版本比较运算符不合法。', '不传该参数。'],
  },
  ParameterSagSnatId: {
    en: ['The instance has no such SNAT entry.', 'Take the id from DescribeSnatEntries; a deleted one is gone.'],
    zh: ['该实例没有此 SNAT 条目。', '从 DescribeSnatEntries 获取 ID；已删除的无需再删。'],
  },
  PermissionError: {
    en: [
      'The instance was granted to a CCN of yours: you may use it in the network, not change it.',
      'Let the owner of the instance do it.',
    ],
    zh: ['该实例已授权给您的云连接网：可以在网络中使用，但不能修改。', '由实例所有者操作。'],
  },
  'PolicyExample.Failed': {
    en: [
      'The policy allows what one of its examples says is denied, or the other way round; the message says which.',
      'Correct the policy; or send other `Examples`, when the rule itself has changed.',
    ],
    zh: [
      '权限策略的效果与其某个示例相反，错误信息给出是哪一个。',
      '修正权限策略；如规则本身已变化，传入新的 `Examples`。',
    ],
  },
  'QuotaExceeded.AlertChannel': {
    en: ['The account has 20 channels already.', 'Delete one that no rule has; one channel serves many rules.'],
    zh: ['账号已有 20 个告警渠道。', '删除没有规则使用的渠道；一个渠道可供多条规则使用。'],
  },
  'QuotaExceeded.AlertRule': {
    en: ['The account has 50 rules already.', 'Delete one, or let one rule be about more instances.'],
    zh: ['账号已有 50 条告警规则。', '删除其中一条，或让一条规则覆盖更多实例。'],
  },
  'QuotaExceeded.Flowlog': {
    en: ['The account has 10 flow logs.', 'Delete one; many instances can have the same one.'],
    zh: ['该账号已有 10 个流日志。', '删除其中之一；多个实例可以关联同一个流日志。'],
  },
  'QuotaExceeded.Job': {
    en: ['The account has 20 jobs that have not ended.', 'Wait until one ends, or stop one with StopJob.'],
    zh: ['账号已有 20 个未结束的任务。', '等待任务结束，或用 StopJob 停止。'],
  },
  'QuotaExceeded.SecurityKey': {
    en: ['The user has five security keys.', 'Delete one that is not used any more.'],
    zh: ['用户已有五个安全密钥。', '删除不再使用的密钥。'],
  },
  ResourceConfiguring: {
    en: [
      'The device is trying out an earlier change, or has just connected and not told of its ports yet.',
      'Wait until the task of the query is `Succeed`, and try again.',
    ],
    zh: ['设备正在试用之前的修改，或刚刚上线、尚未上报端口。', '等待对应查询的任务状态变为 `Succeed` 后重试。'],
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
      RunGatewayTool: {
        en: [
          'It is running a tool for somebody else, or was asked for more than ten within a few seconds.',
          'Wait a moment and try again.',
        ],
        zh: ['网关正在为他人执行工具，或几秒内的请求超过十次。', '稍后重试。'],
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
  'ResourceNotFound.ApplicationBandwidthPackage': {
    en: [
      'The account has no such package in the region.',
      'No operation makes one: ask the operator, who has `opensag operator application-package add`.',
    ],
    zh: [
      '该账号在此地域没有此带宽包。',
      '没有创建带宽包的操作：请运维人员执行 `opensag operator application-package add`。',
    ],
  },
  'RD.InvalidSourceType': {
    en: ['The side is neither `cloud` nor `local`.', 'Send one of the two.'],
    zh: ['来源既不是 `cloud` 也不是 `local`。', '传入二者之一。'],
  },
} as const satisfies Explanations<'M' | 'N' | 'O' | 'P' | 'Q' | 'R'>
