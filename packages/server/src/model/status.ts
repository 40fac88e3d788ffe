import { isInArrears } from './activation.ts'
import type { Device } from './device.ts'
import type { Instance } from './instance.ts'
import { orderState } from './order.ts'
import { trafficMaster } from './pair.ts'

/** The words of `Status` on the wire. */
export type Status = 'Ordered' | 'Delivered' | 'Received' | 'Returning' | 'Init' | 'Active' | 'Offline' | 'Arrearage'

export type BusinessState = 'Normal' | 'Arrearage'

/** What the network side knows about an instance. */
export interface Attachment {
  readonly ccnId: string | undefined
  /** A tunnel of the device that the traffic goes through is up. */
  readonly tunnelUp: boolean
}

/**
 * A gateway's tunnels come up when its instance is in a network and its control channel is up (D: they need both). One that
 * carries packets says itself whether one is up.
 */
export function isTunnelUp(
  instance: Pick<Instance, 'ccnId'>,
  device: Pick<Device, 'connected' | 'tunnelUp'> | undefined,
): boolean {
  return instance.ccnId !== undefined && device?.connected === true && device.tunnelUp !== false
}

export function attachmentOf(instance: Pick<Instance, 'ccnId' | 'devices'>): Attachment {
  return { ccnId: instance.ccnId, tunnelUp: isTunnelUp(instance, trafficMaster(instance)) }
}

/** Derived from the stored facts, first match (C; two pages give the meanings). Errors test the facts, never this. */
export function statusOf(instance: Instance, now: number, attachment: Attachment = attachmentOf(instance)): Status {
  const order = orderState(instance, now)
  if (order === 'returning') return 'Returning'
  if (isInArrears(instance, now)) return 'Arrearage'
  if (order === 'unpaid') return 'Init'
  if (order === 'ordered') return 'Ordered'
  if (order === 'delivered') return 'Delivered'
  if (order === 'received') return 'Received'
  if (instance.kind === 'app') return 'Active'
  if (attachment.ccnId === undefined) return 'Init'
  return trafficMaster(instance)?.connected === true && attachment.tunnelUp ? 'Active' : 'Offline'
}

export function businessStateOf(instance: Instance, now: number): BusinessState {
  return isInArrears(instance, now) ? 'Arrearage' : 'Normal'
}
