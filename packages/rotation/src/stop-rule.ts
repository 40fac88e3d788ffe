import { type Amount, amountOf } from './amount.ts'

export interface Progress {
  /** Gateways whose change failed, or whose outcome is not known, in all waves so far. */
  readonly failed: number
  /** Gateways of all waves begun so far, this one included. */
  readonly begun: number
}

/**
 * Whether a rotation has to stop by itself. A percentage is one of the gateways of all waves begun so far, and it stops as
 * soon as the wave can no longer end within it: of a canary wave of five not one may fail under 10 %.
 */
export function isTooMany(most: Amount, { failed, begun }: Progress): boolean {
  return failed > amountOf(most, begun)
}
