import type { AlertKind } from './alert.ts'

/** What a channel is told: some alerts of one rule, to which the same has happened. */
export interface AlertMessage {
  /** A receiver that gets it twice knows it by this. */
  readonly id: string
  readonly occasion: 'Opened' | 'Repeated' | 'Closed' | 'Test'
  readonly accountId: string
  readonly rule: {
    readonly id: string
    readonly name: string
    readonly kind: AlertKind
    /** Minutes or days, as the kind says. */
    readonly threshold: number
  }
  /** When it was written, milliseconds since 1970. */
  readonly at: number
  readonly alerts: readonly ToldAlert[]
}

export interface ToldAlert {
  readonly id: string
  readonly instanceId: string
  readonly instanceName: string
  readonly serial?: string | undefined
  readonly event?: string | undefined
  readonly since: number
}

/** So many alerts one message is about at most; more make several. */
export const alertsOfMessage = 100
