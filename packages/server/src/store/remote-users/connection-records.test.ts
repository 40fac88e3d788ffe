import { expect, test } from 'vitest'
import { testInWorld } from '../../apis/testing/harness.suite.ts'
import { recordConnection } from './client-sessions.ts'
import { connectionBatch, connectionsById, connectionsOf, sweepConnections } from './connection-records.ts'

testInWorld('records of remote users', (world) => {
  async function record(instanceId: string, times: readonly number[]): Promise<void> {
    await world().store.write(async (tx) => {
      for (const at of times) {
        const user = { userName: 'anna', event: 'logon', terminal: 'Linux', source: '192.0.2.1', detail: '' } as const
        await recordConnection(tx, { ...user, instanceId, at })
      }
    })
  }
  const app = async (): Promise<string> => {
    const id = await world().addInstance({ kind: 'app' })
    await world().fleet.configure(id, { connectionAudit: true })
    return id
  }
  const times = async (): Promise<readonly number[]> =>
    (await world().store.read((db) => connectionsById(db, 0, 9999))).map(({ at }) => at)
  const sweep = (before: number, most: number) => sweepConnections(world().store, { before, most }, () => false)

  test('those that are too old are forgotten, however many they are, and no others', async () => {
    const id = await app()
    await record(
      id,
      Array.from({ length: connectionBatch * 2 + 5 }, (_, n) => (n < connectionBatch * 2 + 2 ? 1 : 5)),
    )
    await sweep(5, 1_000_000)
    expect(await times()).toEqual([5, 5, 5])
  })

  test('of those that are too many the oldest are forgotten, also when their time lies ahead', async () => {
    await record(await app(), [9000, 2, 3, 4])
    await sweep(0, 3)
    expect(await times()).toEqual([2, 3, 4])
    await sweep(0, 3)
    expect(await times()).toEqual([2, 3, 4])
  })

  test('of one instance are the newest first', async () => {
    const [one, other] = [await app(), await app()]
    await record(one, [1, 2])
    await record(other, [3])
    const found = await world().store.read((db) => connectionsOf(db, { instanceId: one, most: 9 }))
    expect(found.map(({ at }) => at)).toEqual([2, 1])
  })
})
