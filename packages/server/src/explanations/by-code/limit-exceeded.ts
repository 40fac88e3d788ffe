import { limits } from '../../apis/ram/limits.ts'
import type { CodeExplanation, Explanations } from '../explanation.ts'

export const limitExceeded = {
  'LimitExceeded.Group': count(limits.groups, 'groups', '用户组数量'),
  'LimitExceeded.Group.Policy': attached('group', '用户组'),
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
  'LimitExceeded.Role': count(limits.roles, 'roles', '角色数量'),
  'LimitExceeded.Role.Policy': attached('role', '角色'),
  'LimitExceeded.Tag': {
    en: [`A role or policy has at most ${limits.tags} tags.`, 'Call UntagResources for those that are not needed.'],
    zh: [`每个角色或权限策略最多 ${limits.tags} 个标签。`, '调用 UntagResources 移除不需要的标签。'],
  },
  'LimitExceeded.User': count(limits.users, 'RAM users', ' RAM 用户数量'),
  'LimitExceeded.VirtualMFADevice': {
    en: [`An account has at most ${limits.mfaDevices} virtual devices.`, 'Delete those that are bound to nobody.'],
    zh: [`每个账号最多 ${limits.mfaDevices} 个虚拟多因素认证设备。`, '删除未绑定用户的设备。'],
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
} as const satisfies Explanations<'LimitExceeded'>

/** Of what an account has. */
function count(most: number, en: string, zh: string): CodeExplanation {
  return {
    en: [`The account has ${most} ${en}, as many as it can.`, 'Delete one that is not needed.'],
    zh: [`账号的${zh}已达上限 ${most}。`, '删除不需要的。'],
  }
}

/** Of policies attached to one user, group or role. */
function attached(en: string, zh: string): CodeExplanation {
  const { System, Custom } = limits.attached
  return {
    en: [
      `As many policies of this type are attached to the ${en} as can be: ${System} of the system, ${Custom} custom.`,
      'Detach one, or put several into one.',
    ],
    zh: [
      `${zh}被授予的该类型权限策略已达上限：系统策略 ${System} 个，自定义策略 ${Custom} 个。`,
      '撤销其中之一，或合并多个策略。',
    ],
  }
}
