import { expect, test } from 'vitest'
import type { ItemState } from '../../model/job.ts'
import { otherAccountId, testOperation } from '../testing/harness.suite.ts'
import { addJob } from '../testing/jobs.suite.ts'
import { describeJob as operation } from './describe-job.ts'

testOperation(operation, (world) => {
  const states: readonly ItemState[] = ['Done', 'ToDo', 'Failed', 'Running', 'Skipped', 'Unknown', 'Failed']

  async function withItems(): Promise<string> {
    const ids = states.map((_, index) => `sag-${index}`)
    for (const id of ids) await world().addInstance({ id })
    const JobId = await addJob(world(), ids)
    await world().store.write(async (tx) => {
      for (const [position, state] of states.entries()) {
        await tx.updateTable('job_item').set({ state }).where('position', '=', position).execute()
      }
    })
    return JobId
  }

  test('what failed comes first, whatever the size of a page', async () => {
    const JobId = await withItems()
    for (const MaxResults of ['1', '3', '100']) {
      const seen: string[] = []
      let token: string | undefined
      do {
        const next = token === undefined ? {} : { NextToken: token }
        const page = await world().call(operation, { JobId, MaxResults, ...next })
        for (const { SmartAGId, State } of page['Items'] as readonly { SmartAGId: string; State: string }[]) {
          seen.push(`${State} ${SmartAGId}`)
        }
        token = page['NextToken'] as string | undefined
      } while (token !== undefined)
      expect(seen).toEqual([
        'Failed sag-2',
        'Failed sag-6',
        'Unknown sag-5',
        'Running sag-3',
        'Skipped sag-4',
        'ToDo sag-1',
        'Done sag-0',
      ])
    }
  })

  test('only those in one state', async () => {
    const { Items } = await world().call(operation, { JobId: await withItems(), ItemState: 'Unknown' })
    expect(Items).toMatchObject([{ SmartAGId: 'sag-5', Wave: 6 }])
  })

  test('InvalidJobId.NotFound: of nobody, or of another account', async () => {
    const foreign = await addJob(world(), [], { account_id: otherAccountId })
    for (const JobId of ['job-zzzzzzzzzzzzzzzzzz', foreign]) {
      expect(await world().refused(operation, { JobId })).toBe('InvalidJobId.NotFound')
    }
  })
})
