import type { Applications } from '@opensag/protocol'
import { applicationGroups, applications } from '@opensag/rules'
import { list, type Param, text } from '../../declare/index.ts'

const about = [
  'The rule is for connections that are recognised as one of these applications only; up to 10.',
  '仅匹配识别为这些应用的连接，最多 10 个。',
] as const

const groupNumbers = new Set(applicationGroups.map(({ id }) => String(id)))
const signatureNumbers = new Set(applications.map(({ id }) => String(id)))

/** Numbers of ListDpiGroups. */
export const dpiGroupIds: Param<readonly string[] | undefined> = numbersOf(groupNumbers, '5').about(...about)

/** Numbers of ListDpiSignatures. */
export const dpiSignatureIds: Param<readonly string[] | undefined> = numbersOf(signatureNumbers, '91').about(...about)

function numbersOf(known: ReadonlySet<string>, example: string): Param<readonly string[] | undefined> {
  return list(text().example(example)).satisfies((ids) => ids.length <= 10 && ids.every((id) => known.has(id)))
}

interface Sent {
  readonly DpiGroupIds?: readonly string[] | undefined
  readonly DpiSignatureIds?: readonly string[] | undefined
}

/** Undefined: the rule is for all. @param before of a rule that is changed: what is not sent stays */
export function applicationsIn(sent: Sent, before?: Applications | undefined): Applications | undefined {
  if (sent.DpiGroupIds === undefined && sent.DpiSignatureIds === undefined) return before
  return {
    groups: sent.DpiGroupIds?.map(Number) ?? before?.groups ?? [],
    signatures: sent.DpiSignatureIds?.map(Number) ?? before?.signatures ?? [],
  }
}

export function shownApplications({ applications }: { readonly applications?: Applications | undefined }): {
  readonly DpiGroupIds: readonly string[]
  readonly DpiSignatureIds: readonly string[]
} {
  return {
    DpiGroupIds: applications?.groups.map(String) ?? [],
    DpiSignatureIds: applications?.signatures.map(String) ?? [],
  }
}
