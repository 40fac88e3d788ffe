import { expect, test } from 'vitest'
import { accountId, testOperation } from '../../testing/harness.suite.ts'
import {
  addGroup,
  addPolicy,
  addRole,
  addUser,
  addVersions,
  attach,
  change,
  look,
  testNames,
  toGroup,
  toRole,
  toUser,
} from '../testing.suite.ts'
import { deletePolicy as operation } from './delete-policy.ts'

testOperation(operation, (world) => {
  const given = { PolicyName: 'Gateway-Operator' }
  const count = () => look(world(), ({ policies }) => policies.count(accountId))

  test('what it is attached to is told one after the other', async () => {
    await addPolicy(world())
    const targets = [
      ['DeleteConflict.Policy.User', toUser(await addUser(world()))],
      ['DeleteConflict.Policy.Group', toGroup(await addGroup(world()))],
      ['DeleteConflict.Role.Policy', toRole(await addRole(world()))],
    ] as const
    for (const [, target] of targets) await attach(world(), target)
    for (const [code, target] of targets) {
      expect(await world().refused(operation, given)).toBe(code)
      await change(world(), ({ attachments }) =>
        attachments.detach(accountId, { type: 'Custom', name: 'Gateway-Operator' }, target),
      )
    }
    expect(await world().call(operation, given)).toEqual({})
    expect(await count()).toBe(0)
  })

  test('DeleteConflict.Policy.Version: other versions go first, or with it when that is asked for', async () => {
    await addVersions(world(), await addPolicy(world()), 2)
    expect(await world().refused(operation, given)).toBe('DeleteConflict.Policy.Version')
    expect(await world().call(operation, { ...given, CascadingDelete: 'true' })).toEqual({})
    expect(await count()).toBe(0)
    const rows = await world().store.read((db) => db.selectFrom('ram_policy_version').selectAll().execute())
    expect(rows).toEqual([])
  })

  test('EntityNotExist.Policy: also for one of the system', async () => {
    expect(await world().refused(operation, given)).toBe('EntityNotExist.Policy')
    expect(await world().refused(operation, { PolicyName: 'AdministratorAccess' })).toBe('EntityNotExist.Policy')
  })

  testNames(operation, world, given, 'PolicyName')
})
