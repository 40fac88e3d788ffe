import type { Message } from '../chinese/index.ts'
import { say, translated } from '../say.ts'
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

const titles = {
  status: 'HTTP status',
  code: 'code',
  message: 'message',
  'missing-field': 'missing field',
  'extra-field': 'extra field',
  type: 'type',
  'field-order': 'order of fields',
  'element-order': 'order of elements',
} as const satisfies Readonly<Record<DifferenceKind, Message>>

/** The report for a person. */
export function textOf({ recorded, isWhole, calls, same, different, notCompared }: Report): string {
  const lines = different.flatMap(({ call, action, differences }) => [
    `${call} ${action}`,
    ...differences.flatMap(({ kind, path, recorded: there, here }) => [
      `  ${say(titles[kind])}${path === '' ? '' : ` ${path}`}`,
      `    ${say('recorded: {value}', { value: shownOf(kind, there) })}`,
      `    ${say('here:     {value}', { value: shownOf(kind, here) })}`,
    ]),
  ])
  const others = notCompared.map(({ call, action, why }) =>
    say('{call} {action}: not compared: {why}', { call, action, why }),
  )
  const part = isWhole ? '' : say(' The recording was interrupted: it has only the first calls of its list.')
  const summary = say('{calls} calls recorded on {day}: {same} the same, {different} different.', {
    calls,
    day: recorded,
    same,
    different: different.length,
  })
  return [...lines, ...others, summary + part].join('\n')
}

/** What an answer has is shown as it is; whether it has a field is said. */
function shownOf(kind: DifferenceKind, value: string): string {
  return kind === 'missing-field' || kind === 'extra-field' ? translated(value) : value
}
