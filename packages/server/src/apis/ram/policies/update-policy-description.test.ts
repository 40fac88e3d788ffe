import { expect, test } from 'vitest'
import { day, testOperation } from '../../testing/harness.suite.ts'
import { addPolicy, began, testNames } from '../testing.suite.ts'
import { updatePolicyDescription as operation } from './update-policy-description.ts'

testOperation(operation, (world) => {
  const given = { PolicyName: 'Gateway-Operator', NewDescription: '网关运维' }

  test('changes the description', async () => {
    await addPolicy(world())
    world().now += day
    expect(await world().call(operation, given)).toEqual({
      Policy: {
        PolicyName: 'Gateway-Operator',
        PolicyType: 'Custom',
        Description: '网关运维',
        DefaultVersion: 'v1',
        CreateDate: began,
        UpdateDate: '2024-02-01T12:00:00Z',
      },
    })
  })

  test('EntityNotExist.Policy: also for one of the system', async () => {
    expect(await world().refused(operation, { ...given, PolicyName: 'ReadOnlyAccess' })).toBe('EntityNotExist.Policy')
  })

  testNames(operation, world, given, 'PolicyName')

  test('InvalidParameter.NewDescription.Length', async () => {
    expect(await world().refused(operation, { ...given, NewDescription: 'x'.repeat(1025) })).toBe(
      'InvalidParameter.NewDescription.Length',
    )
  })
})
