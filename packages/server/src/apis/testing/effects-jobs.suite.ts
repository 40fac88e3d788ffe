// A call of each operation of jobs, and other values of its parameters.
import { type Other, type Row, row, seeIn } from './effects.suite.ts'
import type { Answer, Params } from './front-door.suite.ts'
import type { Harness } from './harness-on.suite.ts'
import { addJob } from './jobs.suite.ts'

const next: Other = { follow: 'NextToken', by: { MaxResults: '1' } }
const [first, second] = ['job-aaaaaaaaaaaaaaaaaa', 'job-bbbbbbbbbbbbbbbbbb']
const JobId = first

async function withJobs(world: Harness): Promise<void> {
  await addJob(world, ['sag-main', 'sag-app'])
  await addJob(world, ['sag-main'], { id: second, kind: 'Upgrade', created_at: world.wallNow + 1 })
}

async function withPaused(world: Harness): Promise<void> {
  await withJobs(world)
  await world.store.write((tx) => tx.updateTable('job').set({ state: 'Paused' }).execute())
}

/** What the account sees of all its jobs. */
export async function* observeJobs(world: Harness): AsyncGenerator<unknown, void, void> {
  const see = (name: string, params: Params = {}): AsyncGenerator<unknown, Answer | undefined, void> =>
    seeIn(world, name, params)
  const listed = (yield* see('ListJobs'))?.['Jobs'] as readonly { readonly JobId: string }[] | undefined
  for (const { JobId } of listed ?? []) yield* see('DescribeJob', { JobId })
}

const rotation = { Kind: 'RotatePasswords', Passwords: 'sagmain1:Gateway_2024' }
const window = { WindowStart: '02:00', WindowEnd: '05:00' }

export const jobRows: readonly Row[] = [
  row(
    'CreateJob',
    { Kind: 'Restart', SmartAGIds: 'sag-main' },
    {
      Kind: 'Upgrade',
      SmartAGIds: 'sag-app',
      Passwords: { beside: rotation, to: { Passwords: 'sagmain2:Gateway_2024' } },
      VersionCode: { beside: { Kind: 'Upgrade' }, to: { VersionCode: '2.4.0.0' } },
      CcnId: { beside: { Kind: 'AddToNetwork', CcnId: 'ccn-one' }, to: { CcnId: 'ccn-two' } },
      Tag: { beside: { Kind: 'Tag', 'Tag.1.Key': 'env' }, to: { 'Tag.1.Key': 'site' } },
      TagKey: { beside: { Kind: 'Untag', 'TagKey.1': 'env' }, to: { 'TagKey.1': 'site' } },
      FirstWave: '2',
      WaveGrowth: '2',
      LargestWave: '5',
      MostFailures: '1',
      StartAt: '2026-12-01T20:00:00Z',
      WindowStart: { beside: window, to: { WindowStart: '01:00' } },
      WindowEnd: { beside: window, to: { WindowEnd: '06:00' } },
      UtcOffset: { beside: window, to: { UtcOffset: '+08:00' } },
    },
  ),
  row('DescribeJob', { JobId }, { JobId: second, ItemState: 'Done', NextToken: next }, { prepare: withJobs }),
  row('ListJobs', {}, { NextToken: next }, { prepare: withJobs }),
  row('PauseJob', { JobId }, { JobId: second }, { prepare: withJobs }),
  row('ResumeJob', { JobId }, { JobId: second }, { prepare: withPaused }),
  row('StopJob', { JobId }, { JobId: second }, { prepare: withJobs }),
]
