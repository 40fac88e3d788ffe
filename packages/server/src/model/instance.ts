import type { Device } from './device.ts'

/** A purchased SAG instance as the rules see it: the stored facts and its bound devices. */
export interface Instance {
  readonly id: string
  readonly accountId: string
  readonly regionId: string
  readonly kind: 'hardware' | 'vcpe' | 'app'
  readonly spec: 'sag-1000' | 'sag-100wm' | 'sag-vcpe' | 'sag-software'
  readonly name: string | undefined
  readonly description: string | undefined
  readonly haType: 'no_backup' | 'cold_backup' | 'warm_backup'
  /** Mbit/s. */
  readonly maxBandwidth: number
  readonly resourceGroupId: string | undefined
  readonly orderId: string
  /** The buyer owns a box already, so nothing is shipped. */
  readonly alreadyHaveSag: boolean
  readonly periodMonths: number
  readonly createdAt: number
  readonly paidAt: number | undefined
  readonly shippedAt: number | undefined
  readonly arrivedAt: number | undefined
  readonly returningAt: number | undefined
  readonly activatedAt: number | undefined
  readonly overdueSince: number | undefined
  /** When the subscription ends, where billing decided it (renewal, expiry); otherwise it follows from start and period. */
  readonly endsAt: number | undefined
  readonly routingStrategy: 'static' | 'dynamic'
  readonly securityLockThreshold: number
  readonly position: string | undefined
  readonly city: string | undefined
  /** The CCN it is in. */
  readonly ccnId: string | undefined
  /** SAG APP only: connections bought; GB included per account and month; its enterprise code in lower case. */
  readonly userCount: number | undefined
  readonly dataPlan: number | undefined
  readonly enterpriseCode: string | undefined
  /** Logon and logoff of remote users are recorded. */
  readonly connectionAudit: boolean
  /** Revision of the configuration its gateways should hold. */
  readonly configRevision: number
  /** The bound devices, the active one first. */
  readonly devices: readonly Device[]
}
