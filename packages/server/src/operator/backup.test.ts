import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createBackups } from '../backup/backups.ts'
import { newDataFolder } from '../backup/data-folder.suite.ts'
import { at } from '../backup/stored.suite.ts'
import { openBusinessClock } from '../business-clock.ts'
import { openSignatureFence } from '../signature-fence.ts'
import { copyHere } from '../store/copy/in-thread.ts'
import { findGateway } from '../store/gateways/gateways.ts'
import { openSqliteStore } from '../store/sqlite/open.ts'
import type { Store } from '../store/store.ts'
import { backupMake, restored } from './backup.ts'
import { type OperatorContext, OperatorRefusal } from './command.ts'

async function withServer(
  use: (context: OperatorContext, store: Store, ended: string[]) => Promise<void>,
): Promise<void> {
  const { data } = await newDataFolder()
  const store = await openSqliteStore({ folder: data })
  const ended: string[] = []
  // Another one connects while the marks are written.
  const held = [['sag1'], ['sag1', 'sag2']]
  const context = {
    data,
    backups: createBackups({
      data,
      copyTo: copyHere({ file: join(data, 'opensag.db') }),
      passphrase: undefined,
      wallClock: () => at,
    }),
    store,
    clock: await openBusinessClock(store, () => at),
    wallClock: () => at,
    signatureFence: await openSignatureFence(store),
    gateways: () => held.shift() ?? [],
    async disconnect(serial: string) {
      const gateway = await store.read((db) => findGateway(db, serial))
      expect(gateway).toMatchObject({ node: undefined })
      ended.push(serial)
    },
  } as unknown as OperatorContext
  try {
    await use(context, store, ended)
  } finally {
    await store.close()
  }
}

test('restored: from the answer on nothing from before is accepted, and every connection has ended', () =>
  withServer(async (context, store, ended) => {
    const answer = await restored.run(context, restored.input.parse({ clientsAhead: '60' }))
    expect(answer).toMatchObject({ signaturesCountAfter: new Date(at + 60_000).toISOString(), sessionsEnded: 1 })
    expect([60_000, 60_001].map((after) => context.signatureFence.isFenced(at + after))).toEqual([true, false])
    expect(ended).toEqual(['sag1', 'sag2'])
    const tickets = await store.read(async (db) => [await findGateway(db, 'sag1'), await findGateway(db, 'sag2')])
    expect(tickets).toMatchObject([{ ticket: 'now' }, { trusted: true }])
  }))

test.each(['-1', '901', '1.5', 'soon'])(
  'restored: %s is no number of seconds a client can be ahead',
  (clientsAhead) => {
    expect(restored.input.safeParse({ clientsAhead }).success).toBe(false)
  },
)

test('backup make: the path is of the one who asks, so it has to be absolute', () => {
  expect(backupMake.input.safeParse({ to: 'backup', withMasterKey: true }).success).toBe(false)
})

test('backup make: what the backup is refused for, the operator is told', () =>
  withServer(async (context) => {
    const input = backupMake.input.parse({ to: join(context.data, 'opensag.db'), withMasterKey: true })
    await expect(backupMake.run(context, input)).rejects.toThrow(OperatorRefusal)
    await expect(backupMake.run(context, input)).rejects.toThrow('is there already')
  }))
