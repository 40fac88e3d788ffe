import type { NackReason, SettleVerdict } from '../messages.ts'

/**
 * The gateway's side of a change of the administrator password. It has no state of its own: everything follows from
 * what is durable, so a crash at any point is a start from the same facts. docs/gateway-protocol.md has the tables.
 */
export interface GatewayFacts {
  readonly record: PasswordRecord
  /** The hash the vault accepts; null: none. */
  readonly vault: string | null
}

export interface PasswordRecord {
  /** Highest generation ever accepted; never falls. */
  readonly generation: number
  /** The change whose outcome the server has not told yet. */
  readonly unsettled: UnsettledChange | null
}

export interface UnsettledChange {
  readonly changeId: string
  readonly hash: string
  readonly previous: string | null
}

export const emptyRecord: PasswordRecord = { generation: 0, unsettled: null }

export type GatewayInput =
  | { readonly is: 'started' }
  | { readonly is: 'set'; readonly changeId: string; readonly generation: number }
  | { readonly is: 'prepared'; readonly changeId: string; readonly generation: number; readonly hash: string }
  | { readonly is: 'unusable'; readonly changeId: string }
  | { readonly is: 'failed'; readonly changeId: string }
  | { readonly is: 'settle'; readonly changeId: string; readonly verdict: SettleVerdict }
  | { readonly is: 'first'; readonly hash: string }
  | { readonly is: 'reset' }

/** Carried out in their order, each only after the one before is done; writes are durable when they are done. */
export type GatewayEffect =
  | { readonly do: 'prepare'; readonly changeId: string; readonly generation: number }
  | { readonly do: 'write-record'; readonly record: PasswordRecord }
  | { readonly do: 'write-vault'; readonly hash: string | null }
  | { readonly do: 'end-sessions' }
  | { readonly do: 'send'; readonly message: GatewayAnswer }

export type GatewayAnswer =
  | { readonly kind: 'ack'; readonly changeId: string }
  | { readonly kind: 'nack'; readonly changeId: string; readonly reason: NackReason }
  | { readonly kind: 'settled'; readonly changeId: string }

export function gatewayStep(facts: GatewayFacts, input: GatewayInput): readonly GatewayEffect[] {
  const { record, vault } = facts
  switch (input.is) {
    case 'started':
      return record.unsettled === null || record.unsettled.hash === vault ? [] : [forget(record)]
    case 'set':
      return onSet(facts, input.changeId, input.generation)
    case 'prepared':
      return apply(facts, input)
    case 'unusable':
      return [nack(input.changeId, 'sealed')]
    case 'failed':
      return record.unsettled?.changeId === input.changeId
        ? [...goBack(record, record.unsettled), nack(input.changeId, 'failed')]
        : [nack(input.changeId, 'failed')]
    case 'settle':
      return [
        ...onVerdict(facts, input.changeId, input.verdict),
        { do: 'send', message: { kind: 'settled', changeId: input.changeId } },
      ]
    case 'first':
      if (vault !== null || record.unsettled !== null) return []
      return [{ do: 'write-vault', hash: input.hash }, { do: 'end-sessions' }]
    case 'reset':
      // The vault first: forgetting the change first would leave its password in force after a crash in between.
      return [
        { do: 'write-vault', hash: null },
        ...(record.unsettled === null ? [] : [forget(record)]),
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

function onSet({ record, vault }: GatewayFacts, changeId: string, generation: number): readonly GatewayEffect[] {
  const { unsettled } = record
  if (unsettled !== null) {
    if (unsettled.changeId !== changeId) return [nack(changeId, 'unsettled')]
    if (unsettled.hash === vault) return [{ do: 'send', message: { kind: 'ack', changeId } }]
  }
  if (generation <= record.generation) return [nack(changeId, 'generation')]
  return [{ do: 'prepare', changeId, generation }]
}

function apply(
  { vault }: GatewayFacts,
  { changeId, generation, hash }: { readonly changeId: string; readonly generation: number; readonly hash: string },
): readonly GatewayEffect[] {
  return [
    { do: 'write-record', record: { generation, unsettled: { changeId, hash, previous: vault } } },
    { do: 'write-vault', hash },
    { do: 'end-sessions' },
    { do: 'send', message: { kind: 'ack', changeId } },
  ]
}

function onVerdict({ record }: GatewayFacts, changeId: string, verdict: SettleVerdict): readonly GatewayEffect[] {
  if (record.unsettled?.changeId !== changeId) return []
  return verdict === 'confirm' ? [forget(record)] : goBack(record, record.unsettled)
}

function goBack(record: PasswordRecord, { previous }: UnsettledChange): readonly GatewayEffect[] {
  return [{ do: 'write-vault', hash: previous }, forget(record), { do: 'end-sessions' }]
}

function forget(record: PasswordRecord): GatewayEffect {
  return { do: 'write-record', record: { ...record, unsettled: null } }
}

function nack(changeId: string, reason: NackReason): GatewayEffect {
  return { do: 'send', message: { kind: 'nack', changeId, reason } }
}
