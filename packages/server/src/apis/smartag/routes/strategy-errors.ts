import type { Texts } from '@opensag/rules'

const siblings: Texts = {
  en: 'No table is published for this operation; DescribeRouteDistributionStrategies has this code.',
  zh: '该操作没有公开的错误码表，DescribeRouteDistributionStrategies 有该错误码。',
}

/** In the order of evaluation; the order is not published (C). */
export const strategyErrors = {
  'SAG.InstanceIdEmpty': [400, 'You must specify the SAG instance ID.', '必须指定智能接入网关实例 ID。'],
  'RD.InvalidSourceType': [400, 'The specified route source type is invalid.', '路由来源类型非法。'],
  'SAG.InstanceNoFound': [400, 'The specified SAG instance does not exist.', '智能接入网关实例不存在。'],
} as const

/** The same of an operation without a table. */
export const unlistedStrategyErrors = {
  'SAG.InstanceIdEmpty': [...strategyErrors['SAG.InstanceIdEmpty'], siblings],
  'RD.InvalidSourceType': [...strategyErrors['RD.InvalidSourceType'], siblings],
  InvalidParameter: [403, 'The specified parameter is invalid.', '非法参数。', siblings],
  'SAG.InstanceNoFound': [...strategyErrors['SAG.InstanceNoFound'], siblings],
} as const
