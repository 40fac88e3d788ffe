import { expect, test } from 'vitest'
import { otherAccountId, testOperation } from '../testing/harness.suite.ts'
import { addJob } from '../testing/jobs.suite.ts'
import { listJobs as operation } from './list-jobs.ts'

testOperation(operation, (world) => {
  test('jobs of the account, the newest first, page by page', async () => {
    const ids = ['job-aaaaaaaaaaaaaaaaaa', 'job-bbbbbbbbbbbbbbbbbb', 'job-cccccccccccccccccc']
    await world().addInstance({ id: 'sag-a' })
    for (const [index, id] of ids.entries()) await addJob(world(), ['sag-a'], { id, created_at: Math.min(index, 1) })
    await addJob(world(), [], { id: 'job-dddddddddddddddddd', account_id: otherAccountId })
    const seen: unknown[] = []
    let token: string | undefined
    do {
      const next = token === undefined ? {} : { NextToken: token }
      const page = await world().call(operation, { MaxResults: '1', ...next })
      seen.push(...(page['Jobs'] as readonly { readonly JobId: string }[]).map(({ JobId }) => JobId))
      token = page['NextToken'] as string | undefined
    } while (token !== undefined)
    expect(seen).toEqual([...ids].reverse())
  })

  test('a token that is none of ours is refused', async () => {
    await expect(world().call(operation, { NextToken: 'job' })).rejects.toMatchObject({ code: 'InvalidNextToken' })
  })
})
