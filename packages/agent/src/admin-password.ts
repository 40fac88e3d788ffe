import type { Secret } from '@opensag/protocol'

/** The administrator password as the gateway's local console meets it. */
export interface AdminPassword {
  isSet(): boolean
  verify(password: Secret): Promise<boolean>
  /** The first visit sets it; false when one is set already. */
  setFirst(password: Secret): Promise<boolean>
  /** Called after every change, once it is durable: open console sessions end. */
  onChange(listener: () => void): void
}
