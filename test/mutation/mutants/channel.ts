import { folder } from '../mutant.ts'
import { channelBounds } from './channel-bounds.ts'
import { channelBus } from './channel-bus.ts'
import { channelConnections } from './channel-connections.ts'
import { channelPasswords } from './channel-passwords.ts'

const at = 'packages/server/src/channel'

/** What connects the machines of the protocol with the store, the bus and the gateways. */
export const channel = folder('channel', 0.9, at, [
  ...channelPasswords,
  ...channelConnections,
  ...channelBounds,
  ...channelBus,
])
