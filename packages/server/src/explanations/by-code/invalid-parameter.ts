import type { Explanations } from '../explanation.ts'
import { invalidParameterDns } from '../invalid-parameter-dns.ts'
import { newerInvalid, ofPassword, ofRouting } from '../newer-box.ts'
import { ofTool } from '../tool-target.ts'
import { tooLong, weak, wrongCharacters, wrongFormat } from '../wording.ts'
import { ofAclRule, ofApplications, ofDissociation, ofLimit, ofList, ofShares } from '../wording-of-rules.ts'

const word = { en: 'letters, digits and `. - _`', zh: '字母、数字和 `. - _`' }
const printable = { en: 'anything but control characters', zh: '除控制字符外的任意字符' }
const roleName = { en: 'letters, digits, `.` and `-`', zh: '字母、数字、`.` 和 `-`' }
const policyName = { en: 'letters, digits and `-`', zh: '字母、数字和 `-`' }
const phone = {
  en: 'a country code, `-` and the number: `86-18600000000`',
  zh: '“国家代码-号码”，例如 `86-18600000000`',
}
const mail = { en: 'a mail address of at most 64 characters', zh: '邮箱地址，最长 64 个字符' }
const namesOf50 = { en: 'a list of at most 50 names', zh: '最多 50 个名称的列表' }
const version = { en: '`v` and a number: `v2`', zh: '`v` 加数字，例如 `v2`' }
const network = {
  en: 'a network without bits behind its mask: `10.0.0.0/24`',
  zh: '合法网段（主机位须为零），例如 `10.0.0.0/24`',
}
const portRange = {
  en: 'two ports such as `80/443`, or `-1/-1` for all',
  zh: '形如 `80/443` 的端口范围，`-1/-1` 表示全部',
}
const time = { en: 'a time such as `2022-07-14T16:41:33+0800`', zh: '形如 `2022-07-14T16:41:33+0800` 的时间' }

