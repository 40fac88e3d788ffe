import { expect, test } from 'vitest'
import { testInWorld } from '../apis/testing/harness.suite.ts'
import { recordConnection } from '../store/remote-users/client-sessions.ts'
import type { OperatorContext } from './command.ts'
import { connectionsExport } from './connections.ts'

testInWorld('records of remote users, for the operator', (world) => {
  async function exported(input: Readonly<Record<string, string>> = {}): Promise<readonly { readonly user: string }[]> {
    const context = { store: world().store } as unknown as OperatorContext
    const lines = await connectionsExport.run(context, connectionsExport.input.parse(input))
    const found: { readonly user: string }[] = []
    for await (const line of lines as AsyncIterable<{ readonly user: string }>) found.push(line)
    return found
  }

  async function record(instanceId: string, userName: string, at: number, times = 1): Promise<void> {
    await world().store.write(async (tx) => {
      const more = { event: 'refused', terminal: 'Linux', source: '192.0.2.1', detail: 'LogonFailed' } as const
      const one = { ...more, instanceId, userName, at }
      // Side by side: one after the other, each would wait for the database.
      await Promise.all(Array.from({ length: times }, () => recordConnection(tx, one)))
    })
  }

  async function app(): Promise<string> {
    const id = await world().addInstance({ kind: 'app' })
    await world().fleet.configure(id, { connectionAudit: true })
    return id
  }

  test('are exported whole, in the order they were written, also of an instance that is deleted', async () => {
    const id = await app()
    await record(id, 'anna', 1000)
    await world().store.write((tx) => tx.deleteFrom('instance').where('id', '=', id).execute())
    expect(await exported()).toEqual([
      {
        at: '1970-01-01T00:00:01.000Z',
        id: expect.any(Number),
        instance: id,
        user: 'anna',
        event: 'refused',
        terminal: 'Linux',
        source: '192.0.2.1',
        address: undefined,
        reason: 'LogonFailed',
      },
    ])
  })

  test('only of an instance and of a time', async () => {
    const [one, other] = [await app(), await app()]
    for (const at of [1000, 2000, 3000]) await record(one, `at-${at}`, at)
    await record(other, 'other', 2000)
    const between = { since: '1970-01-01T00:00:02Z', until: '1970-01-01T00:00:03Z' }
    expect((await exported(between)).map(({ user }) => user)).toEqual(['at-2000', 'other'])
    expect((await exported({ ...between, instance: one })).map(({ user }) => user)).toEqual(['at-2000'])
  })

  test('are read in parts, however many there are', async () => {
    await record(await app(), 'anna', 1, 2500)
    expect(await exported()).toHaveLength(2500)
  })
})
