import type { Meaning } from './answer.ts'
import type { Gateway } from './gateway.ts'
import type { Outcome } from './machine.ts'
import type { Choice, PasswordOperation } from './operation.ts'
import type { Summary } from './summary.ts'

/** A gateway of the plan; everything later names it by its place in the plan. */
export interface PlannedGateway extends Gateway {
  /** From 0; one that no operation is for is in none. */
  readonly wave: number | undefined
  readonly choice: Choice
}

/** Who began a rotation or a run of it, as far as this side knows. */
export interface Actor {
  readonly accessKeyId: string
  /** What the endpoint says the key belongs to, where it says so. */
  readonly principal: string | undefined
  readonly user: string
  readonly host: string
}

/**
 * What a rotation writes down as it goes, one line each. `at` is the wall clock in ISO 8601, for people; nothing is decided
 * by it. No record holds a password in the clear.
 */
export type JournalRecord =
  | {
      readonly kind: 'began'
      readonly format: 1
      readonly rotation: string
      readonly at: string
      readonly endpoint: string
      /** As on the command line. */
      readonly selection: string
      readonly recipients: readonly string[]
      readonly passwords: 'made' | 'given'
      /** Where the encrypted passwords go, if not into the folder of the rotation. */
      readonly out?: string | undefined
      /** From how many former passwords of a gateway its new one differs. */
      readonly history?: number | undefined
    }
  | { readonly kind: 'planned'; readonly gateways: readonly PlannedGateway[] }
  | { readonly kind: 'plan-ended'; readonly gateways: number; readonly waves: number }
  | { readonly kind: 'run'; readonly run: number; readonly at: string; readonly by: Actor }
  /** New passwords, encrypted to the recipients, before any of them is sent. */
  | { readonly kind: 'sealed'; readonly gateways: readonly number[]; readonly run: number; readonly age: string }
  | { readonly kind: 'wave'; readonly wave: number; readonly at: string; readonly gateways: number }
  | {
      /** On disk before the call is sent. */
      readonly kind: 'calling'
      readonly gateway: number
      readonly run: number
      readonly operation: PasswordOperation
      readonly at: string
      /** The endpoint's clock as last heard plus what passed since, milliseconds; undefined before its first answer. */
      readonly endpointTime: number | undefined
    }
  | {
      readonly kind: 'answered'
      readonly gateway: number
      readonly meaning: Meaning
      readonly status: number
      readonly code: string | undefined
      readonly requestId: string | undefined
      readonly at: string
    }
  | { readonly kind: 'lost' | 'not-sent'; readonly gateway: number; readonly why: string; readonly at: string }
  | {
      readonly kind: 'checked'
      readonly gateway: number
      readonly found: 'changed' | 'unchanged' | 'unknown'
      /** Of a changed one: the run whose password it holds. */
      readonly run: number | undefined
    }
  | { readonly kind: 'decided'; readonly gateway: number; readonly outcome: Outcome; readonly at: string }
  | {
      readonly kind: 'run-ended'
      readonly run: number
      readonly at: string
      readonly why: RunEnd
      readonly summary: Summary
      /** SHA-256 (hex) of the file of passwords as this run left it. */
      readonly passwords?: string
    }

/** How a run came to its end. */
export type RunEnd =
  | { readonly is: 'finished' | 'interrupted' }
  /** By the stop rule. */
  | { readonly is: 'too-many-failures'; readonly failed: number }
  | { readonly is: 'halted'; readonly why: string }
