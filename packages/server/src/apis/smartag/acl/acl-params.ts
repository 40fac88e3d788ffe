import { isName } from '@opensag/rules'
import { integer, type Param, text } from '../../../declare/index.ts'
import { type AclRule, aclDirections, aclPolicies, aclSides, lowestAclPriority } from '../../../model/acl.ts'

// What several operations of the family ask for alike.

export const aclRegion: Param<string | undefined> = text()
  .example('cn-shanghai')
  .about('The region of the access control list.', '访问控制列表所在的地域。')

export const aclId: Param<string | undefined> = text()
  .example('acl-ohlexqptfhyaq0000')
  .about('The ID of the access control list.', '访问控制列表的 ID。')

export const acrId: Param<string | undefined> = text()
  .example('acr-gxzxj5w9qqdf1c0000')
  .about('The ID of the rule.', '规则的 ID。')

/** Pages have it in several ways, each of them allowed (C). */
export const aclName: Param<string | undefined> = text()
  .satisfies(isName)
  .example('doctest')
  .about(
    'The name: 2–128 letters, Chinese characters, digits, `.`, `_` and `-`, beginning with a letter or Chinese character.',
    '名称，2～128 个字符，以字母或中文开头，可包含字母、中文、数字、`.`、`_` 和 `-`。',
  )

export const ruleDescription: Param<string | undefined> = text()
  .length(1, 512)
  .example('test')
  .about('The description, up to 512 characters.', '描述，最多 512 个字符。')

export const policy: Param<AclRule['policy'] | undefined> = text()
  .oneOf(...aclPolicies)
  .example('drop')
  .about('Whether connections that match pass.', '匹配的连接允许（`accept`）或拒绝（`drop`）。')

export const direction: Param<AclRule['direction'] | undefined> = text()
  .oneOf(...aclDirections)
  .example('out')
  .about(
    'Who begins the connection: the branch or the remote user (`out`), or the other side (`in`).',
    '连接的方向：由分支或远程用户发起（`out`），或由对端发起（`in`）。',
  )

export const side: Param<AclRule['side'] | undefined> = text()
  .oneOf(...aclSides)
  .example('LAN')
  .about(
    'Where the other side is: in the network of the branch (`LAN`) or on the Internet (`WAN`).',
    '对端所在：私网（`LAN`）或公网（`WAN`）。',
  )

export const priority: Param<number | undefined> = integer()
  .range(1, lowestAclPriority)
  .example('70')
  .about('The priority, 1–100; 1 comes first.', '优先级，1～100，数值越小优先级越高。')
