import { expect, test } from 'vitest'
import { mostJobItems, passwordDays } from '../../model/job.ts'
import { testInWorld } from '../testing/harness.suite.ts'
import { createJob as operation } from './create-job.ts'
import { describeJob } from './describe-job.ts'

const dayMs = 24 * 60 * 60_000

testInWorld('CreateJob of new passwords', (world) => {
  const rotation = { Kind: 'RotatePasswords', FirstWave: '3', LargestWave: '3' }
  const password = (serial: string) => `${serial}:Password_of_${serial}`

  async function gateway(id: string, ...serials: readonly string[]): Promise<void> {
    await world().addInstance({ id })
    for (const serial of serials) await world().addDevice(id, { serial })
  }

  async function refusal(params: Readonly<Record<string, string>>): Promise<string> {
    const error = await world()
      .call(operation, { ...rotation, ...params })
      .catch((thrown: unknown) => thrown as { readonly code: string; readonly message: string })
    return `${error['code']}: ${error['message']}`
  }

  test('an item is a device; the two of a pair are never in one wave, and the standby one comes first', async () => {
    await gateway('sag-a', 'sag1', 'sag2')
    await gateway('sag-b', 'sag3')
    await gateway('sag-c', 'sag4', 'sag5')
    const Passwords = ['sag1', 'sag2', 'sag3', 'sag4', 'sag5'].map(password).join()
    const { JobId = '' } = (await world().call(operation, {
      ...rotation,
      SmartAGIds: 'sag-a,sag-b,sag-c',
      Passwords,
    })) as { readonly JobId?: string }
    const job = await world().call(describeJob, { JobId })
    expect(job).toMatchObject({
      Total: 5,
      Waves: [{ ToDo: 3 }, { ToDo: 2 }],
      Items: [
        { SmartAGId: 'sag-a', SerialNumber: 'sag2', Wave: 1 },
        { SmartAGId: 'sag-b', SerialNumber: 'sag3', Wave: 1 },
        { SmartAGId: 'sag-c', SerialNumber: 'sag5', Wave: 1 },
        { SmartAGId: 'sag-a', SerialNumber: 'sag1', Wave: 2 },
        { SmartAGId: 'sag-c', SerialNumber: 'sag4', Wave: 2 },
      ],
    })
    expect(JSON.stringify(job)).not.toContain('Password_of')
  })

  test('InvalidPasswords: all that are wrong together, by their devices, and nothing is created', async () => {
    await gateway('sag-a', 'sag1', 'sag2')
    await gateway('sag-b', 'sag3')
    const SmartAGIds = 'sag-a'
    const rule = 'InvalidPasswords: The specified Passwords are invalid. 8–30 letters, digits and underscores, not:'
    const long = `sag3:${'a'.repeat(31)}`
    expect(await refusal({ SmartAGIds, Passwords: `sag1:short,${password('sag2')},${long}` })).toBe(
      `${rule} sag1, entry 3.`,
    )
    expect(await refusal({ SmartAGIds, Passwords: 'sag1:with-a-dash' })).toBe(`${rule} sag1.`)
    expect(await refusal({ SmartAGIds, Passwords: `${password('sag1')},` })).toBe(`${rule} entry 2.`)
    expect(await refusal({ SmartAGIds, Passwords: `${password('sag1')},sag1:Another_2024` })).toContain('twice: sag1.')
    expect(await refusal({ SmartAGIds, Passwords: ['sag1', 'sag3', 'sag9'].map(password).join() })).toContain(
      'Not of these instances: entry 2, entry 3.',
    )
    expect(await refusal({ SmartAGIds: 'sag-a,sag-b', Passwords: password('sag1') })).toContain(
      'No password for: sag-b.',
    )
    expect(await refusal({ SmartAGIds, Passwords: 'sag1=Gateway_2024' })).toMatch(/^InvalidPasswords/)
    expect(await world().store.read((db) => db.selectFrom('job').select('id').execute())).toEqual([])
  })

  test('a list whose columns were swapped: no password comes back in the answer, whatever else is wrong with it', async () => {
    await gateway('sag-a', 'sag1', 'sag2')
    await gateway('sag-b', 'sag30000')
    const secrets = ['Secret_of_one', 'Secret_of_two']
    for (const Passwords of [
      'Secret_of_one:sag1,Secret_of_two:sag2',
      'Secret_of_one:sag30000,Secret_of_two:sag30000',
      'Secret_of_one:sag30000,Secret_of_one:sag30000',
      'sag1:Secret_of_one,Secret_of_two:sag30000',
    ]) {
      const said = await refusal({ SmartAGIds: 'sag-a,sag-b', Passwords })
      expect(said).toMatch(/^InvalidPasswords: .*entry [12]/)
      for (const secret of secrets) expect(said).not.toContain(secret)
      const audited = await world().store.read((db) => db.selectFrom('audit_event').selectAll().execute())
      for (const secret of secrets) expect(JSON.stringify(audited)).not.toContain(secret)
    }
  })

  test('a device whose new password is still to come from another job is refused, also of two calls at once', async () => {
    await gateway('sag-a', 'sag1')
    await gateway('sag-b', 'sag2')
    const one = { SmartAGIds: 'sag-a', Passwords: password('sag1') }
    const both = { SmartAGIds: 'sag-a,sag-b', Passwords: ['sag1', 'sag2'].map(password).join() }
    const answers = await Promise.all([refusal(one), refusal(one)])
    const [JobId = ''] = (await world().store.read((db) => db.selectFrom('job').select('id').execute())).map(
      ({ id }) => id,
    )
    const taken = `InvalidPasswords: The specified Passwords are invalid. In a job that has not given them theirs yet: sag1 (${JobId}).`
    expect(answers.filter((answer) => answer === taken)).toHaveLength(1)
    expect(await refusal(both)).toBe(taken)
    const to = (job: object, item: object) =>
      world().store.write(async (tx) => {
        await tx.updateTable('job').set(job).where('id', '=', JobId).execute()
        await tx.updateTable('job_item').set(item).where('job_id', '=', JobId).execute()
      })
    // What is being stopped gives it none, unless that is under way.
    await to({ ending: 'Stopped' }, { state: 'Running' })
    expect(await refusal(both)).toBe(taken)
    await to({ ending: 'Stopped' }, { state: 'ToDo' })
    await world().call(operation, { ...rotation, ...both })
  })

  test('FeatureNotSupport: devices that no operation can give one', async () => {
    await gateway('sag-a', 'sag1')
    await world().addDevice('sag-a', { serial: 'sag2', model: 'SCG5000', version: '3.4.1.0' })
    const Passwords = ['sag1', 'sag2'].map(password).join()
    expect(await refusal({ SmartAGIds: 'sag-a', Passwords })).toBe(
      'FeatureNotSupport: A device has no password that can be set. sag2.',
    )
  })

  test('InvalidParameter: without passwords, with passwords for a restart, or to begin when they are held no more', async () => {
    await gateway('sag-a', 'sag1')
    const asked = { SmartAGIds: 'sag-a', Passwords: password('sag1') }
    const at = (time: number) => new Date(time).toISOString().replace(/\.\d+Z/, 'Z')
    for (const wrong of [
      { ...asked, Passwords: '' },
      { ...asked, Kind: 'Restart' },
      { ...asked, StartAt: at(world().now + passwordDays * dayMs + 1000) },
    ]) {
      expect(await refusal(wrong)).toMatch(/^InvalidParameter:/)
    }
    await world().call(operation, { ...rotation, ...asked, StartAt: at(world().now + passwordDays * dayMs - 1000) })
  })

  test('the passwords of as many devices as a job may have fit in one call', () => {
    const serial = 'sag3a1b2c3d4e5f6'
    const list = Array.from({ length: mostJobItems }, () => `${serial}:${'a'.repeat(30)}`).join()
    const { Passwords } = operation.params
    expect(
      'value' in (Passwords as NonNullable<typeof Passwords>).parse(new Map([['Passwords', list]]), 'Passwords'),
    ).toBe(true)
  })
})
