import { describe, expect, test } from 'vitest'
import { entry } from './calls.ts'
import { nameOf, namesIn, set, withInstances } from './instances.ts'
import { postgresBin } from './server.ts'
import { serverOfTests } from './server-of-tests.ts'

const title = 'works of a PostgreSQL store that run in order'
const enable = postgresBin === undefined ? ' (enable with: apt-get install -y postgresql)' : ''

describe.skipIf(postgresBin === undefined)(`${title}${enable}`, () => {
  const server = serverOfTests()

  test('when one in order fails after it has changed a row, those behind it read what was there before', async () => {
    await withInstances(server, 1, 1, async ([store]) => {
      const add = (text: string, throws: boolean) =>
        store.write(async (tx) => {
          await set(tx, 0, `${await nameOf(tx, 0)}${text}`)
          if (throws) throw new RangeError(text)
        })
      await Promise.allSettled([add('a', false), add('b', true), add('c', false)])
      expect(await namesIn(store, 1)).toEqual(['ac'])
    })
  })

  test('when the database refuses what one in order wrote, that one fails and the others are done', async () => {
    await withInstances(server, 1, 1, async ([store]) => {
      const add = (text: string) =>
        store.writeAudited(
          async (tx) => set(tx, 0, `${await nameOf(tx, 0)}${text}`),
          (outcome) => entry(`${text === 'a' || text === 'c' ? text : 'refused'} ${'error' in outcome}`),
        )
      const outcomes = await Promise.allSettled([add('a'), add('no \0 text'), add('c')])
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
      const last = await Promise.allSettled([add('a'), add('no \0 text')])
      expect(last.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
      expect(await namesIn(store, 1)).toEqual(['aca'])
      const trail = await store.read((db) => db.selectFrom('audit_event').select('request_id').orderBy('id').execute())
      const ids = trail.map((row) => row.request_id)
      expect(ids).toEqual(['a false', 'refused true', 'c false', 'a false', 'refused true'])
    })
  })
})
