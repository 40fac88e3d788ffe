import type { Count, Flow } from './conntrack-flows.ts'

/** What went over a connection since the last record of it. */
export interface FlowRecord {
  readonly flow: Flow
  readonly sent: Count
  readonly answered: Count
  /** Milliseconds since 1970 of its first and last packet, as exactly as it was looked at. */
  readonly start: number
  readonly end: number
}

interface Known {
  flow: Flow
  /** What was recorded of it. */
  sent: Count
  answered: Count
  /** Of the first packet that is not recorded. */
  start: number
  changedAt: number
}

const none: Count = { packets: 0, bytes: 0 }

export interface FlowAger {
  /** The connections there are now. Returns what is to be recorded. */
  look(flows: readonly Flow[], now: number): readonly FlowRecord[]
}

/**
 * Decides when a connection is recorded: when it was idle for `inactiveMs`, when it has lasted `activeMs` since its last record,
 * and when it is gone. Of those of the first look only what comes later counts: what went before may be recorded already.
 */
export function createFlowAger({ activeMs, inactiveMs }: { activeMs: number; inactiveMs: number }): FlowAger {
  let known = new Map<string, Known>()
  let isFirst = true

  function look(flows: readonly Flow[], now: number): readonly FlowRecord[] {
    const records: FlowRecord[] = []
    const present = new Map<string, Known>()
    for (const flow of flows) {
      const one = seen(flow, now)
      present.set(keyOf(flow), one)
      if (!hasNew(one)) continue
      if (now - one.changedAt < inactiveMs && now - one.start < activeMs) continue
      records.push(recordOf(one))
      one.sent = flow.sent
      one.answered = flow.answered
    }
    for (const [key, one] of known) if (!present.has(key) && hasNew(one)) records.push(recordOf(one))
    known = present
    isFirst = false
    return records
  }

  function seen(flow: Flow, now: number): Known {
    const before = known.get(keyOf(flow))
    if (before === undefined) {
      const counted = isFirst ? flow : { sent: none, answered: none }
      return { flow, sent: counted.sent, answered: counted.answered, start: now, changedAt: now }
    }
    if (total(before.flow) !== total(flow)) {
      if (!hasNew(before)) before.start = now
      before.changedAt = now
    }
    before.flow = flow
    return before
  }

  return { look }
}

/** The number alone is used again. */
function keyOf({ id, protocol, from, to }: Flow): string {
  return `${id} ${protocol} ${from.address}:${from.port} ${to.address}:${to.port}`
}

function total({ sent, answered }: Pick<Flow, 'sent' | 'answered'>): number {
  return sent.packets + answered.packets
}

function hasNew(one: Known): boolean {
  return total(one.flow) > total(one)
}

function recordOf({ flow, sent, answered, start, changedAt }: Known): FlowRecord {
  return { flow, sent: since(flow.sent, sent), answered: since(flow.answered, answered), start, end: changedAt }
}

function since(now: Count, before: Count): Count {
  return { packets: now.packets - before.packets, bytes: now.bytes - before.bytes }
}
