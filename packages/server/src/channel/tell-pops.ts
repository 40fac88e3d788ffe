import { findPops } from '../store/pops/pops.ts'
import type { ChannelContext } from './context.ts'
import { createTellGateways } from './desired-config.ts'

/** A device has an identity now, or another one: points of presence look which tunnels they end. Waits for nobody. */
export function tellPops(context: ChannelContext): void {
  const { store, logger } = context
  const tell = createTellGateways(context)
  store.read(findPops).then(
    (pops) => tell(new Set(pops.map(({ serial }) => serial))),
    (error: unknown) => logger.error({ err: error }, 'Points of presence could not be told of a device that enrolled.'),
  )
}
