import { findDesiredConfig, GatewayConfigs } from '../store/gateways/configurations.ts'
import { saveCapabilities } from '../store/gateways/gateways.ts'
import type { ChannelContext } from './context.ts'
import { createTellGateways } from './desired-config.ts'

/**
 * A gateway that was here before carries packets now, or does not any more: what it was told of its network it has not
 * understood, or was not told. Its instance's configuration is offered anew, in the same unit of work as that is kept, so that
 * a server that is killed in between does it when the gateway comes back.
 */
export async function takeCapabilities(
  context: ChannelContext,
  serial: string,
  capabilities: readonly string[],
): Promise<void> {
  const changed = await context.store.write(async (tx) => {
    await saveCapabilities(tx, serial, capabilities)
    const configs = new GatewayConfigs(tx, context.businessClock)
    const desired = await findDesiredConfig(tx, serial)
    if (desired !== undefined) await configs.offerAgain(desired.instanceId)
    return configs.changed
  })
  createTellGateways(context)(changed)
}
