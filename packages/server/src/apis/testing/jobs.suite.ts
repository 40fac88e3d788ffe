// Support for tests of jobs: puts one straight into the store.
import { Secret } from '@opensag/protocol'
import { waveSizes } from '@opensag/rules'
import { Jobs, type NewItem, type NewJob } from '../../store/jobs/jobs.ts'
import type { Harness } from './harness-on.suite.ts'
import { accountId, regionId } from './names.suite.ts'

/** A job that gives each of these devices a password of its own: `New_password_of_sag0`, one device after the other. */
export async function addRotation(
  world: Harness,
  devices: readonly { readonly instanceId: string; readonly serial: string }[],
  given: Partial<NewJob> = {},
): Promise<string> {
  return addItems(
    world,
    devices.map(({ instanceId, serial }) => ({
      instanceId,
      regionId,
      device: { serial, password: Secret.of(`New_password_of_${serial}`) },
    })),
    { kind: 'RotatePasswords', ...given },
  )
}

/** A job of the account itself over these instances, one after the other, that nothing stops. */
export async function addJob(
  world: Harness,
  instances: readonly string[],
  given: Partial<NewJob> = {},
): Promise<string> {
  return addItems(
    world,
    instances.map((instanceId) => ({ instanceId, regionId })),
    given,
  )
}

async function addItems(world: Harness, items: readonly NewItem[], given: Partial<NewJob>): Promise<string> {
  const job: NewJob = {
    id: 'job-aaaaaaaaaaaaaaaaaa',
    account_id: accountId,
    kind: 'Restart',
    version: null,
    first_wave: 1,
    wave_growth: 1,
    largest_wave: 1,
    most_failures: 0,
    start_at: null,
    window_from: null,
    window_to: null,
    window_offset: null,
    creator: `acs:ram::${accountId}:root`,
    creator_user_id: null,
    creator_mfa: 0,
    creator_source: '192.0.2.1',
    creator_secure: 1,
    created_at: world.wallNow,
    ...given,
  }
  const sizes = waveSizes(items.length, {
    first: job.first_wave,
    growth: job.wave_growth,
    largest: job.largest_wave,
  })
  await world.store.write((tx) => new Jobs(tx, world.sealer).add(job, items, sizes))
  return job.id
}
