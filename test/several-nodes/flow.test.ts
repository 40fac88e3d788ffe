// Two servers on one PostgreSQL database: each tells the other what a user took at it. What becomes of it is tested beside
// `rpc/shared-flow.ts`, where no time passes.
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { postgresBin } from '../postgres/server.ts'
import { until } from '../support/time.ts'
import { type Nodes, openNodes } from './site.ts'

describe.skipIf(postgresBin === undefined)('paces of two nodes (enable with: apt-get install -y postgresql)', () => {
  let site: Nodes
  beforeAll(async () => {
    // Little enough for each call to be told.
    site = await openNodes(postgresBin ?? '', { flow: { userCalls: 1 } })
  })
  afterAll(() => site?.close())

  test('a call at either node is told by that node', async () => {
    for (const node of site.nodes) expect((await node.call(site.key, 'DescribeRegions')).status).toBe(200)
    const client = new pg.Client({ connectionString: site.databaseUrl })
    await client.connect()
    try {
      const told = async () => (await client.query("select run, name from pace_use where kind = 'user'")).rows
      const rows = await until('both nodes have told it', async () => {
        const found = await told()
        return found.length === 2 && found
      })
      expect(rows.map(({ name }) => name)).toEqual([site.accountId, site.accountId])
      expect(new Set(rows.map(({ run }) => run)).size).toBe(2)
    } finally {
      await client.end()
    }
  })
})
