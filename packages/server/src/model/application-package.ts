import type { Applications } from '@opensag/protocol'

/** Bandwidth for some applications, which the operator has given to an account: no operation makes one. */
export interface ApplicationPackage {
  readonly id: string
  readonly accountId: string
  readonly regionId: string
  readonly name: string
  /** Mbit/s, of all its instances together. */
  readonly bandwidth: number
  readonly applications: Applications
  readonly createdAt: number
}
