import { type AuditEvent, whoIn } from '../audit/audit-event.ts'
import { signInOperations } from '../audit/audit-query.ts'

export interface Change {
  /** The newest of its events. */
  readonly event: AuditEvent
  /** Calls of the same kind by the same person, one after the other. */
  readonly count: number
  /** Of what was changed. */
  readonly names: readonly string[]
}

/** Coming and going is no change. */
export function isChange({ eventName }: Pick<AuditEvent, 'eventName'>): boolean {
  return !signInOperations.includes(eventName)
}

/** The same by the same person, one after the other, is one line. */
export function gathered(events: readonly AuditEvent[]): readonly Change[] {
  const changes: Change[] = []
  for (const event of events) {
    const last = changes.at(-1)
    const names = namesIn(event)
    if (last !== undefined && last.event.eventName === event.eventName && whoIn(last.event) === whoIn(event)) {
      const all = [...new Set([...last.names, ...names])]
      changes[changes.length - 1] = { event: last.event, count: last.count + 1, names: all }
    } else changes.push({ event, count: 1, names })
  }
  return changes
}

function namesIn({ resources = [] }: AuditEvent): readonly string[] {
  return [...new Set(resources.flatMap(({ name, id }) => name ?? id ?? []))]
}
