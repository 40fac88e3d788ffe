import type { Instance } from './instance.ts'
import { trafficMaster } from './pair.ts'
import { businessStateOf, statusOf } from './status.ts'

/** What somebody who looks after gateways wants to tell apart, the worst first. */
export const fleetHealths = ['locked', 'offline', 'overdue', 'degraded', 'unsynchronized', 'waiting', 'online'] as const

export type FleetHealth = (typeof fleetHealths)[number]

/** The first that applies: of two troubles the graver one is shown. The console decides by the same order of a row of ListFleet. */
export function fleetHealthOf(instance: Instance, now: number): FleetHealth {
  const { devices, kind } = instance
  if (devices.some(({ lockedSince }) => lockedSince !== undefined)) return 'locked'
  if (businessStateOf(instance, now) === 'Arrearage') return 'overdue'
  const status = statusOf(instance, now)
  if (kind === 'app') return status === 'Active' ? 'online' : 'waiting'
  if (status === 'Offline') return 'offline'
  if (status !== 'Active') return 'waiting'
  if (devices.some(({ connected }) => !connected)) return 'degraded'
  return devices.some(({ synStatus }) => synStatus !== 'Synchronized') ? 'unsynchronized' : 'online'
}

/** It counts as offline although its gateway is connected: no tunnel of it is up. */
export function isTunnelDown(instance: Instance): boolean {
  return trafficMaster(instance)?.connected === true
}
