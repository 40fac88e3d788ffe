import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cidrsOf } from '../../packages/server/src/apis/testing/networks.suite.ts'
import { admit } from '../../packages/server/src/remote-access/admit.ts'
import { openPostgresStore } from '../../packages/server/src/store/postgres/open.ts'
import { sessionsOfInstance } from '../../packages/server/src/store/remote-users/client-sessions.ts'
import { createRepositories } from '../../packages/server/src/store/repositories.ts'
import type { Store } from '../../packages/server/src/store/store.ts'
import { type PostgresServer, postgresBin, startPostgres } from '../postgres/server.ts'

describe.skipIf(postgresBin === undefined)(
  'logons on several nodes (enable with: apt-get install -y postgresql)',
  () => {
    const instanceId = 'sag-app'
    let server: PostgresServer
    let nodes: readonly Store[] = []

    beforeAll(async () => {
      server = await startPostgres(postgresBin ?? '')
      const { url } = await server.newDatabase()
      const open = (): Promise<Store> => openPostgresStore({ connectionString: url })
      nodes = [await open(), await open()]
    })
    afterAll(async () => {
      for (const node of nodes) await node.close()
      await server?.stop()
    })

    async function setUp(pool: readonly string[], names: readonly string[]): Promise<void> {
      await nodes[0]?.write(async (tx) => {
        await tx.deleteFrom('instance').execute()
        await tx.deleteFrom('account').execute()
        await tx.insertInto('account').values({ id: '1', name: '1', created_at: 0 }).execute()
        const { fleet, addresses, remoteUsers } = createRepositories(tx)
        const bought = { regionId: 'cn-shanghai', kind: 'app', spec: 'sag-software', haType: 'no_backup' } as const
        const order = { orderId: '1', maxBandwidth: 0, alreadyHaveSag: false, periodMonths: 12, createdAt: 0 }
        await fleet.addInstance({ id: instanceId, accountId: '1', ...bought, ...order })
        await tx.updateTable('instance').set({ paid_at: 0, ccn_id: 'ccn-a', connection_audit: 1 }).execute()
        await addresses.replaceCidrs(instanceId, 'ccn-a', cidrsOf(pool.join(',')))
        for (const name of names) {
          const account = {
            mail: 'a@example.com',
            bandwidth: 1,
            clientIp: undefined,
            passwordHash: 'hash',
            createdAt: 0,
          }
          await remoteUsers.addUser({ instanceId, name, ...account })
        }
      })
    }

    function logon(userName: string, attempt: number): Promise<string | number> | undefined {
      const claim = {
        instanceId,
        userName,
        passwordHash: 'hash',
        terminal: '',
        source: '',
        now: 1,
        seenAt: 1,
        silentAt: 0,
      }
      const fresh = { sessionId: `session ${attempt}`, tokenHash: `token ${attempt}` }
      return nodes[attempt % 2]?.write(async (tx) => {
        const session = await admit(tx, { ...claim, ...fresh })
        return typeof session === 'string' ? session : session.address
      })
    }

    test('of one account at once: exactly one succeeds', async () => {
      await setUp(['10.9.9.0/24'], ['anna'])
      const outcomes = await Promise.all([0, 1, 2, 3].map((attempt) => logon('anna', attempt)))
      expect(outcomes.filter((outcome) => outcome === 'SessionExists')).toHaveLength(3)
    })

    test('of six accounts at once on a pool of three addresses: three succeed, with an address each', async () => {
      const names = ['a1', 'a2', 'a3', 'a4', 'a5', 'a6']
      await setUp(['10.9.9.0/30', '10.9.8.0/30', '10.9.7.0/30'], names)
      const outcomes = await Promise.all(names.map((name, attempt) => logon(name, attempt)))
      expect(outcomes.filter((outcome) => outcome === 'PoolExhausted')).toHaveLength(3)
      const sessions = await nodes[1]?.read((db) => sessionsOfInstance(db, instanceId))
      expect(new Set(sessions?.map(({ address }) => address)).size).toBe(3)
    })
  },
)
