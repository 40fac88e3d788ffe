import type { Cidr } from '@opensag/rules'
import { type Param, text } from '../../declare/index.ts'
import { parseRange, parseSnatRange } from '../../model/ccn.ts'

// What several operations on networks ask for alike.

export const ccnId: Param<string | undefined> = text()
  .example('ccn-l9340rlu5ens00000')
  .about('The ID of the cloud connect network.', '云连接网实例的 ID。')

/** A network lives in one region; its id is enough to find it where the region may be left out. */
export const anyRegionId: Param<string | undefined> = text()
  .example('cn-shanghai')
  .about('The region; without one, wherever it is.', '所在的地域；不指定时不限地域。')

/** Of which account another one's instance is. */
export const otherOwner = {
  en: 'The account the instance belongs to, when that is not your own; it must have granted you the instance.',
  zh: '实例所属的账号。实例属于其他账号且已授权给您时传入。',
} as const

/** Sent, it must have a block: a range is replaced, never taken away by accident. */
export const ccnCidrBlock: Param<
  readonly Cidr[] | undefined,
  'CCN.CidrEmpty' | 'CCN.InvalidCidr' | 'CCN.CidrAmountLimit'
> = text()
  .blank('CCN.CidrEmpty')
  .parsesTo(parseRange, { empty: 'CCN.CidrEmpty', invalid: 'CCN.InvalidCidr', tooMany: 'CCN.CidrAmountLimit' })
  .example('10.0.0.0/16')
  .about(
    'The range its members must come from: up to five blocks with a mask of 8–24 bits, separated by commas.',
    '成员必须使用的私网网段：最多 5 个，掩码 8～24 位，以逗号分隔。',
  )

export const ccnSnatCidrBlock: Param<readonly Cidr[] | undefined, 'CCN.InvalidSnatCidr' | 'CCN.SnatCidrConflict'> =
  text()
    .parsesTo(parseSnatRange, {
      empty: 'CCN.InvalidSnatCidr',
      invalid: 'CCN.InvalidSnatCidr',
      conflict: 'CCN.SnatCidrConflict',
    })
    .example('10.0.0.0/25')
    .about(
      'Addresses branches can be hidden behind: inside `CidrBlock`, with a mask of 8–30 bits.',
      '用于私网 SNAT 的网段：须包含在 `CidrBlock` 内，掩码 8～30 位。',
    )
