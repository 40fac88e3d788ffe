/** The network of a gateway, of a point of presence or of a remote user. Apart from the agent, so that only what carries one loads it. */

export type { GatewayNetwork } from './network/gateway/network-parts.ts'
export { renderedGateway } from './network/gateway/rendered.ts'
export { readGatewaySetup } from './network/gateway/setup.ts'
export { type StartOptions, startGatewayNetwork, takeGatewayAway } from './network/gateway/start.ts'
export { openTunnel, type ToldDns } from './network/openvpn/client.ts'
export { renderProfile, type TunnelProfile } from './network/openvpn/profile.ts'
export { openResolver } from './network/openvpn/resolver.ts'
export { readPopSetup } from './network/pop/setup.ts'
export { startPop, takePopAway } from './network/pop/start.ts'
export { runFolder } from './network/run-folder.ts'
