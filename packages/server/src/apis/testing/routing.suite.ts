// Support for the tests of operations on routing: boxes that say how they speak.
import { randomBytes } from 'node:crypto'
import { type BoxReport, createKeyPair, openBoxSecret, type RoutingReport, type SealedMessage } from '@opensag/protocol'
import { factoryBox } from './box.suite.ts'

/** Of a device that has enrolled. */
export const ownKeys = createKeyPair('X25519', randomBytes)

/** A report with other routing. */
export function routingOf(more: Partial<RoutingReport>): Pick<BoxReport, 'routing'> {
  return factoryBox.routing === undefined ? {} : { routing: { ...factoryBox.routing, ...more } }
}

/** A box with a leased line. */
export const leasedBox: Partial<BoxReport> = {
  ports: factoryBox.ports.map((port) => (port.name === '0' ? { ...port, role: 'ECC' } : port)),
  ...routingOf({
    ports: [
      ...(factoryBox.routing?.ports ?? []),
      { port: '0', vlan: 10, protocol: 'BGP', remote: { ip: '10.7.0.2', as: 65_010 }, isUp: false },
    ],
  }),
}

/** A secret of OSPF as the device with {@link ownKeys} reads it. */
export function openedFor(serial: string, name: string, sealed: SealedMessage | undefined): string | undefined {
  return sealed && openBoxSecret(ownKeys, sealed, { serial, section: 'ospf', name }).reveal()
}
