// Support for the tests of operations on what the two devices of an instance have in common.
import type { BoxReport } from '@opensag/protocol'
import { addBox, factoryBox } from './box.suite.ts'
import type { Harness } from './harness-on.suite.ts'

/** Terminals have a part of the subnet, and the device that does not carry the branch has no address there. */
const pool = { port: '4', type: 'DHCP', ip: '10.1.0.1', length: 24, start: '10.1.0.100', end: '10.1.0.199' } as const
const resting = { port: '4', type: 'STATIC' } as const

/** Two devices of one instance, the active one first. */
export async function addPair(
  world: Harness,
  instanceId: string,
  given: Partial<BoxReport> = {},
  [active, standby]: readonly [string, string] | readonly [] = [],
): Promise<readonly [string, string]> {
  const [line] = factoryBox.wan
  const other = line === undefined ? [] : [{ ...line, ip: '203.0.113.6', isActive: false }]
  return [
    await addBox(world, instanceId, named(active), { lan: [pool], ...given }),
    await addBox(world, instanceId, named(standby), { lan: [resting], wan: other, ...given }),
  ]
}

function named(serial: string | undefined): { readonly serial?: string } {
  return serial === undefined ? {} : { serial }
}
