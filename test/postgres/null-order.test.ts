import { randomBytes } from 'node:crypto'
import { Secret } from '@opensag/protocol'
import { describe, expect, test } from 'vitest'
import { createSealer } from '../../packages/server/src/sealing/sealing.ts'
import { createFleet } from '../../packages/server/src/store/fleet/create-fleet.ts'
import { enrolGateway } from '../../packages/server/src/store/gateways/gateways.ts'
import { countPinned } from '../../packages/server/src/store/gateways/server-keys.ts'
import { openPostgresStore } from '../../packages/server/src/store/postgres/open.ts'
import { postgresBin } from './server.ts'
import { serverOfTests } from './server-of-tests.ts'

const title = 'what is not known, in a PostgreSQL store'
const enable = postgresBin === undefined ? ' (enable with: apt-get install -y postgresql)' : ''

describe.skipIf(postgresBin === undefined)(`${title}${enable}`, () => {
  const server = serverOfTests()

  test('comes before what is, as in the embedded store: gateways by the keys that they pinned', async () => {
    const pinned = [
      ['b', null],
      ['a', 'c'],
      [null, null],
      ['a', null],
    ] as const
    const database = await server.newDatabase()
    const store = await openPostgresStore({ connectionString: database.url })
    await store.write(async (tx) => {
      const fleet = createFleet(tx, createSealer(randomBytes(32)))
      for (const [index, [server_key, server_successor]] of pinned.entries()) {
        const serial = `sag${index}`
        const device = { serial, model: 'sag-1000', version: '2.3.1.1', resettable: true, createdAt: 0 } as const
        await fleet.addDevice({ ...device, enrolmentKey: Secret.of('key') })
        await enrolGateway(tx, serial, { signKey: 'sign', sealKey: 'seal', at: 0 })
        await tx.updateTable('device').set({ server_key, server_successor }).where('serial', '=', serial).execute()
      }
    })
    const counted = await store.read(countPinned)
    expect(counted.map(({ key, successor }) => [key, successor])).toEqual([
      [null, null],
      ['a', null],
      ['a', 'c'],
      ['b', null],
    ])
    await store.close()
    await database.drop()
  })
})
