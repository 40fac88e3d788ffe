import { parseCidr } from '@opensag/rules'
import { boolean, ignored, integer, type Param, text } from '../../declare/index.ts'

/** Leftovers of the platform that every request may carry. They have no effect (D). */
export const ownerParams = {
  OwnerAccount: ignored('string').about('Accepted and ignored.', '接受但不使用。'),
  OwnerId: ignored('long').about('Accepted and ignored.', '接受但不使用。'),
  ResourceOwnerAccount: ignored('string').about('Accepted and ignored.', '接受但不使用。'),
  ResourceOwnerId: ignored('long').about('Accepted and ignored.', '接受但不使用。'),
} as const

export const dryRun: Param<boolean> = boolean()
  .default(false)
  .example('false')
  .about('Check the call and change nothing.', '仅检查请求，不做修改。')

export const clientToken: Param<string | undefined> = ignored('string').about(
  'Accepted and ignored: a repeated call does what the first has done.',
  '接受但不使用：重复调用的结果与首次相同。',
)

/** Of a list that is told page by page. */
export const pageNumber: Param<number> = integer()
  .range(1, 2_147_483_647)
  .default(1)
  .example('1')
  .about('The page, from 1.', '页码，从 1 开始。')

/** @param things what is on a page, as a sentence begins with it. */
export function pageSize(things: string): Param<number> {
  return integer().range(1, 50).default(10).example('10').about(`${things} on a page, up to 50.`, '每页数量，最大 50。')
}

/** An instance lives in one region and is not found in another. */
export const regionId: Param<string> = text()
  .required()
  .example('cn-shanghai')
  .about('The region of the instance.', '实例所在的地域。')

export const smartAgId: Param<string | undefined> = text()
  .example('sag-tq3sazs17smldn0000')
  .about('The ID of the Smart Access Gateway instance.', '智能接入网关实例的 ID。')

export const smartAgSn: Param<string | undefined> = text()
  .example('sag32a30000')
  .about('The serial number of a device bound to the instance.', '绑定到实例的设备的序列号。')

/** Of operations that only a SAG APP instance has. */
export const appId: Param<string | undefined> = text()
  .example('sag-tq3sazs17smldn0000')
  .about('The ID of the SAG APP instance.', '智能接入网关 APP 实例的 ID。')

export const clientUserName: Param<string | undefined> = text()
  .example('doctest')
  .about('The name of the account.', '客户端账号的用户名。')

/** The other spelling of the two. */
export const sagId: Param<string> = text()
  .required()
  .example('sag-tq3sazs17smldn0000')
  .about('The ID of the Smart Access Gateway instance.', '智能接入网关实例的 ID。')

export const sn: Param<string> = text()
  .required()
  .example('sag32a30000')
  .about('The serial number of a device bound to the instance.', '绑定到实例的设备的序列号。')

/** One that a branch may have. */
export const address: Param<number | undefined> = text().readsAs(hostAddress).example('192.168.1.1')

export const addressType: Param<string> = text()
  .required()
  .matches(/^(ProbeTask|RemoteWeb)$/)
  .example('ProbeTask')
  .about(
    'What the address is for: `ProbeTask` (probes send from it) or `RemoteWeb` (remote logon).',
    '地址用途：`ProbeTask`（探测任务的源地址）或 `RemoteWeb`（远程登录）。',
  )

/** An address a host can have, as a number; undefined: it is none. */
function hostAddress(value: string): number | undefined {
  const block = parseCidr(`${value}/32`)
  return typeof block === 'string' ? undefined : block.first
}
