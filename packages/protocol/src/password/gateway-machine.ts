import type { NackReason, SettleVerdict } from '../messages.ts'

/**
 * The gateway's side of a change of the administrator password. It has no state of its own: everything follows from
 * what is durable, so a crash at any point is a start from the same facts. docs/password-protocol.md has the tables.
 */
export interface GatewayFacts {
  readonly record: PasswordRecord
  /** The hash the vault accepts; null: none. */
  readonly vault: string | null
}

export interface PasswordRecord {
  /** Highest generation ever accepted or refused; never falls, so that a `set` is answered for good. */
  readonly generation: number
  /** The change whose outcome the server has not told yet. */
  readonly unsettled: UnsettledChange | null
  /** The last change it was told has succeeded: how it proves which password it holds. Null before the first. */
  readonly holds: string | null
  /** Its generation: never below that again, unless it is ordered. Null where an older version wrote the record. */
  readonly holdsGeneration: number | null
}

export interface UnsettledChange {
  readonly changeId: string
  /** Null where an older version wrote the record. */
  readonly generation: number | null
  readonly hash: string
  readonly previous: string | null
  /** A person at the gateway has set or cleared the password since: theirs is the later word, whatever the verdict. */
  readonly overruled: boolean
}

export const emptyRecord: PasswordRecord = { generation: 0, unsettled: null, holds: null, holdsGeneration: null }

export type GatewayInput =
  | { readonly is: 'started' }
  | { readonly is: 'set'; readonly changeId: string; readonly generation: number }
  | { readonly is: 'prepared'; readonly changeId: string; readonly generation: number; readonly hash: string }
  | { readonly is: 'unusable'; readonly changeId: string; readonly generation: number }
  | { readonly is: 'failed'; readonly changeId: string; readonly generation: number }
  | { readonly is: 'settle'; readonly changeId: string; readonly verdict: SettleVerdict }
  /** `over`: what the server was told this gateway holds; when it holds something else by now, nothing happens. */
  | {
      readonly is: 'restore'
      readonly changeId: string
      readonly generation: number
      readonly hash: string
      readonly over: string | null
      /** The operator of the server wants it, though it is older than what this gateway holds. */
      readonly ordered: boolean
    }
  | { readonly is: 'first'; readonly hash: string }
  | { readonly is: 'reset' }

/** Carried out in their order, each only after the one before is done; writes are durable when they are done. */
export type GatewayEffect =
  | { readonly do: 'prepare'; readonly changeId: string; readonly generation: number }
  | { readonly do: 'write-record'; readonly record: PasswordRecord }
  | { readonly do: 'write-vault'; readonly hash: string | null }
  | { readonly do: 'end-sessions' }
  /** `ack`, with the hash as a deposit that only this gateway can open. */
  | { readonly do: 'acknowledge'; readonly changeId: string; readonly generation: number; readonly hash: string }
  | { readonly do: 'send'; readonly message: GatewayAnswer }
  /** The server wants to go back to an older change, and does not say that it was ordered: the connection has to end. */
  | { readonly do: 'refuse-restore'; readonly changeId: string }

export type GatewayAnswer =
  | { readonly kind: 'nack'; readonly changeId: string; readonly reason: NackReason }
  | { readonly kind: 'settled'; readonly changeId: string }
  | { readonly kind: 'restored'; readonly changeId: string }

export function gatewayStep(facts: GatewayFacts, input: GatewayInput): readonly GatewayEffect[] {
  const { record, vault } = facts
  switch (input.is) {
    case 'started':
      return record.unsettled === null ? [] : onStarted(record, record.unsettled, vault)
    case 'set':
      return onSet(facts, input.changeId, input.generation)
    case 'prepared':
      return apply(facts, input)
    case 'unusable':
      return refuse(record, input, 'sealed')
    case 'failed':
      return record.unsettled?.changeId === input.changeId
        ? [...goBack(record, record.unsettled), nack(input.changeId, 'failed')]
        : refuse(record, input, 'failed')
    case 'settle':
      return [
        ...onVerdict(facts, input.changeId, input.verdict),
        { do: 'send', message: { kind: 'settled', changeId: input.changeId } },
      ]
    case 'restore':
      return onRestore(facts, input)
    case 'first':
      if (vault !== null || (record.unsettled !== null && !record.unsettled.overruled)) return []
      return [{ do: 'write-vault', hash: input.hash }, { do: 'end-sessions' }]
    case 'reset':
      // The record first: otherwise a crash in between could look like one inside a change, and the server's word count.
      return [
        ...(record.unsettled === null || record.unsettled.overruled ? [] : [overrule(record, record.unsettled)]),
        { do: 'write-vault', hash: null },
        { do: 'end-sessions' },
      ]
  }
}

