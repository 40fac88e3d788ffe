import fc from 'fast-check'
import type { Gateway } from '../gateway.ts'

/** One gateway; what a test does not say is of no matter to it. */
export function gateway(part: Partial<Gateway> = {}): Gateway {
  return {
    regionId: 'cn-shanghai',
    instanceId: 'sag-1',
    instanceName: 'branch-1',
    ccnId: 'ccn-1',
    serial: 'sag0001',
    model: 'sag-1000',
    version: '2.3.1.1',
    role: 'active',
    online: true,
    ...part,
  }
}

/** Instances with one device or a pair, of several regions and models. */
export const fleets: fc.Arbitrary<readonly Gateway[]> = fc
  .array(
    fc.record({
      pair: fc.boolean(),
      regionId: fc.constantFrom('cn-shanghai', 'cn-beijing'),
      model: fc.constantFrom('sag-1000', 'sag-100wm', 'SCG5000', 'sag-vcpe'),
      online: fc.boolean(),
    }),
    { maxLength: 60 },
  )
  .map((instances) =>
    instances.flatMap(({ pair, ...part }, index) => {
      const instanceId = `sag-${index}`
      const active = gateway({ ...part, version: '3.4.2.0', instanceId, serial: `${instanceId}-a` })
      return pair ? [active, { ...active, serial: `${instanceId}-b`, role: 'standby' as const }] : [active]
    }),
  )
