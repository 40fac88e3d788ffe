import type { Definition } from './definition.ts'

/** One IKE_SA as charon lists it, and what is known of its certificates. */
export interface Sa {
  /** Of charon's. */
  readonly id: string
  /** Of its tunnel. */
  readonly name: string
  /** It is established and carries packets. */
  readonly isUp: boolean
  /** Of its CHILD_SA; absent when it has none. */
  readonly child: string | undefined
  /** Milliseconds since 1970, when the certificate that the peer proved it with ends. */
  readonly peerEndsAt: number
  /** Which of our certificates it was proved with. */
  readonly leaf: number
}

/** The attempts to bring up one tunnel. */
export interface Attempts {
  /** In a row. */
  readonly failures: number
  /** No other before: on the clock of {@link PlanInput.now}. */
  readonly notBefore: number
  readonly isRunning: boolean
}

export interface PlanInput {
  readonly wanted: readonly Definition[]
  /** What charon has been told, by name: the name of the child. */
  readonly loaded: ReadonlyMap<string, string>
  readonly sas: readonly Sa[]
  /** Which of our certificates charon holds; they count up from 1. Undefined: none. */
  readonly leaf: number | undefined
  readonly attempts: ReadonlyMap<string, Attempts>
  /** Milliseconds since 1970. */
  readonly wallNow: number
  readonly now: number
}

export interface Plan {
  readonly unload: readonly string[]
  readonly load: readonly Definition[]
  /** Ids of SAs. */
  readonly terminate: readonly string[]
  readonly initiate: readonly Definition[]
  /** Milliseconds until there is something to do that nothing else will tell of; undefined: nothing. */
  readonly wakeInMs: number | undefined
}

/**
 * What has to be done so that charon carries the tunnels that are wanted and no others. In that order: nobody comes back
 * by a definition that is not wanted any more.
 *
 * | an SA | is ended when |
 * | --- | --- |
 * | of any tunnel | the tunnel is not wanted, or is wanted otherwise than the SA was made |
 * | of any tunnel | the certificate of the peer has ended: charon lets it live on for ever |
 * | of a tunnel that this side begins | this side has a newer certificate, or it carries nothing |
 *
 * What this side begins and has no SA, it begins: with a certificate, and not sooner after a failure than `notBefore`.
 */
export function planTunnels({ wanted, loaded, sas, leaf, attempts, wallNow, now }: PlanInput): Plan {
  const byName = new Map(wanted.map((definition) => [definition.name, definition]))
  const kept = sas.filter((sa) => isSound(sa, byName.get(sa.name), leaf, wallNow))
  const keptIds = new Set(kept.map(({ id }) => id))
  const carried = new Set(kept.map(({ name }) => name))
  const idle = wanted.filter(({ name, initiates }) => initiates && leaf !== undefined && !carried.has(name))
  const waiting = idle.filter(({ name }) => attempts.get(name)?.isRunning !== true)
  const notBefore = ({ name }: Definition): number => attempts.get(name)?.notBefore ?? now
  return {
    unload: [...loaded.keys()].filter((name) => !byName.has(name)),
    load: wanted.filter(({ name, child }) => loaded.get(name) !== child),
    terminate: sas.filter((sa) => !keptIds.has(sa.id)).map(({ id }) => id),
    initiate: waiting.filter((definition) => notBefore(definition) <= now),
    wakeInMs: earliest([
      ...kept.map(({ peerEndsAt }) => peerEndsAt - wallNow),
      ...waiting.map((definition) => notBefore(definition) - now).filter((inMs) => inMs > 0),
    ]),
  }
}

function isSound(sa: Sa, definition: Definition | undefined, leaf: number | undefined, wallNow: number): boolean {
  if (definition === undefined || sa.peerEndsAt <= wallNow) return false
  if (sa.child !== undefined && sa.child !== definition.child) return false
  if (!definition.initiates) return true
  return sa.isUp && (leaf === undefined || sa.leaf >= leaf)
}

function earliest(times: readonly number[]): number | undefined {
  // Not by spreading: a pop has thousands.
  return times.reduce<number | undefined>((least, one) => (least === undefined || one < least ? one : least), undefined)
}

const firstWaitMs = 250
const longestWaitMs = 30_000
/** A tunnel that was up that long had not failed. */
export const soundMs = 30_000

/** After it has been tried once more. `fraction`: of chance, 0 to 1: so that gateways do not come back as one. */
export function afterAttempt(before: Attempts | undefined, now: number, fraction: number): Attempts {
  const failures = (before?.failures ?? 0) + 1
  const wait = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(failures - 1, 16))
  return { failures, notBefore: now + wait * (0.5 + 0.5 * fraction), isRunning: true }
}
