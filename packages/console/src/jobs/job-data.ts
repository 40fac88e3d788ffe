import { call } from '../app/session.svelte.ts'
import type { ItemState, JobFacts, JobItem, JobRow } from './jobs.ts'

export async function jobsPage(token: string | undefined, signal?: AbortSignal) {
  const { Jobs, NextToken } = await call('OpenSAG', 'ListJobs', { MaxResults: 50, NextToken: token }, signal)
  return { jobs: Jobs as readonly JobRow[], token: NextToken }
}

/** Items in one answer; most jobs have no more. */
const itemsAtOnce = 200

export async function jobOf(
  id: string,
  wanted: { readonly state?: 'Failed' | undefined; readonly most?: number | undefined },
  signal?: AbortSignal,
): Promise<JobFacts> {
  const { state, most = itemsAtOnce } = wanted
  const answer = await call('OpenSAG', 'DescribeJob', { JobId: id, ItemState: state, MaxResults: most }, signal)
  return answer as JobFacts
}

/** Every item of a job, in as many answers as it takes. */
export async function allItems(id: string, state?: ItemState): Promise<readonly JobItem[]> {
  const items: JobItem[] = []
  let token: string | undefined
  do {
    const asked = { JobId: id, ItemState: state, MaxResults: 1000, NextToken: token }
    const { Items, NextToken } = await call('OpenSAG', 'DescribeJob', asked)
    items.push(...(Items as readonly JobItem[]))
    token = NextToken
  } while (token !== undefined)
  return items
}
