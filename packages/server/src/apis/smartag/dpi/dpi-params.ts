import { integer, list, text } from '../../../declare/index.ts'
import type { FeatureLack } from '../../../model/feature-lack.ts'
import { nextToken, placeIn, tokenOf } from '../../paging.ts'

// What several operations of the family ask for alike, and answer alike.

export const mostResults = integer()
  .range(1, 100)
  .default(20)
  .example('20')
  .about('Rows in one answer, up to 100.', '每次返回的数量，最大 100。')

export const numbers = list(
  text()
    .matches(/^\d{1,9}$/)
    .example('1'),
)

/** By its number where the previous answer ended. */
export const nextNumber = nextToken(numberIn, tokenOf(1))

function numberIn(token: string): number | undefined {
  const number = placeIn(token)
  return /^\d{1,9}$/.test(number) ? Number(number) : undefined
}

export const instanceErrors = {
  'InvalidSmartAGId.NotFound': [400, 'The specified SmartAGId does not exist.', '根据SmartAGId未找到对应实例。'],
  FeatureNotSupport: [
    403,
    'The current edition of the smart access gateway does not support this feature.',
    '智能接入网关当前版本不支持该功能特性。',
  ],
  FeatureNotSupportForActiveSmartAG: [
    403,
    'The current edition of the active smart access gateway does not support this feature.',
    '主智能接入网关的当前版本不支持该功能特性。',
  ],
  FeatureNotSupportForStandBySmartAG: [
    403,
    'The current edition of the standby smart access gateway does not support this feature.',
    '备智能接入网关的当前版本不支持该功能特性。',
  ],
} as const satisfies Readonly<Record<'InvalidSmartAGId.NotFound' | FeatureLack, readonly [number, string, string]>>

export const incorrectStatus = [400, 'The instance status is invalid.', '实例状态非法。'] as const
