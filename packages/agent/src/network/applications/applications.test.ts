import { createManualTime } from '@opensag/protocol'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import type { System } from '../system.ts'
import { additions, mostInSet, renderSets, setsOf } from './application-sets.ts'
import { openApplications } from './applications.ts'
import { createKnownConnections } from './known-connections.ts'
import type { RecognisedPacket } from './recognised-packets.ts'

const http = 7
const sets = setsOf([{ applications: { groups: [], signatures: [http] } }])

function packet(number: number): RecognisedPacket {
  const from = { address: `10.0.${number >> 8}.${number & 255}`, port: 40_000 }
  return { protocol: 6, from, to: { address: '10.1.0.1', port: 80 }, carrier: 0, application: http }
}

test('as many connections as are known at most fit into one set, with the packets of both ways', () => {
  const known = createKnownConnections(new Map([[http, http]]))
  for (let number = 0; number < 60_000; number++) known.learn(packet(number))
  const elements = additions('inet opensag', sets, known.all()).split(', ').length
  expect(elements).toBeGreaterThan(50_000)
  expect(elements).toBeLessThan(mostInSet)
  expect(renderSets(sets)).toContain(`size ${mostInSet};`)
})

test('sets that cannot be filled do not keep a configuration from being in force; that is tried again with the next', async () => {
  let isRefused = true
  const filled: string[] = []
  let found = (_: RecognisedPacket): void => {}
  const warned: string[] = []
  const system: Partial<System> = {
    namespace: undefined,
    async ip() {},
    async nft(script) {
      if (!script.startsWith('add element')) return
      if (isRefused) throw new Error('Too many open files in system')
      filled.push(script)
    },
    interface: async () => ({ mtu: 9000, addresses: [] }),
    sysctlValue: async () => '1',
  }
  const { timers, wallClock } = createManualTime()
  const applications = openApplications({
    ...{ serial: 'SAG-1', folder: '/nowhere', timers, wallClock },
    system: system as System,
    engine: { engine: '4.2.3', numbers: new Map([[http, http]]) },
    logger: pino({ level: 'warn' }, { write: (line: string) => void warned.push(line) }),
    recognise(options) {
      found = options.found
      return { renew() {}, async close() {} }
    },
  })
  const plan = { dpi: {}, instance: 'sag-1', lan: 'lan', sets }
  await applications.set(plan)
  found(packet(1))
  applications.forgetSets()
  await applications.set(plan)
  expect([warned.length, filled]).toEqual([1, []])

  isRefused = false
  await applications.set(plan)
  await applications.set(plan)
  expect(filled).toEqual([additions('inet opensag', sets, [[packet(1), { application: http, carrier: undefined }]])])
  await applications.close()
})
