import type { Difference, DifferenceKind } from './difference.ts'

/** What `opensag parity compare --json` prints. */
export interface Report {
  /** Day of the recording. */
  readonly recorded: string
  /** Whether every call of the list is in the recording. */
  readonly isWhole: boolean
  readonly calls: number
  /** Calls that were answered in the same way. */
  readonly same: number
  readonly different: readonly {
    readonly call: number
    readonly action: string
    readonly differences: readonly Difference[]
  }[]
  /** Calls, or lists of an answer, that could not be compared, and why. */
  readonly notCompared: readonly { readonly call: number; readonly action: string; readonly why: string }[]
}

const titles: Readonly<Record<DifferenceKind, string>> = {
  status: 'HTTP status',
  code: 'code',
  message: 'message',
  'missing-field': 'missing field',
  'extra-field': 'extra field',
  type: 'type',
  'field-order': 'order of fields',
  'element-order': 'order of elements',
}

/** The report for a person. */
export function textOf({ recorded, isWhole, calls, same, different, notCompared }: Report): string {
  const lines = different.flatMap(({ call, action, differences }) => [
    `${call} ${action}`,
    ...differences.flatMap(({ kind, path, recorded: there, here }) => [
      `  ${titles[kind]}${path === '' ? '' : ` ${path}`}`,
      `    recorded: ${there}`,
      `    here:     ${here}`,
    ]),
  ])
  const others = notCompared.map(({ call, action, why }) => `${call} ${action}: not compared: ${why}`)
  const part = isWhole ? '' : ' The recording was interrupted: it has only the first calls of its list.'
  const summary = `${calls} calls recorded on ${recorded}: ${same} the same, ${different.length} different.${part}`
  return [...lines, ...others, summary].join('\n')
}
