import { start } from './start.ts'
import type * as Types from './types.ts'

export type { Fault, GatewaySpec, StartOptions, TestGateway } from './types.ts'

/** A server, its gateways and its clock, apart from all others. */
export type OpenSag = Types.OpenSag

export const OpenSag: {
  /** Resolves when every gateway is online. */
  start(options?: Types.StartOptions): Promise<Types.OpenSag>
} = { start }
