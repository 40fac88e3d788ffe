import { timeText } from '../../app/format.ts'
import type { Language } from '../../app/texts.ts'
import type { Action } from '../../ui/action.ts'
import type { AuditEvent } from '../audit/audit-event.ts'
import { fieldWord } from '../audit/event-words.ts'

/** Settings as they were before some change, and those that changed since and stay as they are. */
export interface Restoration {
  readonly values: Readonly<Record<string, string>>
  readonly lacking: readonly string[]
}

/** What ModifySmartAccessGateway sets. Of the last ones an empty value is none that it takes. */
const emptiable: ReadonlySet<string> = new Set(['Name', 'Description', 'Position'])
const settable: ReadonlySet<string> = new Set([
  ...emptiable,
  'CidrBlock',
  'RoutingStrategy',
  'SecurityLockThreshold',
  'EnableSoftwareConnectionAudit',
])

/** The end of a value that the trail kept only in part. */
const cutMark = '…[cut]'

/**
 * The settings before the change at `index`: that one and all after it are undone.
 *
 * @param events the newest first, without a gap up to that one
 */
export function settingsBefore(events: readonly AuditEvent[], index: number, id: string): Restoration {
  // Before it was made there was nothing to go back to.
  if (events[index]?.eventName.startsWith('Create') === true) return { values: {}, lacking: [] }
  const before = new Map<string, string | undefined>()
  const lacking = new Set<string>()
  for (const { changes = [] } of events.slice(0, index + 1)) {
    for (const change of changes) {
      const field = change.field ?? ''
      if (change.resource?.endsWith(`:smartag/${id}`) === true && settable.has(field)) before.set(field, change.before)
      else lacking.add(field)
    }
  }
  const values: Record<string, string> = {}
  for (const [field, value] of before) {
    const isKnown = value !== undefined ? !value.endsWith(cutMark) : emptiable.has(field)
    if (isKnown) values[field] = value ?? ''
    else lacking.add(field)
  }
  return { values, lacking: [...lacking] }
}

interface Words {
  readonly restoreTitle: string
  readonly restoreLead: (time: string) => string
  readonly restoreLacks: (fields: string) => string
}

/** The form of the settings, filled with what they were. */
export function restoreAction(
  settings: Action,
  { values, lacking }: Restoration,
  at: string,
  language: Language,
  t: Words,
): Action {
  const lead = t.restoreLead(timeText(Date.parse(at), language))
  const fields = lacking.map((field) => fieldWord(field, language)).join(', ')
  return {
    ...settings,
    title: t.restoreTitle,
    lead: fields === '' ? lead : `${lead} ${t.restoreLacks(fields)}`,
    fields: (settings.fields ?? []).map((field) => {
      const filled = values[field.name]
      return filled === undefined ? field : { ...field, filled }
    }),
  }
}
