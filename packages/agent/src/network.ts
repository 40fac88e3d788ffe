/** The network of a gateway or of a point of presence. Apart from the agent, so that only what carries one loads it. */

export type { GatewayNetwork } from './network/gateway/gateway-network.ts'
export { readGatewaySetup } from './network/gateway/setup.ts'
export { gatewayFolder, type StartOptions, startGatewayNetwork, takeGatewayAway } from './network/gateway/start.ts'
export { readPopSetup } from './network/pop/setup.ts'
export { popFolder, startPop, takePopAway } from './network/pop/start.ts'
