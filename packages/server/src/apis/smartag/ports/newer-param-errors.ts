import { outsideTable } from './box-errors.ts'

type Row = readonly [status: 400, en: string, zh: string]

const pattern = {
  en: 'The page was not seen to its end; this row, or its pattern, is of its sibling.',
  zh: '未见该操作页面的完整内容，此错误码或其格式来自同类操作。',
} as const

/** Rows for parameters of the newer operations that are not sent, by the names their codes have. */
export function missing<const N extends string>(...names: readonly N[]) {
  return outsideTable(rows('MissParameter', names, missingRow), pattern)
}

/** Rows for parameters whose value is none that they can have. */
export function illegal<const N extends string>(...names: readonly N[]) {
  return outsideTable(rows('InvalidParameter', names, illegalRow), pattern)
}

export function missingRow(name: string): Row {
  return [
    400,
    `The input parameter ${name} that is mandatory for processing this model is not supplied.`,
    `缺少参数${name}。`,
  ]
}

function illegalRow(name: string): Row {
  return [
    400,
    `The input parameter ${name} is not legal, please check your input.`,
    `参数${name}非法，请检查您的输入。`,
  ]
}

function rows<P extends string, N extends string>(
  prefix: P,
  names: readonly N[],
  row: (name: string) => Row,
): { readonly [K in `${P}.${N}`]: Row } {
  return Object.fromEntries(names.map((name) => [`${prefix}.${name}`, row(name)])) as {
    readonly [K in `${P}.${N}`]: Row
  }
}
