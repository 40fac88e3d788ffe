/** What the simulation of `packages/chaos` runs of the gateway: the real program, with the seams it needs. Not for programs. */
export type { OpenedLink } from './connection-socket.ts'
export { checkName, type Disk } from './disk.ts'
export { type Gateway, startGateway } from './gateway.ts'
export type { Vault } from './vault.ts'
