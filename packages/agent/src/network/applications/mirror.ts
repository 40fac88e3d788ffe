import type { System } from '../system.ts'

/** Where copies of packets go, and its other end, where they end. */
export const mirrorName = 'dpi0'
const otherEnd = 'dpi1'
const table = 'opensag-applications'
/** Of a connection: what tells it comes first. */
const packetsOfConnection = 32
/** Of all connections, in a second: so much the engine takes in at most. */
const packetsOfSecond = 5_000

/**
 * Copies the first packets of each connection of a branch to an interface that leads nowhere: of those that go on for long the engine
 * sees no more. They are copied as the branch sees them, before any address is hidden.
 */
export async function openMirror(system: System, lan: string): Promise<void> {
  if (!(await isThere(system))) {
    await system.ip([
      `link add ${mirrorName} mtu 9000 type veth peer name ${otherEnd} mtu 9000`,
      ...[mirrorName, otherEnd].map((name) => `link set ${name} arp off`),
    ])
  }
  // They would send of their own accord.
  for (const name of [mirrorName, otherEnd]) {
    if ((await system.sysctlValue(`net/ipv6/conf/${name}/disable_ipv6`).catch(() => undefined)) === '0') {
      await system.sysctl(`net/ipv6/conf/${name}/disable_ipv6`, '1')
    }
  }
  await system.ip([mirrorName, otherEnd].map((name) => `link set ${name} up`))
  // The address is one that nobody has: there is nothing to ask for on the way.
  await system.nft(`table ip ${table}
delete table ip ${table}
table ip ${table} {
  chain copies {
    type filter hook forward priority mangle; policy accept;
    iifname != "${lan}" oifname != "${lan}" return
    ct packets < ${packetsOfConnection} limit rate ${packetsOfSecond}/second burst ${packetsOfSecond} packets dup to 192.0.2.0 device "${mirrorName}"
  }
}
`)
}

/** Nothing of it there is no error. */
export async function closeMirror(system: System): Promise<void> {
  await system.nft(`table ip ${table}\ndelete table ip ${table}\n`)
  if (await isThere(system)) await system.ip([`link del ${mirrorName}`])
}

async function isThere(system: System): Promise<boolean> {
  return (await system.interface(mirrorName)) !== undefined
}
