// What is wrong with a rule, or with a list of rules, in several operations alike.

export const ofList = {
  en: [
    'A filter has not the form of what it is for, or the page is out of range.',
    'Pages count from 1 and have up to 50 rows.',
  ],
  zh: ['过滤条件的格式不正确，或分页参数超出范围。', '页码从 1 开始，每页最多 50 条。'],
} as const

export const ofAclRule = {
  en: [
    'A value of the rule is none that it can have, or there are more than 10 applications.',
    'Networks have no bits behind their mask (`10.0.0.0/24`); priorities go from 1 to 100.',
  ],
  zh: ['规则的某个参数取值不合法，或应用多于 10 个。', '网段的主机位须为零（如 `10.0.0.0/24`）；优先级为 1～100。'],
} as const

export const ofApplications = {
  en: [
    'There are more than 10 groups or applications, or one that is in no list.',
    'Take the numbers from ListDpiGroups and ListDpiSignatures.',
  ],
  zh: ['应用组或应用超过 10 个，或不在列表中。', '编号见 ListDpiGroups 与 ListDpiSignatures。'],
} as const

export const ofLimit = {
  en: [
    'The bandwidths of the type of limit are no range: whole numbers from 1 (shares up to 100), the maximum above the minimum.',
    'Send both of them; those of the other type do not count.',
  ],
  zh: [
    '所选限速类型的带宽不构成范围：须为不小于 1 的整数（百分比不超过 100），且最大值大于最小值。',
    '两个值都要传；另一类型的值不使用。',
  ],
} as const

export const ofShares = {
  en: [
    'A bandwidth is below 1, an instance is named twice or not at all, or all instances together would have more than the package.',
    'Give less, or take other instances out first.',
  ],
  zh: ['带宽小于 1、实例重复或未指定，或所有实例的带宽之和超过带宽包。', '减少带宽，或先移出其他实例。'],
} as const

export const ofDissociation = {
  en: ['Neither an instance nor a list of up to 100 was sent.', 'Send `SmartAGId` or `SmartAGIdList`.'],
  zh: ['未传实例，也未传最多 100 个实例的列表。', '传入 `SmartAGId` 或 `SmartAGIdList`。'],
} as const
