import type { ErrorRow } from '../../declare/index.ts'
import { badFormat, type FormatCode, outside } from './error-rows.ts'

/** The row of a malformed parameter about tags. */
export function badTags<const N extends string>(param: N): Readonly<Record<FormatCode<N>, ErrorRow>> {
  const [status, en, zh] = badFormat(param)[`InvalidParameter.${param}.Format` as FormatCode<N>]
  return { [`InvalidParameter.${param}.Format`]: [status, en, zh, outside.forTags] } as unknown as Readonly<
    Record<FormatCode<N>, ErrorRow>
  >
}
