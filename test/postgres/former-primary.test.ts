import { describe, expect, test } from 'vitest'
import { StoreUnavailable } from '../../packages/server/src/store/errors.ts'
import { connectToPrimary, usualLimits } from '../../packages/server/src/store/postgres/link.ts'
import { openPostgresStore } from '../../packages/server/src/store/postgres/open.ts'
import type { Store } from '../../packages/server/src/store/store.ts'
import { limit, until } from '../support/time.ts'
import { startCuttingProxy } from './cutting-proxy.ts'
import { postgresBin } from './server.ts'
import { serverOfTests } from './server-of-tests.ts'

const enable = postgresBin === undefined ? ' (enable with: apt-get install -y postgresql)' : ''

describe.skipIf(postgresBin === undefined)(`a PostgreSQL server that another one has taken over from${enable}`, () => {
  const server = serverOfTests()

  const accounts = (store: Store): Promise<readonly string[]> =>
    store.read(async (db) => (await db.selectFrom('account').select('id').orderBy('id').execute()).map(({ id }) => id))
  const add = (store: Store, id: string) =>
    store.write((tx) => tx.insertInto('account').values({ id, name: id, created_at: 0 }).execute())
  const burn = (store: Store, nonce: string) => store.burnNonce({ accessKeyId: 'LTAI5tOne', nonce, expiresAt: 9e12 })

  test(
    'is neither read nor written any more once a nonce was used up behind it, though a proxy leads to it again',
    async () => {
      const database = await server.newDatabase()
      const proxy = await startCuttingProxy(database.url, ['nonces'])
      const store = await openPostgresStore({ connectionString: proxy.url, waitMs: limit(10_000) })
      await add(store, 'before')
      expect((await burn(store, 'one')).fresh).toBe(true)

      await server.crash()
      const successor = await server.standby()
      await server.restart()
      const there = Object.assign(new URL(successor.url), { pathname: `/${database.name}` }).href
      const asked = connectToPrimary({ connectionString: there, name: 'test', limits: usualLimits })
      await expect(asked).rejects.toThrow('The PostgreSQL server is a standby.')
      successor.promote()
      proxy.lead(there)
      expect((await burn(store, 'two')).fresh).toBe(true)
      await add(store, 'behind')

      // The former one is believed in again for a moment.
      proxy.open(false)
      proxy.open(true)
      proxy.lead(database.url)
      const before = proxy.made()
      const read = accounts(store)
      const written = add(store, 'last')
      const tried = until('both have tried it', () => proxy.made() > before + 2).then(() => 'tried')
      expect(await Promise.race([tried, read, written])).toBe('tried')
      proxy.lead(there)
      expect((await read).slice(0, 2)).toEqual(['before', 'behind'])
      await written
      expect(await accounts(store)).toEqual(['before', 'behind', 'last'])

      // Restored, a database may begin at an earlier timeline again.
      proxy.open(false)
      proxy.open(true)
      proxy.lead(database.url)
      expect((await burn(store, 'three')).fresh).toBe(true)
      expect(await accounts(store)).toEqual(['before'])

      // A connection to it that is open still is given up, too.
      proxy.lead(there)
      let cuts = 0
      proxy.decide(() => (cuts++ === 0 ? 'before' : undefined))
      await expect(burn(store, 'four')).rejects.toBeInstanceOf(StoreUnavailable)
      expect((await burn(store, 'five')).fresh).toBe(true)
      expect(await accounts(store)).toEqual(['before', 'behind', 'last'])
      await store.close()
      await proxy.close()
      await successor.stop()
    },
    limit(120_000),
  )
})
