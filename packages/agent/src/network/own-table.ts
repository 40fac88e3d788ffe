import type { System } from './system.ts'

/** The one table of nftables of a gateway, and in each network of a point of presence. */
export const ownTable = 'opensag'

/** Whether it is there. */
export async function hasOwnTable(system: System): Promise<boolean> {
  return (await system.run(['nft', 'list', 'tables', 'inet'])).split('\n').includes(`table inet ${ownTable}`)
}
