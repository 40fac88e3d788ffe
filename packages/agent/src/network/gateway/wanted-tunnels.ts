import { type NetworkConfig, tunnelIdentityOf } from '@opensag/protocol'
import type { IpsecConfig } from '../ipsec/ipsec.ts'

/** The tunnels of a gateway, which goes out from the address `wan`. */
export function wantedTunnels(serial: string, { address, pops }: NetworkConfig, wan: string): IpsecConfig {
  return {
    identity: tunnelIdentityOf(serial),
    address,
    wan,
    tunnels: pops.map((pop) => ({
      name: pop.serial,
      identity: tunnelIdentityOf(pop.serial),
      endpoint: pop.endpoint,
      address: pop.address,
    })),
  }
}
