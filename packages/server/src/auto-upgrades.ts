import type { Timers } from '@opensag/protocol'
import type { Logger } from 'pino'
import { isActivated, isInArrears } from './model/activation.ts'
import type { GatewayCommands } from './model/gateway-requests.ts'
import type { Instance } from './model/instance.ts'
import { openSchedules, upgradeNow } from './model/upgrade-policy.ts'
import { findInstance } from './store/fleet/lookups.ts'
import { partSize } from './store/fleet/parts.ts'
import { findFirmware } from './store/gateways/firmware.ts'
import { noteTried, type PolicyInForce, policiesInForce } from './store/gateways/upgrade-policies.ts'
import type { Reader, Store } from './store/store.ts'

export interface AutoUpgradeContext {
  readonly store: Store
  readonly gateways: Pick<GatewayCommands, 'upgrade'>
  readonly nodeId: string
  /** Windows are of the clock that orders go by, which a sandbox can move. */
  readonly businessClock: () => number
  readonly timers: Timers
  readonly logger: Logger
}

interface Due {
  readonly serial: string
  /** Undefined: it has started, and there is nothing newer. */
  readonly version: string | undefined
  readonly start: number | undefined
}

/**
 * Tells the devices whose policies say so to upgrade, on the conditions of UpdateSmartAccessGatewayVersion. Each node does so for
 * the devices it has the connections of. What a device was told is written down first, so that a server that stops in between
 * tells it once at most.
 */
export async function upgradeByPolicies(
  context: AutoUpgradeContext,
  isOver: () => boolean = () => false,
): Promise<void> {
  const { store, nodeId, businessClock } = context
  let after = ''
  for (;;) {
    const from = after
    const part = await store.read((db) => policiesInForce(db, { node: nodeId, after: from, limit: partSize }))
    const isOpen = openSchedules(businessClock())
    for (const one of part) {
      if (isOver()) return
      const { schedule } = one.policy
      // Most of the time that is so of all of them, and nothing more has to be read.
      if (schedule !== undefined && !isOpen(schedule)) continue
      const now = businessClock()
      const due = await store.read((db) => dueOf(db, one, now))
      if (due !== undefined) await carryOut(context, due, now)
    }
    const last = part.at(-1)
    if (last === undefined || part.length < partSize) return
    after = last.policy.serial
  }
}

async function dueOf(db: Reader, { policy, instanceId }: PolicyInForce, now: number): Promise<Due | undefined> {
  const instance = await findInstance(db, instanceId)
  const device = instance?.devices.find(({ serial }) => serial === policy.serial)
  if (instance === undefined || device?.connected !== true || !isServed(instance, now)) return undefined
  const version = upgradeNow(policy, device, await findFirmware(db, device.model), now)
  const { serial, startedAt: start } = device
  const isNewStart = policy.upgradeType === 'boot' && start !== policy.seenStart
  return version !== undefined || isNewStart ? { serial, version, start } : undefined
}

/** As for an upgrade that somebody asks for. */
function isServed(instance: Instance, now: number): boolean {
  return isActivated(instance, now) && !isInArrears(instance, now) && instance.ccnId !== undefined
}

async function carryOut(
  { store, gateways, timers, logger }: AutoUpgradeContext,
  { serial, version, start }: Due,
  at: number,
): Promise<void> {
  await store.write((tx) => noteTried(tx, serial, { version, at, start }))
  if (version === undefined) return
  const outcome = await gateways.upgrade({ serial, began: timers.now() }, version)
  logger.info({ serial, version, outcome }, 'A gateway was told to upgrade, by its policy.')
}
