import { pino } from 'pino'
import { expect, test } from 'vitest'
import { newDataFolder } from './backup/data-folder.suite.ts'
import { startServer } from './start.ts'
import { noteSeen, seenNodes } from './store/gateways/nodes.ts'
import { openSqliteStore } from './store/sqlite/open.ts'

test('a server whose database is in its folder finds gateways of nodes that came with a copy off line, and the nodes gone', async () => {
  const { data } = await newDataFolder()
  const before = await openSqliteStore({ folder: data })
  await before.write(async (tx) => {
    await noteSeen(tx, { id: 'gone', at: 1, startedAt: 1, version: '' })
    await tx.updateTable('device').set({ node: 'gone' }).where('serial', '=', 'sag1').execute()
  })
  await before.close()
  const server = await startServer({
    data,
    host: '127.0.0.1',
    port: 0,
    regionId: 'cn-shanghai',
    heartbeatMs: 15_000,
    logger: pino({ level: 'silent' }),
  })
  await server.close()
  const after = await openSqliteStore({ folder: data })
  const { nodes, device, events } = await after.read(async (db) => ({
    nodes: await seenNodes(db),
    device: await db
      .selectFrom('device')
      .select(['node', 'last_seen_at'])
      .where('serial', '=', 'sag1')
      .executeTakeFirst(),
    events: await db
      .selectFrom('device_event')
      .select(['serial', 'detail'])
      .where('kind', '=', 'DeviceOffline')
      .execute(),
  }))
  await after.close()
  expect(nodes).toEqual([])
  expect(device).toMatchObject({ node: null, last_seen_at: expect.any(Number) })
  expect(events).toContainEqual({ serial: 'sag1', detail: 'The node that held its connection is gone.' })
})
