import { type Capability, capabilities } from '@opensag/protocol'
import { needsOf } from '../model/desired-config.ts'
import { findDesiredConfig, GatewayConfigs } from '../store/gateways/configurations.ts'
import { findGateway, saveCapabilities } from '../store/gateways/gateways.ts'
import type { ChannelContext } from './context.ts'
import { createTellGateways } from './desired-config.ts'

/** Those without which a part of a configuration is not put in force. */
const ofConfigurations = capabilities.filter((name) => name !== 'config-trial')

/** What of a configuration a gateway puts in force with one of two programs only. */
export function differIn(one: readonly string[], other: readonly string[]): readonly Capability[] {
  return ofConfigurations.filter((name) => one.includes(name) !== other.includes(name))
}

/**
 * A gateway that was here before does more with its configuration now, or less: what it was told of its network, or what its
 * instance has of the other parts, it has not understood, or was not told. The configuration is offered anew, in the same unit of
 * work as that is kept, so that a server that is killed in between does it when the gateway comes back.
 */
export async function takeCapabilities(
  context: ChannelContext,
  serial: string,
  named: readonly string[],
): Promise<void> {
  const changed = await context.store.write(async (tx) => {
    const differing = differIn((await findGateway(tx, serial))?.capabilities ?? [], named)
    await saveCapabilities(tx, serial, named)
    const configs = new GatewayConfigs(tx, context.businessClock)
    const desired = await findDesiredConfig(tx, serial)
    if (desired === undefined) return configs.changed
    const affected = ['network', ...needsOf(desired.config)]
    if (differing.some((name) => affected.includes(name))) await configs.offerAgain(desired.instanceId)
    return configs.changed
  })
  createTellGateways(context)(changed)
}
