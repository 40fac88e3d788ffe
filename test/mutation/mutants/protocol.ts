import { folder } from '../mutant.ts'
import { protocolConnections } from './protocol-connections.ts'
import { protocolPasswords } from './protocol-passwords.ts'

const at = 'packages/protocol/src'

/** The rules both sides follow, and the handshake between them. */
export const protocol = folder('protocol', 0.9, at, [...protocolConnections, ...protocolPasswords])
