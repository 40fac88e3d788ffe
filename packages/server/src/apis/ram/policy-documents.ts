import {
  checkExamples,
  longestExamples,
  longestPolicy,
  type Mistake,
  parseExamples,
  parsePolicy,
} from '../../access/policy/index.ts'
import { type Param, type Refusal, text } from '../../declare/index.ts'
import type { LengthCode } from './error-rows.ts'
import { characters } from './params.ts'

/** What a document may be refused with. */
type Refuse<C extends string> = (code: C, detail: string) => Refusal

type DocumentCode<N extends string> = LengthCode<N> | 'MalformedPolicyDocument'

function policyDocument<const N extends string>(param: N): Param<string | undefined, DocumentCode<N>> {
  return text()
    .satisfies((value) => characters(value) <= longestPolicy, `InvalidParameter.${param}.Length` as LengthCode<N>)
    .invalid('MalformedPolicyDocument')
}

export const identityDocument: Param<string | undefined, DocumentCode<'PolicyDocument'>> = policyDocument(
  'PolicyDocument',
)
  .example(
    '{"Version":"1","Statement":[{"Effect":"Allow","Action":"smartag:Describe*","Resource":"acs:smartag:*:*:smartag/*"}]}',
  )
  .about('What the policy says: JSON of up to 6,144 characters.', '权限策略内容，JSON 格式，最长 6,144 个字符。')

export function trustDocument<const N extends string>(param: N): Param<string | undefined, DocumentCode<N>> {
  return policyDocument(param)
    .example(
      '{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"RAM":["acs:ram::1210123456123456:root"]}}]}',
    )
    .about('Who may assume the role: JSON of up to 6,144 characters.', '信任策略，JSON 格式，最长 6,144 个字符。')
}

export const examples: Param<string | undefined, 'InvalidParameter.Examples.Format'> = text()
  .satisfies((value) => value.length <= longestExamples)
  .invalid('InvalidParameter.Examples.Format')
  .example(
    '[{"action":"smartag:DescribeRegions","resource":"*","expect":"denied"},{"action":"smartag:DescribeSmartAccessGatewayAttribute","resource":"acs:smartag:cn-shanghai:1210123456123456:smartag/sag-tq3sazs17smldn0000","expect":"allowed"}]',
  )
  .about(
    'Not part of the published API: requests and what the policy has to say of them, a JSON list of `action`, `resource`, `context` and `expect` (`allowed` or `denied`). Checked now and with every later version, until other examples replace them.',
    '非公开 API 参数：请求示例及策略应有的结果，JSON 列表，包含 `action`、`resource`、`context` 和 `expect`（`allowed` 或 `denied`）。创建时以及之后的每个版本都会检查，直到被新的示例替换。',
  )

/** @throws Refusal when the document is none, with the place of the mistake */
export function checkDocument(
  document: string,
  kind: 'identity' | 'trust',
  refuse: Refuse<'MalformedPolicyDocument'>,
): void {
  const read = parsePolicy(document, kind)
  if ('mistake' in read) throw refuse('MalformedPolicyDocument', placeOf(read.mistake))
}

/**
 * @param document one that is well-formed
 * @throws Refusal when the examples are none, or the document does not do what one of them says
 */
export function checkAgainstExamples(
  document: string,
  given: string | undefined,
  refuse: Refuse<'InvalidParameter.Examples.Format' | 'PolicyExample.Failed'>,
): void {
  if (given === undefined) return
  const read = parseExamples(given)
  if ('mistake' in read) throw refuse('InvalidParameter.Examples.Format', placeOf(read.mistake))
  const [first, ...others] = checkExamples(document, read.examples)
  if (first === undefined) return
  const more = others.length === 0 ? '' : ` ${others.length} more examples fail.`
  throw refuse(
    'PolicyExample.Failed',
    `Example ${first.index + 1} is to be ${first.example.expect} and is ${first.actual}. ${first.why}${more}`,
  )
}

function placeOf({ line, column, message }: Mistake): string {
  return `Line ${line}, column ${column}: ${message}`
}