/** What the facts are once an effect is done. */
export function gatewayFactsAfter(facts: GatewayFacts, effect: GatewayEffect): GatewayFacts {
  switch (effect.do) {
    case 'write-record':
      return { ...facts, record: effect.record }
    case 'write-vault':
      return { ...facts, vault: effect.hash }
    default:
      return facts
  }
}

function onStarted(record: PasswordRecord, unsettled: UnsettledChange, vault: string | null): readonly GatewayEffect[] {
  if (unsettled.overruled) {
    // The button was pressed, and the power cut before the vault was cleared.
    return unsettled.hash === vault ? [{ do: 'write-vault', hash: null }, { do: 'end-sessions' }] : []
  }
  if (unsettled.hash === vault) return []
  if (unsettled.previous === vault) return [forget(record)]
  return [overrule(record, unsettled)]
}

function onSet({ record, vault }: GatewayFacts, changeId: string, generation: number): readonly GatewayEffect[] {
  const { unsettled } = record
  if (unsettled !== null) {
    const { hash } = unsettled
    if (unsettled.changeId === changeId && hash === vault) return [{ do: 'acknowledge', changeId, generation, hash }]
    return refuse(record, { changeId, generation }, 'unsettled')
  }
  if (generation <= record.generation) return [nack(changeId, 'generation')]
  return [{ do: 'prepare', changeId, generation }]
}

function apply(
  { record, vault }: GatewayFacts,
  { changeId, generation, hash }: { readonly changeId: string; readonly generation: number; readonly hash: string },
): readonly GatewayEffect[] {
  const unsettled = { changeId, generation, hash, previous: vault, overruled: false }
  return [
    { do: 'write-record', record: { ...record, generation, unsettled } },
    { do: 'write-vault', hash },
    { do: 'end-sessions' },
    { do: 'acknowledge', changeId, generation, hash },
  ]
}

function onVerdict({ record }: GatewayFacts, changeId: string, verdict: SettleVerdict): readonly GatewayEffect[] {
  const { unsettled } = record
  if (unsettled?.changeId !== changeId) return []
  if (verdict === 'confirm') return [forget({ ...record, holds: changeId, holdsGeneration: unsettled.generation })]
  return unsettled.overruled ? [forget(record)] : goBack(record, unsettled)
}

/**
 * A disk that was rolled back to an older image catches up; by the same steps as a change, so that a crash settles. A server
 * whose store was rolled back would have it fall behind, back to a password that was replaced, perhaps because it had leaked.
 */
function onRestore(
  { record, vault }: GatewayFacts,
  { changeId, generation, hash, over, ordered }: GatewayInput & { is: 'restore' },
): readonly GatewayEffect[] {
  const restored: GatewayEffect = { do: 'send', message: { kind: 'restored', changeId } }
  if (record.unsettled !== null) return []
  if (record.holds === changeId) return [restored]
  if (record.holds !== over) return []
  if (!ordered && generation < (record.holdsGeneration ?? 0)) return [{ do: 'refuse-restore', changeId }]
  const highest = Math.max(record.generation, generation)
  const unsettled = { changeId, generation, hash, previous: vault, overruled: false }
  return [
    { do: 'write-record', record: { ...record, generation: highest, unsettled } },
    { do: 'write-vault', hash },
    {
      do: 'write-record',
      record: { generation: highest, unsettled: null, holds: changeId, holdsGeneration: generation },
    },
    { do: 'end-sessions' },
    restored,
  ]
}

function goBack(record: PasswordRecord, { previous }: UnsettledChange): readonly GatewayEffect[] {
  return [{ do: 'write-vault', hash: previous }, forget(record), { do: 'end-sessions' }]
}

function forget(record: PasswordRecord): GatewayEffect {
  return { do: 'write-record', record: { ...record, unsettled: null } }
}

function overrule(record: PasswordRecord, unsettled: UnsettledChange): GatewayEffect {
  return { do: 'write-record', record: { ...record, unsettled: { ...unsettled, overruled: true } } }
}

/** Whoever reads a `nack` may rely on it: the same `set`, should it come again, finds its generation used. */
function refuse(
  record: PasswordRecord,
  { changeId, generation }: { readonly changeId: string; readonly generation: number },
  reason: NackReason,
): readonly GatewayEffect[] {
  const used: readonly GatewayEffect[] =
    generation > record.generation ? [{ do: 'write-record', record: { ...record, generation } }] : []
  return [...used, nack(changeId, reason)]
}

function nack(changeId: string, reason: NackReason): GatewayEffect {
  return { do: 'send', message: { kind: 'nack', changeId, reason } }
}
