import { expect, test } from 'vitest'
import { mostJobItems, mostKeptJobs, mostUnfinishedJobs } from '../../model/job.ts'
import { accountId, otherAccountId, testOperation } from '../testing/harness.suite.ts'
import { addJob } from '../testing/jobs.suite.ts'
import { createJob as operation } from './create-job.ts'
import { describeJob } from './describe-job.ts'
import { listJobs } from './list-jobs.ts'

testOperation(operation, (world) => {
  const created = async (params: Readonly<Record<string, string>>) => {
    const { JobId = '' } = (await world().call(operation, params)) as { readonly JobId?: string }
    return world().call(describeJob, { JobId })
  }

  test('a job waits, with its gateways in waves in the order they were named, each once', async () => {
    const ids = ['sag-c', 'sag-a', 'sag-b', 'sag-d']
    for (const id of ids) await world().addInstance({ id })
    const job = await created({
      Kind: 'Restart',
      SmartAGIds: `${ids.join(',')},sag-a`,
      WaveGrowth: '2',
      LargestWave: '2',
    })
    expect(job).toMatchObject({
      Kind: 'Restart',
      State: 'Waiting',
      Creator: `acs:ram::${accountId}:root`,
      Total: 4,
      ToDo: 4,
      Waves: [{ ToDo: 1 }, { ToDo: 2 }, { ToDo: 1 }],
      Items: ids.map((SmartAGId, at) => ({ SmartAGId, State: 'ToDo', Wave: [1, 2, 2, 3][at] })),
    })
    expect(job).not.toHaveProperty('WindowStart')
  })

  test('it says when it may begin', async () => {
    await world().addInstance({ id: 'sag-a' })
    const window = { WindowStart: '22:30', WindowEnd: '05:00', UtcOffset: '-03:30' }
    const job = { Kind: 'Upgrade', SmartAGIds: 'sag-a', VersionCode: '2.4', StartAt: '2026-12-01T20:00:00Z', ...window }
    expect(await created(job)).toMatchObject({
      ...window,
      VersionCode: '2.4',
      StartAt: Date.UTC(2026, 11, 1, 20),
    })
  })

  test('what a kind is given besides is shown', async () => {
    await world().addInstance({ id: 'sag-a' })
    const one = { SmartAGIds: 'sag-a' }
    const tag = { 'Tag.1.Key': 'env', 'Tag.1.Value': 'prod', 'Tag.2.Key': 'critical' }
    expect(await created({ Kind: 'AddToNetwork', CcnId: 'ccn-one', ...one })).toMatchObject({ CcnId: 'ccn-one' })
    expect(await created({ Kind: 'Untag', 'TagKey.1': 'env', ...one })).toMatchObject({ TagKeys: ['env'] })
    expect(await created({ Kind: 'Tag', ...tag, ...one })).toMatchObject({
      Tags: [
        { Key: 'env', Value: 'prod' },
        { Key: 'critical', Value: '' },
      ],
    })
  })

  test('a job of as many gateways as one may have is created', async () => {
    const ids = Array.from({ length: mostJobItems }, (_, index) => `sag-x${index}`)
    await world().addInstance({ id: 'sag-x0' })
    await world().store.write(async (tx) => {
      const row = await tx.selectFrom('instance').selectAll().where('id', '=', 'sag-x0').executeTakeFirstOrThrow()
      for (let from = 1; from < ids.length; from += 100) {
        const some = ids.slice(from, from + 100).map((id) => ({ ...row, id, order_id: id }))
        await tx.insertInto('instance').values(some).execute()
      }
    })
    const job = { Kind: 'Restart', SmartAGIds: ids.join(','), FirstWave: '100' }
    expect(await created(job)).toMatchObject({ Total: mostJobItems })
    await expect(world().call(operation, { ...job, SmartAGIds: `${job.SmartAGIds},sag-y` })).rejects.toMatchObject({
      code: 'InvalidSmartAGIds',
    })
  })

  test('of an account that has very many, the oldest that have ended are forgotten', async () => {
    await world().addInstance({ id: 'sag-a' })
    const id = (number: number) => `job-${String(number).padStart(18, '0')}`
    for (let number = 0; number < mostKeptJobs; number++)
      await addJob(world(), ['sag-a'], { id: id(number), created_at: number })
    await world().store.write((tx) =>
      tx.updateTable('job').set({ state: 'Done', ended_at: 1 }).where('id', '!=', id(0)).execute(),
    )
    const left = async () =>
      (await world().store.read((db) => db.selectFrom('job').select('id').orderBy('id').execute())).map((row) => row.id)
    await created({ Kind: 'Restart', SmartAGIds: 'sag-a' })
    expect((await left()).slice(0, 2)).toEqual([id(0), id(1)])
    await created({ Kind: 'Restart', SmartAGIds: 'sag-a' })
    expect((await left()).slice(0, 2)).toEqual([id(0), id(2)])
    expect(await left()).toHaveLength(mostKeptJobs + 1)
  })

  test('InvalidParameter: half a window or an empty one, a version for a restart, too many waves', async () => {
    const ids = Array.from({ length: 101 }, (_, index) => `sag-x${index}`).join(',')
    for (const wrong of [
      { WindowStart: '02:00' },
      { WindowEnd: '02:00' },
      { WindowStart: '02:00', WindowEnd: '02:00' },
      { VersionCode: '2.4.0.0' },
      { CcnId: 'ccn-one' },
      { 'Tag.1.Key': 'env' },
      { 'TagKey.1': 'env' },
      { Kind: 'AddToNetwork' },
      { Kind: 'AddToNetwork', CcnId: 'ccn-one', 'Tag.1.Key': 'env' },
      { Kind: 'Tag' },
      { Kind: 'Untag' },
      { SmartAGIds: ids, WaveGrowth: '1' },
    ]) {
      expect(await world().refused(operation, { Kind: 'Restart', SmartAGIds: 'sag-a', ...wrong })).toBe(
        'InvalidParameter',
      )
    }
  })

  test('InvalidPasswords: none that a device could take', async () => {
    const id = await world().addInstance({ id: 'sag-a' })
    await world().addDevice(id, { serial: 'sag1' })
    const rotation = { Kind: 'RotatePasswords', SmartAGIds: 'sag-a' }
    expect(await world().refused(operation, { ...rotation, Passwords: 'sag1:short' })).toBe('InvalidPasswords')
  })

  test('FeatureNotSupport: a box that has no password to set', async () => {
    const id = await world().addInstance({ id: 'sag-a' })
    await world().addDevice(id, { serial: 'sag1', model: 'sag-vcpe' })
    const rotation = { Kind: 'RotatePasswords', SmartAGIds: 'sag-a', Passwords: 'sag1:Gateway_2024' }
    expect(await world().refused(operation, rotation)).toBe('FeatureNotSupport')
  })

  test.each([
    ['InvalidTagKey', { Kind: 'Untag', 'TagKey.1': 'acs:x' }],
    ['InvalidTagKey', { Kind: 'Tag', 'Tag.1.Key': 'acs:x' }],
    ['InvalidTagValue', { Kind: 'Tag', 'Tag.1.Key': 'a', 'Tag.1.Value': 'https://x' }],
    ['Forbidden.TagKey.Duplicated', { Kind: 'Tag', 'Tag.1.Key': 'a', 'Tag.2.Key': 'a' }],
    [
      'SizeLimitExceeded.TagNum',
      { Kind: 'Tag', ...Object.fromEntries(Array.from({ length: 21 }, (_, at) => [`Tag.${at + 1}.Key`, `k${at}`])) },
    ],
  ])('%s: tags that no gateway may have', async (code, params) => {
    expect(await world().refused(operation, { SmartAGIds: 'sag-a', ...params })).toBe(code)
  })

  test('NotSupport.RoleSession: it would act when the session is over', async () => {
    world().caller = {
      kind: 'AssumedRole',
      accountId,
      accessKeyId: 'STS.one',
      roleId: '1',
      roleName: 'ops',
      sessionName: 'one',
    }
    expect(await world().refused(operation, { Kind: 'Restart', SmartAGIds: 'sag-a' })).toBe('NotSupport.RoleSession')
  })

  test('SAG.InstanceNoFound: one that is not there, or of another account', async () => {
    await world().addInstance({ id: 'sag-a' })
    await world().addInstance({ id: 'sag-b', accountId: otherAccountId })
    for (const ids of ['sag-none', 'sag-a,sag-b']) {
      expect(await world().refused(operation, { Kind: 'Restart', SmartAGIds: ids })).toBe('SAG.InstanceNoFound')
    }
    expect(await world().call(listJobs)).toMatchObject({ Jobs: [] })
  })

  test('QuotaExceeded.Job, until one has ended', async () => {
    await world().addInstance({ id: 'sag-a' })
    const job = { Kind: 'Restart', SmartAGIds: 'sag-a' }
    for (let number = 0; number < mostUnfinishedJobs; number++) await world().call(operation, job)
    expect(await world().refused(operation, job)).toBe('QuotaExceeded.Job')
    await world().store.write((tx) => tx.updateTable('job').set({ state: 'Done', ended_at: 1 }).execute())
    await world().call(operation, job)
  })
})
