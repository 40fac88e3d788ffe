import { isName } from '@opensag/rules'
import { integer, type Param, text } from '../../../declare/index.ts'
import { isQosDescription, lowestPriority, qosTime } from '../../../model/qos.ts'

// What several operations of the family ask for alike, and say of codes that their tables do not list.

/** Of a table that is published in part. */
export const inPart = {
  en: 'The published table has it not; the page, or the sibling operation, has.',
  zh: '公开的错误码表未列出，文档页面或同类操作列有该错误码。',
}

export const noApplication = [
  403,
  'The specified parameter is invalid.',
  '非法参数。',
  {
    en: 'The table has no code for it; AddACLRule has this one.',
    zh: '该表没有对应的错误码，采用 AddACLRule 的错误码。',
  },
] as const

export const qosRegion: Param<string | undefined> = text()
  .example('cn-shanghai')
  .about('The region of the QoS.', 'QoS 策略所在的地域。')

export const qosId: Param<string | undefined> = text()
  .example('qos-xitd8690ucu8ro0000')
  .about('The ID of the QoS.', 'QoS 策略的 ID。')

export const qosCarId: Param<string | undefined> = text()
  .example('qoscar-n5k8g97lihlph0000')
  .about('The ID of the throttling rule.', '限速规则的 ID。')

export const qosPolicyId: Param<string | undefined> = text()
  .example('qospy-427m9fo6wkh0000')
  .about('The ID of the classification rule.', '流分类规则的 ID。')

export const qosName: Param<string | undefined> = text()
  .satisfies(isName)
  .example('doctest')
  .about(
    'The name: 2–128 letters, Chinese characters, digits, `.`, `_` and `-`, beginning with a letter or Chinese character.',
    '名称，2～128 个字符，以字母或中文开头，可包含字母、中文、数字、`.`、`_` 和 `-`。',
  )

export const qosDescription: Param<string | undefined> = text()
  .satisfies(isQosDescription)
  .example('testdesc')
  .about(
    'The description: 1–512 letters, Chinese characters, digits, spaces, `.`, `_` and `-`, beginning with a letter or Chinese character.',
    '描述，1～512 个字符，以字母或中文开头，可包含字母、中文、数字、空格、`.`、`_` 和 `-`。',
  )

export const priority: Param<number | undefined> = integer()
  .range(1, lowestPriority)
  .example('2')
  .about('The priority, 1–7; 1 comes first.', '优先级，1～7，数值越小优先级越高。')

/** Mbit/s. */
export const absoluteBandwidth: Param<number | undefined> = integer().range(0, 1_000_000)
/** Of 100. */
export const percentage: Param<number | undefined> = integer().range(0, 100)

export const time: Param<string | undefined> = text()
  .satisfies((value) => qosTime(value) !== undefined)
  .example('2022-07-14T16:41:33+0800')

/** In both calls the same. */
export const aboutTimes = {
  start: ['When the rule begins to count; without it, it does already.', '生效的开始时间；不指定时立即生效。'],
  end: ['When the rule ends to count; without it, it never does.', '生效的结束时间；不指定时长期有效。'],
} as const
