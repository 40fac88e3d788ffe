import type { Explanation } from './explanations.ts'

/** What leads to the errors about names, texts, documents and passwords. */
export function valueCauses(): Readonly<Record<string, Explanation>> {
  const names: Readonly<Record<string, Allowed>> = {
    UserName: { en: 'letters, digits and `. - _`', zh: '字母、数字和 `. - _`', most: 64 },
    NewUserName: { en: 'letters, digits and `. - _`', zh: '字母、数字和 `. - _`', most: 64 },
    DisplayName: { en: 'anything but control characters', zh: '除控制字符外的任意字符', most: 128 },
    NewDisplayName: { en: 'anything but control characters', zh: '除控制字符外的任意字符', most: 128 },
    GroupName: { en: 'letters, digits and `. - _`', zh: '字母、数字和 `. - _`', most: 64 },
    NewGroupName: { en: 'letters, digits and `. - _`', zh: '字母、数字和 `. - _`', most: 64 },
    RoleName: { en: 'letters, digits, `.` and `-`', zh: '字母、数字、`.` 和 `-`', most: 64 },
    PolicyName: { en: 'letters, digits and `-`', zh: '字母、数字和 `-`', most: 128 },
  }
  const texts: Readonly<Record<string, number>> = {
    Comments: 128,
    NewComments: 128,
    Description: 1024,
    NewDescription: 1024,
    PolicyDocument: 6144,
    AssumeRolePolicyDocument: 6144,
    NewAssumeRolePolicyDocument: 6144,
  }
  const phone = {
    en: 'a country code, `-` and the number: `86-18600000000`',
    zh: '“国家代码-号码”，例如 `86-18600000000`',
  }
  const mail = { en: 'a mail address of at most 64 characters', zh: '邮箱地址，最长 64 个字符' }
  const formats: Readonly<Record<string, { en: string; zh: string }>> = {
    MobilePhone: phone,
    NewMobilePhone: phone,
    Email: mail,
    NewEmail: mail,
    VersionId: { en: '`v` and a number: `v2`', zh: '`v` 加数字，例如 `v2`' },
  }
  const found: Record<string, Explanation> = {}
  for (const [name, { en, zh, most }] of Object.entries(names)) {
    found[`InvalidParameter.${name}.InvalidChars`] = {
      en: [`\`${name}\` has a character that is not among these: ${en}.`, 'Choose another.'],
      zh: [`\`${name}\` 含有不允许的字符，允许：${zh}。`, '更换取值。'],
    }
    found[`InvalidParameter.${name}.Length`] = tooLong(name, most)
  }
  for (const [name, most] of Object.entries(texts)) found[`InvalidParameter.${name}.Length`] = tooLong(name, most)
  for (const [name, { en, zh }] of Object.entries(formats)) {
    found[`InvalidParameter.${name}.Format`] = {
      en: [`\`${name}\` is not ${en}.`, 'Correct it.'],
      zh: [`\`${name}\` 不是${zh}。`, '修正取值。'],
    }
  }
  return {
    ...found,
    MalformedPolicyDocument: {
      en: [
        'The document is no policy; the message says what is wrong and in which line and column.',
        'Correct it there; docs/policy-language.md describes the language.',
      ],
      zh: ['内容不是合法的权限策略，错误信息给出原因及行列位置。', '按提示修正，语法见 docs/policy-language.md。'],
    },
    'InvalidParameter.PolicyType': {
      en: [
        '`PolicyType` is neither `System` nor `Custom`.',
        'Send one of the two; ListPolicies shows which a policy is of.',
      ],
      zh: ['`PolicyType` 既不是 `System` 也不是 `Custom`。', '传入其中之一，可通过 ListPolicies 查询。'],
    },
    'InvalidParameter.Password.TooWeak': weak('Password'),
    'InvalidParameter.NewPassword.TooWeak': weak('NewPassword'),
    'InvalidParameter.OldPassword.Incorrect': {
      en: [
        '`OldPassword` is not the password there is, or it was changed meanwhile.',
        'Send the present one, or have it set by UpdateLoginProfile.',
      ],
      zh: ['`OldPassword` 不是当前密码，或密码刚被修改。', '传入当前密码，或通过 UpdateLoginProfile 重设。'],
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
    'InvalidParameter.Examples.Format': {
      en: [
        'The examples are no list of examples; the message says what is wrong and in which line and column.',
        'Correct it there; docs/ram.md shows some.',
      ],
      zh: ['`Examples` 不是合法的示例列表，错误信息给出原因及行列位置。', '按提示修正，示例见 docs/ram.md。'],
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
    'NotSupport.Account': {
      en: [
        'The account itself or a role session called; only a RAM user has a password to change.',
        'Call it with a key of the user.',
      ],
      zh: ['调用者是主账号或角色会话；只有 RAM 用户有可修改的密码。', '使用该用户的 AccessKey 调用。'],
    },
    'NotSupport.Tag': {
      en: ['Tags were sent; users, policies and roles have none here.', 'Leave them out.'],
      zh: ['传入了标签；此处的用户、权限策略和角色没有标签。', '不传标签。'],
    },
  }
}

interface Allowed {
  readonly en: string
  readonly zh: string
  readonly most: number
}

function tooLong(name: string, most: number): Explanation {
  return {
    en: [`\`${name}\` has more than ${most} characters.`, 'Shorten it.'],
    zh: [`\`${name}\` 超过 ${most} 个字符。`, '缩短内容。'],
  }
}

function weak(name: string): Explanation {
  return {
    en: [
      `\`${name}\` has not 8 to 32 printable characters of at least three kinds: capitals, small letters, digits, others.`,
      'Choose another.',
    ],
    zh: [`\`${name}\` 须为 8 至 32 个可打印字符，至少包含大写字母、小写字母、数字、其他字符中的三种。`, '更换密码。'],
  }
}
