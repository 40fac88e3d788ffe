import { lookup } from 'node:dns/promises'
import { isOfAMachine } from '@opensag/protocol'

/** The IPv4 address of a name, or the address itself; undefined: it has none of another machine. */
export async function machineNamed(name: string): Promise<string | undefined> {
  try {
    const { address } = await lookup(name, { family: 4 })
    return isOfAMachine(address) ? address : undefined
  } catch {
    // Whatever the reason is, there is no address to probe; and the next minute asks again.
    return undefined
  }
}
