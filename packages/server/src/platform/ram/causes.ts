import type { Explanation } from '../../operations/causes.ts'
import { limits } from './limits.ts'

/** What leads to the errors of RAM, and what whoever got one can do. */
export const ramCauses: Readonly<Record<string, Explanation>> = {
  ...values(),
  ...entities(),
  ...conflicts(),
  ...quotas(),
}

/** Names, texts and documents. */
function values(): Record<string, Explanation> {
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

/** What is not there, and what is there already. */
function entities(): Record<string, Explanation> {
  const again = { en: 'Nothing is to be done; the state asked for holds.', zh: '已是所要求的状态，无需处理。' }
  return {
    'EntityNotExist.User': {
      en: [
        'The account has no RAM user of this name; or a role session did not name one.',
        'Take the name from ListUsers.',
      ],
      zh: ['账号中没有该名称的 RAM 用户；或角色会话未指定用户。', '从 ListUsers 获取用户名。'],
    },
    'EntityNotExist.User.AccessKey': {
      en: [
        'The user, or the account itself without `UserName`, has no such access key.',
        'Take it from ListAccessKeys, with the same `UserName`.',
      ],
      zh: ['该用户（未传 `UserName` 时为主账号）没有该 AccessKey。', '使用相同的 `UserName` 从 ListAccessKeys 获取。'],
    },
    'EntityNotExist.User.LoginProfile': {
      en: ['The user cannot log on to the console.', 'Call CreateLoginProfile first.'],
      zh: ['该用户未启用控制台登录。', '先调用 CreateLoginProfile。'],
    },
    'EntityNotExist.User.Policy': {
      en: [
        'The policy is not attached to the user itself; it may be to one of its groups.',
        'Look at ListPoliciesForUser.',
      ],
      zh: ['权限策略未直接授予该用户，可能授予了其用户组。', '查看 ListPoliciesForUser。'],
    },
    'EntityNotExist.User.Group': {
      en: ['The user is not in the group.', 'Look at ListGroupsForUser.'],
      zh: ['用户不在该用户组中。', '查看 ListGroupsForUser。'],
    },
    'EntityNotExist.Group': {
      en: ['The account has no group of this name.', 'Take the name from ListGroups.'],
      zh: ['账号中没有该名称的用户组。', '从 ListGroups 获取名称。'],
    },
    'EntityNotExist.Group.Policy': {
      en: ['The policy is not attached to the group.', 'Look at ListPoliciesForGroup.'],
      zh: ['权限策略未授予该用户组。', '查看 ListPoliciesForGroup。'],
    },
    'EntityNotExist.Role': {
      en: ['The account has no role of this name.', 'Take the name from ListRoles.'],
      zh: ['账号中没有该名称的角色。', '从 ListRoles 获取名称。'],
    },
    'EntityNotExist.Role.Policy': {
      en: ['The policy is not attached to the role.', 'Look at ListPoliciesForRole.'],
      zh: ['权限策略未授予该角色。', '查看 ListPoliciesForRole。'],
    },
    'EntityNotExist.Policy': {
      en: [
        'There is no policy of this name and type; those of the system cannot be changed or deleted.',
        'Take name and `PolicyType` from ListPolicies.',
      ],
      zh: ['没有该名称和类型的权限策略；系统策略不能修改或删除。', '从 ListPolicies 获取名称和 `PolicyType`。'],
    },
    'EntityNotExist.Policy.Version': {
      en: [
        'The policy has no such version; numbers of deleted ones are not used again.',
        'Take it from ListPolicyVersions.',
      ],
      zh: ['该权限策略没有此版本；已删除的版本号不会再次使用。', '从 ListPolicyVersions 获取。'],
    },
    'EntityNotExists.ResourceGroup': {
      en: [
        '`ResourceGroupId` names a scope; there is none but the whole account.',
        'Leave it out, or send the ID of the account.',
      ],
      zh: ['`ResourceGroupId` 指定了授权范围，此处仅支持整个账号。', '不传，或传入账号 ID。'],
    },
    'EntityAlreadyExists.User': {
      en: ['The account has a RAM user of this name.', 'Choose another name.'],
      zh: ['账号中已有该名称的 RAM 用户。', '更换名称。'],
    },
    'EntityAlreadyExists.User.LoginProfile': {
      en: ['The user can log on already.', 'Call UpdateLoginProfile to set another password.'],
      zh: ['用户已启用控制台登录。', '如需修改密码，调用 UpdateLoginProfile。'],
    },
    'EntityAlreadyExists.User.Group': {
      en: ['The user is in the group.', again.en],
      zh: ['用户已在该用户组中。', again.zh],
    },
    'EntityAlreadyExists.User.Policy': {
      en: ['The policy is attached to the user.', again.en],
      zh: ['权限策略已授予该用户。', again.zh],
    },
    'EntityAlreadyExists.Group': {
      en: ['The account has a group of this name.', 'Choose another name.'],
      zh: ['账号中已有该名称的用户组。', '更换名称。'],
    },
    'EntityAlreadyExists.Group.Policy': {
      en: ['The policy is attached to the group.', again.en],
      zh: ['权限策略已授予该用户组。', again.zh],
    },
    'EntityAlreadyExists.Role': {
      en: ['The account has a role of this name.', 'Choose another name.'],
      zh: ['账号中已有该名称的角色。', '更换名称。'],
    },
    'EntityAlreadyExists.Role.Policy': {
      en: ['The policy is attached to the role.', again.en],
      zh: ['权限策略已授予该角色。', again.zh],
    },
    'EntityAlreadyExists.Policy': {
      en: [
        'The account has a custom policy of this name. The published message says “group” by mistake.',
        'Choose another name, or call CreatePolicyVersion.',
      ],
      zh: ['账号中已有该名称的自定义权限策略。公开的错误信息误写为 group。', '更换名称，或调用 CreatePolicyVersion。'],
    },
    'EntityAlreadyExists.AccountAlias': {
      en: ['Another account has this alias.', 'Choose another one.'],
      zh: ['该别名已被其他账号使用。', '更换别名。'],
    },
  }
}

/** What has to be taken away first. */
function conflicts(): Record<string, Explanation> {
  return {
    'DeleteConflict.User.Group': {
      en: ['The user is in a group.', 'Call RemoveUserFromGroup for each of ListGroupsForUser.'],
      zh: ['用户仍在用户组中。', '对 ListGroupsForUser 中的每个用户组调用 RemoveUserFromGroup。'],
    },
    'DeleteConflict.User.AccessKey': {
      en: ['The user has an access key.', 'Call DeleteAccessKey for each of ListAccessKeys.'],
      zh: ['用户仍有 AccessKey。', '对 ListAccessKeys 中的每个 AccessKey 调用 DeleteAccessKey。'],
    },
    'DeleteConflict.User.LoginProfile': {
      en: ['The user can log on to the console.', 'Call DeleteLoginProfile.'],
      zh: ['用户仍启用控制台登录。', '调用 DeleteLoginProfile。'],
    },
    'DeleteConflict.User.Policy': {
      en: ['A policy is attached to the user.', 'Call DetachPolicyFromUser for each of ListPoliciesForUser.'],
      zh: ['用户仍被授予权限策略。', '对 ListPoliciesForUser 中的每个权限策略调用 DetachPolicyFromUser。'],
    },
    'DeleteConflict.Group.User': {
      en: ['The group has members.', 'Call RemoveUserFromGroup for each of ListUsersForGroup.'],
      zh: ['用户组仍有成员。', '对 ListUsersForGroup 中的每个用户调用 RemoveUserFromGroup。'],
    },
    'DeleteConflict.Group.Policy': {
      en: ['A policy is attached to the group.', 'Call DetachPolicyFromGroup for each of ListPoliciesForGroup.'],
      zh: ['用户组仍被授予权限策略。', '对 ListPoliciesForGroup 中的每个权限策略调用 DetachPolicyFromGroup。'],
    },
    'DeleteConflict.Role.Policy': {
      en: ['A policy is attached to the role.', 'Call DetachPolicyFromRole for each of ListPoliciesForRole.'],
      zh: ['角色仍被授予权限策略。', '对 ListPoliciesForRole 中的每个权限策略调用 DetachPolicyFromRole。'],
      in: {
        DeletePolicy: {
          en: [
            'The policy is attached to a role.',
            'Call DetachPolicyFromRole for each role of ListEntitiesForPolicy.',
          ],
          zh: ['权限策略仍授予角色。', '对 ListEntitiesForPolicy 中的每个角色调用 DetachPolicyFromRole。'],
        },
      },
    },
    'DeleteConflict.Policy.User': {
      en: ['The policy is attached to a user.', 'Call DetachPolicyFromUser for each user of ListEntitiesForPolicy.'],
      zh: ['权限策略仍授予用户。', '对 ListEntitiesForPolicy 中的每个用户调用 DetachPolicyFromUser。'],
    },
    'DeleteConflict.Policy.Group': {
      en: ['The policy is attached to a group.', 'Call DetachPolicyFromGroup for each group of ListEntitiesForPolicy.'],
      zh: ['权限策略仍授予用户组。', '对 ListEntitiesForPolicy 中的每个用户组调用 DetachPolicyFromGroup。'],
    },
    'DeleteConflict.Policy.Version': {
      en: ['The policy has versions beside the one in force.', 'Delete them first, or send `CascadingDelete` `true`.'],
      zh: ['权限策略仍有默认版本以外的版本。', '先删除这些版本，或将 `CascadingDelete` 设为 `true`。'],
    },
    'DeleteConflict.Policy.Version.Default': {
      en: ['The version is in force.', 'Call SetDefaultPolicyVersion with another one first.'],
      zh: ['该版本是默认版本。', '先调用 SetDefaultPolicyVersion 将其他版本设为默认。'],
    },
  }
}

function quotas(): Record<string, Explanation> {
  const { System, Custom } = limits.attached
  const attached = (en: string, zh: string): Explanation => ({
    en: [
      `As many policies of this type are attached to the ${en} as can be: ${System} of the system, ${Custom} custom.`,
      'Detach one, or put several into one.',
    ],
    zh: [
      `${zh}被授予的该类型权限策略已达上限：系统策略 ${System} 个，自定义策略 ${Custom} 个。`,
      '撤销其中之一，或合并多个策略。',
    ],
  })
  const count = (most: number, en: string, zh: string): Explanation => ({
    en: [`The account has ${most} ${en}, as many as it can.`, 'Delete one that is not needed.'],
    zh: [`账号的${zh}已达上限 ${most}。`, '删除不需要的。'],
  })
  return {
    'LimitExceeded.User': count(limits.users, 'RAM users', ' RAM 用户数量'),
    'LimitExceeded.Group': count(limits.groups, 'groups', '用户组数量'),
    'LimitExceeded.Role': count(limits.roles, 'roles', '角色数量'),
    'LimitExceeded.Policy': count(limits.policies, 'custom policies', '自定义权限策略数量'),
    'LimitExceeded.Policy.Version': {
      en: [
        `The policy has ${limits.versions} versions, as many as it can.`,
        'Call DeletePolicyVersion, or send a `RotateStrategy` that deletes the oldest one that is not in force.',
      ],
      zh: [
        `权限策略的版本已达上限 ${limits.versions} 个。`,
        '调用 DeletePolicyVersion，或传入可删除最早非默认版本的 `RotateStrategy`。',
      ],
    },
    'LimitExceeded.User.AccessKey': {
      en: [
        `A user has at most ${limits.keysOfUser} access keys, the account itself ${limits.keysOfAccount}.`,
        'Delete one first; two are enough to change from one to the other.',
      ],
      zh: [
        `每个用户最多 ${limits.keysOfUser} 个 AccessKey，主账号最多 ${limits.keysOfAccount} 个。`,
        '先删除一个；两个足以完成轮换。',
      ],
    },
    'LimitExceeded.User.Group': {
      en: [`The user is in ${limits.groupsOfUser} groups, as many as it can.`, 'Take it out of one first.'],
      zh: [`用户加入的用户组已达上限 ${limits.groupsOfUser} 个。`, '先将其移出其中一个。'],
    },
    'LimitExceeded.User.Policy': attached('user', '用户'),
    'LimitExceeded.Group.Policy': attached('group', '用户组'),
    'LimitExceeded.Role.Policy': attached('role', '角色'),
  }
}
