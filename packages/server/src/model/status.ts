import { isInArrears } from './activation.ts'
import type { Instance } from './instance.ts'
import { orderState } from './order.ts'

/** The words of `Status` on the wire. */
export type Status = 'Ordered' | 'Delivered' | 'Received' | 'Returning' | 'Init' | 'Active' | 'Offline' | 'Arrearage'

export type BusinessState = 'Normal' | 'Arrearage'

/** What the network side knows about an instance. */
export interface Attachment {
  readonly ccnId: string | undefined
  /** The tunnel of the active device is up. */
  readonly tunnelUp: boolean
}

/** In no cloud connect network, and so without a tunnel. */
export const unattached: Attachment = { ccnId: undefined, tunnelUp: false }

/** Derived from the stored facts, first match (C; two pages give the meanings). Errors test the facts, never this. */
export function statusOf(instance: Instance, now: number, attachment: Attachment = unattached): Status {
  const order = orderState(instance, now)
  if (order === 'returning') return 'Returning'
  if (isInArrears(instance, now)) return 'Arrearage'
  if (order === 'unpaid') return 'Init'
  if (order === 'ordered') return 'Ordered'
  if (order === 'delivered') return 'Delivered'
  if (order === 'received') return 'Received'
  if (instance.kind === 'app') return 'Active'
  if (attachment.ccnId === undefined) return 'Init'
  const active = instance.devices.find((device) => device.role === 'active')
  return active?.connected === true && attachment.tunnelUp ? 'Active' : 'Offline'
}

export function businessStateOf(instance: Instance, now: number): BusinessState {
  return isInArrears(instance, now) ? 'Arrearage' : 'Normal'
}
