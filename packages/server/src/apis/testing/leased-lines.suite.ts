// Support for the tests of operations on leased lines: a device with a port for one.
import type { BoxReport, LeasedLine } from '@opensag/protocol'
import { addBox, factoryBox } from './box.suite.ts'
import type { Harness } from './harness-on.suite.ts'
import type { DeviceState } from './stock.suite.ts'

const port = { name: '3', mac: '02:00:00:00:00:13', isUp: true, role: 'ECC' } as const

/** What a device with a leased line at port 3 says of itself. */
export const lineReport: Partial<BoxReport> = { ports: [...factoryBox.ports, port], ecc: [] }

/** Such a device, with these addresses on the line. */
export async function addLineBox(
  world: Harness,
  instanceId: string,
  ecc: readonly LeasedLine[] = [],
  given: DeviceState = {},
): Promise<string> {
  return addBox(world, instanceId, given, { ...lineReport, ecc })
}

/** Two such ports, and addresses on both. */
export async function addTwoLines(world: Harness, instanceId: string, serial: string): Promise<void> {
  const ports = [...(lineReport.ports ?? []), { ...port, name: '1' }]
  const ecc = [line(20, { port: '1', ip: '192.168.31.1' }), line(20), line(21)]
  await addBox(world, instanceId, { serial }, { ports, ecc })
}

export function line(vlan: number, more: Partial<LeasedLine> = {}): LeasedLine {
  return { port: '3', vlan, ip: `192.168.30.${vlan * 4 + 1}`, length: 30, ...more }
}
