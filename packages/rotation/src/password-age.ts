import type { Gateway } from './gateway.ts'

/**
 * What the server tells of the password a gateway has. `default`: nobody has set it, or changed it since the gateway
 * enrolled. Undefined: it tells nothing, because the gateway has not enrolled or has no such password.
 */
export type PasswordAge = 'default' | { readonly changedAt: number } | undefined

export interface AgedGateway {
  readonly gateway: Gateway
  readonly age: PasswordAge
}

/**
 * Those whose password is older than `maxAgeMs` at `now`, both by the server's clock. A default password is older than any
 * limit, and so is one nothing is known of: a policy is not kept by not knowing.
 */
export function olderThan(
  gateways: readonly AgedGateway[],
  { maxAgeMs, now }: { readonly maxAgeMs: number; readonly now: number },
): readonly Gateway[] {
  return gateways
    .filter(({ age }) => typeof age !== 'object' || now - age.changedAt > maxAgeMs)
    .map(({ gateway, age }) => ({
      ...gateway,
      passwordChangedAt: typeof age === 'object' ? new Date(age.changedAt).toISOString() : age,
    }))
}
