/** The network of a gateway. Apart from the agent, so that only a gateway that carries one loads it. */

export type { GatewayNetwork } from './network/gateway/gateway-network.ts'
export { readGatewaySetup } from './network/gateway/setup.ts'
export { gatewayFolder, type StartOptions, startGatewayNetwork, takeGatewayAway } from './network/gateway/start.ts'
