import { sh } from './bench.ts'
import type { PopOfWorld } from './world.ts'

/** From one instant to the next nothing of a point of presence answers. Its disk is kept. */
export async function fallsOver({ machine, program }: PopOfWorld): Promise<void> {
  // Its kernel would go on for as long as the programs take to end.
  await sh(machine, 'ip link set wan down; pkill -KILL -x "charon|bird" || true')
  await program.stop()
}

/** What a machine has after it was started anew: its disk, and nothing that was in memory. Its interface has no address yet. */
export async function bootsWithoutAddress({ machine }: PopOfWorld): Promise<void> {
  await sh(
    machine,
    `for n in $(ip netns list | cut -d' ' -f1); do
       # The kernel frees their numbers only when it comes to it.
       for l in $(ip -n "$n" -br link show type vxlan | cut -d' ' -f1 | cut -d@ -f1); do ip -n "$n" link del "$l"; done
       ip netns del "$n"
     done
     nft flush ruleset
     rm -rf /run/opensag
     ip -4 addr flush dev lo; ip addr add 127.0.0.1/8 dev lo
     ip -4 addr flush dev wan; ip link set wan up`,
  )
}

/** Its interface to the internet has an address, as from a DHCP server that took its time. */
export async function hasAddress({ machine, endpoint }: PopOfWorld): Promise<void> {
  await sh(machine, `ip addr add ${endpoint}/24 dev wan; ip route replace default via 203.0.113.1`)
}