export const invalidParameter = {
  ...newerInvalid,
  ...invalidParameterDns,
  InvalidParameter: {
    en: [
      '`SecurityLockThreshold` is not a whole number from 0 on, or a yes-or-no parameter is neither `true` nor `false`.',
      'Correct the value.',
    ],
    zh: ['`SecurityLockThreshold` 不是大于等于 0 的整数，或布尔参数不是 `true`/`false`。', '修正取值。'],
    in: {
      ...ofRouting,
      AddACLRule: ofAclRule,
      AssociateSmartAGWithApplicationBandwidthPackage: ofShares,
      DissociateSmartAGFromApplicationBandwidthPackage: ofDissociation,
      RunGatewayTool: ofTool,
      CreateJob: {
        en: [
          '`WindowStart` and `WindowEnd` are not both given or are the same, `VersionCode` is given for something else than an upgrade, or there would be more than 100 waves.',
          'Correct it; a larger first wave, growth or largest wave makes fewer waves.',
        ],
        zh: [
          '`WindowStart` 与 `WindowEnd` 未同时提供或相同，为升级以外的操作提供了 `VersionCode`，或批次超过 100。',
          '修正取值；增大第一批、倍数或每批上限可以减少批次。',
        ],
      },
      CreateQosCar: ofLimit,
      CreateQosPolicy: ofApplications,
      DescribeACLAttribute: ofList,
      DescribeACLs: ofList,
      DescribeQosCars: ofList,
      DescribeQosPolicies: ofList,
      DescribeQoses: ofList,
      ModifyACLRule: ofAclRule,
      ModifyQosCar: ofLimit,
      ModifyQosPolicy: ofApplications,
    },
  },
  'InvalidParameter.AccountAlias.Format': {
    en: [
      'An alias has small letters, digits and `-`, with no `-` at an end or beside another, and is not 16 digits.',
      'Choose one like that.',
    ],
    zh: [
      '别名由小写字母、数字和 `-` 组成，不能以 `-` 开头或结尾，不能有连续的 `-`，不能是 16 位数字。',
      '按规则命名。',
    ],
  },
  'InvalidParameter.AccountAlias.Length': {
    en: ['An alias has 3 to 63 characters.', 'Choose one of that length.'],
    zh: ['别名长度为 3 至 63 个字符。', '按规则命名。'],
  },
  'InvalidParameter.AuthenticationCode.Format': {
    en: ['A code of a second factor is not six digits.', 'Send what the device shows, with leading zeros.'],
    zh: ['验证码不是 6 位数字。', '填写设备显示的验证码，包括前导零。'],
  },
  'InvalidParameter.AssumeRolePolicyDocument.Length': tooLong('AssumeRolePolicyDocument', 6144),
  'InvalidParameter.Body': {
    en: [
      'A JSON body is no JSON object, is nested too deep, or has a value that no parameter can have.',
      'Send a JSON object or a form.',
    ],
    zh: ['JSON 请求体不是 JSON 对象、嵌套过深，或其取值无法作为参数。', '发送 JSON 对象或表单。'],
  },
  'InvalidParameter.Comments.Length': tooLong('Comments', 128),
  'InvalidParameter.CustomSuffix.NotAllowed': {
    en: ['The service has one role in an account, with a fixed name.', 'Leave `CustomSuffix` out.'],
    zh: ['该云服务在账号中只有一个角色，名称固定。', '不传 `CustomSuffix`。'],
  },
  'InvalidParameter.Description': wrongFormat('Description', {
    en: 'up to 512 letters, Chinese characters, digits, spaces and `. - _` that begin with a letter or Chinese character',
    zh: '以字母或中文开头、最长 512 个字符的字母、中文、数字、空格和 `. - _`',
  }),
  'InvalidParameter.Description.Length': tooLong('Description', 1024),
  'InvalidParameter.Description.NotAllowed': {
    en: ['The service fixes the description of its role.', 'Leave `Description` out.'],
    zh: ['角色描述由云服务预设。', '不传 `Description`。'],
  },
  'InvalidParameter.DestCidr': wrongFormat('DestCidr', network),
  'InvalidParameter.DestPortRange': wrongFormat('DestPortRange', portRange),
  'InvalidParameter.DisplayName.InvalidChars': wrongCharacters('DisplayName', printable),
  'InvalidParameter.DisplayName.Length': tooLong('DisplayName', 128),
  'InvalidParameter.Duplicate': {
    en: ['A parameter comes twice with different values, often in the query and in the body.', 'Send it once.'],
    zh: ['同一参数以不同的值出现两次，常见于查询字符串和请求体各传一次。', '只传一次。'],
  },
  'InvalidParameter.DurationSeconds': {
    en: [
      'The session would be shorter than 900 seconds or longer than the `MaxSessionDuration` of the role.',
      'Ask for less, or raise the limit with UpdateRole.',
    ],
    zh: ['会话有效期短于 900 秒，或超过角色的 `MaxSessionDuration`。', '缩短有效期，或通过 UpdateRole 提高上限。'],
  },
  'InvalidParameter.Email.Format': wrongFormat('Email', mail),
  'InvalidParameter.Encoding': {
    en: ['The text is not UTF-8, or its percent-encoding is broken.', 'Encode as UTF-8, then percent-encode once.'],
    zh: ['文本不是 UTF-8，或百分号编码不正确。', '使用 UTF-8，并且只做一次百分号编码。'],
  },
  'InvalidParameter.EncodedDiagnosticMessage.Format': {
    en: [
      'The text is no diagnostic message of this server, or of a call by another account.',
      'Send the whole `EncodedDiagnosticMessage` of an `AccessDeniedDetail`.',
    ],
    zh: [
      '该文本不是本服务器生成的诊断信息，或属于其他账号的调用。',
      '请完整填写 `AccessDeniedDetail` 中的 `EncodedDiagnosticMessage`。',
    ],
  },
  'InvalidParameter.EndTime': wrongFormat('EndTime', time),
  'InvalidParameter.Examples.Format': {
    en: [
      'The examples are no list of examples; the message says what is wrong and in which line and column.',
      'Correct it there; docs/ram.md shows some.',
    ],
    zh: ['`Examples` 不是合法的示例列表，错误信息给出原因及行列位置。', '按提示修正，示例见 docs/ram.md。'],
  },
  'InvalidParameter.Format': {
    en: ['`Format` is neither `JSON` nor `XML`.', 'Send one of the two, or leave it out.'],
    zh: ['`Format` 既不是 `JSON` 也不是 `XML`。', '传入其中之一，或不传。'],
  },
  'InvalidParameter.Name': wrongFormat('Name', {
    en: 'a name of 2–128 letters, Chinese characters, digits and `. - _` that begins with a letter or Chinese character',
    zh: '以字母或中文开头、2～128 个字符的字母、中文、数字和 `. - _`',
  }),
  'InvalidParameter.NewPassword.TooWeak': weak('NewPassword'),
  'InvalidParameter.OldPassword.Incorrect': {
    en: [
      '`OldPassword` is not the password there is, or it was changed meanwhile.',
      'Send the present one, or have it set by UpdateLoginProfile.',
    ],
    zh: ['`OldPassword` 不是当前密码，或密码刚被修改。', '传入当前密码，或通过 UpdateLoginProfile 重设。'],
  },
  'InvalidParameter.GroupName.InvalidChars': wrongCharacters('GroupName', word),
  'InvalidParameter.GroupName.Length': tooLong('GroupName', 64),
  'InvalidParameter.LoginNetworkMasks.Format': {
    en: [
      'A part of the list is no address and no CIDR block, or the list is too long.',
      'Write IPv4 or IPv6 blocks with `;` between them, such as `192.168.0.0/16;10.0.0.0/8`.',
    ],
    zh: [
      '列表中有非法的地址或地址段，或列表过长。',
      '填写以 `;` 分隔的 IPv4 或 IPv6 地址段，例如 `192.168.0.0/16;10.0.0.0/8`。',
    ],
  },
  'InvalidParameter.MinimumPasswordLength.Range': {
    en: ['The shortest password must have 8 to 32 characters.', 'Send a number in this range.'],
    zh: ['密码最小长度必须在 8 至 32 之间。', '填写该范围内的数字。'],
  },
  'InvalidParameter.MobilePhone.Format': wrongFormat('MobilePhone', phone),
  'InvalidParameter.NewAssumeRolePolicyDocument.Length': tooLong('NewAssumeRolePolicyDocument', 6144),
  'InvalidParameter.NewComments.Length': tooLong('NewComments', 128),
  'InvalidParameter.NewDescription.Length': tooLong('NewDescription', 1024),
  'InvalidParameter.NewDisplayName.InvalidChars': wrongCharacters('NewDisplayName', printable),
  'InvalidParameter.NewDisplayName.Length': tooLong('NewDisplayName', 128),
  'InvalidParameter.NewEmail.Format': wrongFormat('NewEmail', mail),
  'InvalidParameter.NewGroupName.InvalidChars': wrongCharacters('NewGroupName', word),
  'InvalidParameter.NewGroupName.Length': tooLong('NewGroupName', 64),
  'InvalidParameter.NewMobilePhone.Format': wrongFormat('NewMobilePhone', phone),
  'InvalidParameter.NewUserName.InvalidChars': wrongCharacters('NewUserName', word),
  'InvalidParameter.NewUserName.Length': tooLong('NewUserName', 64),
  'InvalidParameter.Password': {
    en: [
      'A client password has 8–32 characters: first a letter, digit or Chinese character, then letters, digits, `_ @ . -`.',
      'Choose one like that.',
    ],
    zh: ['客户端密码为 8～32 个字符，以字母、数字或汉字开头，其余为字母、数字、`_ @ . -`。', '按规则设置。'],
    in: {
      ...ofPassword,
      CreateSmartAccessGatewayClientUser: {
        en: [
          '`UserName` was sent without `Password`, or the password is not of 8–32 characters: first a letter, digit or Chinese character, then letters, digits, `_ @ . -`.',
          'Send both, or neither to have them made.',
        ],
        zh: [
          '传了 `UserName` 但未传 `Password`，或密码不符合规则：8～32 个字符，以字母、数字或汉字开头，其余为字母、数字、`_ @ . -`。',
          '同时传入，或都不传由系统生成。',
        ],
      },
      UpdateSmartAccessGatewayAdminPassword: {
        en: ['A password has 8–30 letters, digits and underscores.', 'Choose one like that.'],
        zh: ['密码为 8～30 个字母、数字或下划线。', '按规则设置。'],
      },
    },
  },
  'InvalidParameter.Password.TooWeak': weak('Password'),
  'InvalidParameter.PolicyDocument.Length': tooLong('PolicyDocument', 6144),
  'InvalidParameter.PolicyGrammar': {
    en: ['The session policy is no policy.', 'CreatePolicy tells the place of the mistake in the same document.'],
    zh: ['会话策略语法错误。', '用同一文档调用 CreatePolicy 可得知错误的位置。'],
  },
  'InvalidParameter.PolicyName.InvalidChars': wrongCharacters('PolicyName', policyName),
  'InvalidParameter.PolicyName.Length': tooLong('PolicyName', 128),
  'InvalidParameter.PolicySize': {
    en: ['The session policy has more than 2,048 characters.', 'Shorten it, or attach a policy to the role instead.'],
    zh: ['会话策略超过 2048 个字符。', '缩短策略，或改为给角色授权。'],
  },
  'InvalidParameter.PolicyType': {
    en: [
      '`PolicyType` is neither `System` nor `Custom`.',
      'Send one of the two; ListPolicies shows which a policy is of.',
    ],
    zh: ['`PolicyType` 既不是 `System` 也不是 `Custom`。', '传入其中之一，可通过 ListPolicies 查询。'],
  },
  'InvalidParameter.Principal': {
    en: [
      'The call names neither a user, nor a role, nor a document, or both a user and a role.',
      'Name the user or the role whose access is in question; a document alone is judged by itself.',
    ],
    zh: [
      '既未指定用户、角色，也未指定权限策略内容；或同时指定了用户和角色。',
      '指定要判断的用户或角色；仅指定权限策略内容时，单独判断该策略。',
    ],
  },
  'InvalidParameter.Priority': wrongFormat('Priority', { en: 'a whole number from 1 to 7', zh: ' 1～7 的整数' }),
  'InvalidParameter.ResourceNames.Format': wrongFormat('ResourceNames', namesOf50),
  'InvalidParameter.ResourceType': {
    en: ['Tags are on resources of the type `role` or `policy`.', 'Send one of the two.'],
    zh: ['标签的资源类型为 `role` 或 `policy`。', '填写二者之一。'],
  },
  'InvalidParameter.RoleArn': {
    en: [
      '`RoleArn` is not of the form `acs:ram::<account>:role/<name>`.',
      'Take the `Arn` of the role from GetRole or ListRoles.',
    ],
    zh: ['`RoleArn` 不是 `acs:ram::<账号>:role/<角色名>` 的形式。', '从 GetRole 或 ListRoles 获取角色的 `Arn`。'],
  },
  'InvalidParameter.RoleName.InvalidChars': wrongCharacters('RoleName', roleName),
  'InvalidParameter.RoleName.Length': tooLong('RoleName', 64),
  'InvalidParameter.RoleSessionName': {
    en: [
      'A session name has 2–64 letters, digits and `.`, `@`, `-`, `_`.',
      'Choose a name like that; it shows in the audit trail.',
    ],
    zh: ['会话名称为 2～64 个字母、数字或 `.`、`@`、`-`、`_`。', '按规则命名，名称会显示在操作审计中。'],
  },
  'InvalidParameter.SourceCidr': wrongFormat('SourceCidr', network),
  'InvalidParameter.SourcePortRange': wrongFormat('SourcePortRange', portRange),
  'InvalidParameter.StartTime': wrongFormat('StartTime', time),
  'InvalidParameter.TooMany': {
    en: ['The request has more parameters than any operation needs.', 'Send fewer, or split the call.'],
    zh: ['请求的参数个数超过上限。', '减少参数，或拆分为多次调用。'],
  },
  'InvalidParameter.Tag.Format': {
    en: [
      'A tag has no key, its key or value is longer than 128 characters, begins with `aliyun` or `acs:` or has `http://` or `https://` in it, a key is there twice, or there are more than 20 tags.',
      'Correct the tag.',
    ],
    zh: [
      '标签没有键，键或值超过 128 个字符、以 `aliyun` 或 `acs:` 开头、包含 `http://` 或 `https://`，键重复，或标签超过 20 个。',
      '修正标签。',
    ],
  },
  'InvalidParameter.TagKeys.Format': {
    en: [
      'There are more than 20 keys, one is longer than 128 characters, or there are none and `All` is not `true`.',
      'Name the keys to take away, or send `All=true`.',
    ],
    zh: [
      '标签键超过 20 个、单个超过 128 个字符，或未填写标签键且 `All` 不为 `true`。',
      '填写要移除的标签键，或传入 `All=true`。',
    ],
  },
  'InvalidParameter.UserName.InvalidChars': wrongCharacters('UserName', word),
  'InvalidParameter.UserName.Length': tooLong('UserName', 64),
  'InvalidParameter.VersionId.Format': wrongFormat('VersionId', version),
  'InvalidParameter.VirtualMFADeviceName.InvalidChars': wrongCharacters('VirtualMFADeviceName', roleName),
  'InvalidParameter.VirtualMFADeviceName.Length': tooLong('VirtualMFADeviceName', 64),
} as const satisfies Explanations<'InvalidParameter'>
