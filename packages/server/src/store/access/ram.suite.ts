// What the store of RAM must do, on every database: run for each of them beside the store's own suite.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Place } from '../store.suite.ts'
import type { Store } from '../store.ts'
import type { Target } from './attachments.ts'
import { policiesAppliedTo } from './principal-policies.ts'
import { createRam, type Ram } from './ram.ts'
import type { RamRole } from './roles.ts'
import type { RamUser } from './users.ts'

const accountId = '1210123456123456'

export function ramSuite(newPlace: () => Promise<Place>): void {
  describe('RAM', () => {
    let place: Place
    let store: Store

    beforeEach(async () => {
      place = await newPlace()
      store = await place.open()
      await store.write((tx) => tx.insertInto('account').values({ id: accountId, name: '', created_at: 0 }).execute())
    })
    afterEach(async () => {
      await store.close()
      await place.remove()
    })

    const change = <T>(work: (ram: Ram) => Promise<T>): Promise<T> => store.write((tx) => work(createRam(tx)))
    const look = <T>(work: (ram: Ram) => Promise<T>): Promise<T> => store.read((db) => work(createRam(db)))
    const epoch = (): Promise<number> => look(({ accounts }) => accounts.accessEpoch(accountId))

    async function addUser(name: string): Promise<RamUser> {
      return change(async ({ users }) => {
        await users.add({ id: `id-${name}`, accountId, name, createdAt: 1 })
        return (await users.user(accountId, name)) as RamUser
      })
    }

    async function addPolicy(name: string, document = `{"of":"${name}"}`): Promise<void> {
      await change(({ policies }) =>
        policies.add({
          id: `p-${name}`,
          accountId,
          name,
          description: undefined,
          document,
          examples: undefined,
          createdAt: 1,
        }),
      )
    }

    async function applied(target: Target): Promise<readonly string[]> {
      const policies = await store.read((db) => policiesAppliedTo(db, target))
      return policies.map(({ policy, document, through }) => `${through.kind} ${policy.name} ${document}`)
    }

    test('of no names there are no roles and no policies', async () => {
      await addPolicy('known')
      const page = { after: undefined, size: 10, only: [] }
      expect(await look(({ roles }) => roles.roles(accountId, page))).toEqual([])
      expect(await look(({ policies }) => policies.policies(accountId, page))).toEqual([])
    })

    test('a user is found by name in its account only, and keeps what a change leaves out', async () => {
      const user = await addUser('alice')
      await change(({ users }) => users.change(user, { comments: '云计算工程师 😀' }, 2))
      await change(({ users }) => users.change(user, { name: 'Alice' }, 3))
      expect(await look(({ users }) => users.user(accountId, 'alice'))).toBeUndefined()
      expect(await look(({ users }) => users.user('1', 'Alice'))).toBeUndefined()
      const changed = { ...user, name: 'Alice', comments: '云计算工程师 😀', updatedAt: 3 }
      expect(await look(({ users }) => users.user(accountId, 'Alice'))).toEqual(changed)
      expect(await look(({ users }) => users.userById(user.id))).toEqual(changed)
    })

    test('names are unique in an account', async () => {
      await addUser('alice')
      await expect(
        change(({ users }) => users.add({ id: 'other', accountId, name: 'alice', createdAt: 1 })),
      ).rejects.toThrow()
    })

    test('lists go on after a name', async () => {
      for (const name of ['c', 'a', 'b', 'd']) await addUser(name)
      const page = (after: string | undefined) => look(({ users }) => users.users(accountId, { after, size: 2 }))
      expect((await page(undefined)).map(({ name }) => name)).toEqual(['a', 'b'])
      expect((await page('b')).map(({ name }) => name)).toEqual(['c', 'd'])
      expect(await page('d')).toEqual([])
    })

    test('to a user apply its own policies and those of its groups, each in the version in force', async () => {
      const user = await addUser('alice')
      await addUser('bob')
      for (const name of ['own', 'groups', 'others']) await addPolicy(name)
      const group = await change(async ({ groups }) => {
        await groups.add({ id: 'g-1', accountId, name: 'staff', createdAt: 1 })
        return groups.group(accountId, 'staff')
      })
      if (group === undefined) throw new Error('the group is not there')
      await change(async ({ groups, attachments }) => {
        await groups.join(group, user, 1)
        await attachments.attach(accountId, { type: 'Custom', name: 'own' }, { kind: 'user', id: user.id }, 1)
        await attachments.attach(accountId, { type: 'Custom', name: 'groups' }, { kind: 'group', id: group.id }, 1)
        await attachments.attach(
          accountId,
          { type: 'System', name: 'ReadOnlyAccess' },
          { kind: 'user', id: user.id },
          1,
        )
        await attachments.attach(accountId, { type: 'Custom', name: 'others' }, { kind: 'user', id: 'id-bob' }, 1)
        await attachments.attach(accountId, { type: 'Custom', name: 'others' }, { kind: 'role', id: user.id }, 1)
      })
      const of = { kind: 'user', id: user.id } as const
      const readOnly = expect.stringContaining('user ReadOnlyAccess {"Version":"1"')
      expect(await applied(of)).toEqual([readOnly, 'group groups {"of":"groups"}', 'user own {"of":"own"}'])
      expect(await applied({ kind: 'role', id: user.id })).toEqual(['role others {"of":"others"}'])

      await change(async ({ policies, groups }) => {
        const own = await policies.policy(accountId, 'own')
        if (own === undefined) throw new Error('the policy is not there')
        await policies.addVersion(own, { document: '{}', setAsDefault: true, examples: undefined, createdAt: 2 })
        await groups.leave(group, user)
      })
      expect(await applied(of)).toEqual([readOnly, 'user own {}'])
    })

    test('a policy of another account with the same name is another policy', async () => {
      const user = await addUser('alice')
      await addPolicy('p', '{"of":"this account"}')
      const other = '1210123456654321'
      await store.write((tx) => tx.insertInto('account').values({ id: other, name: '', created_at: 0 }).execute())
      const facts = { description: undefined, examples: undefined, createdAt: 1 }
      await change(async ({ policies, attachments }) => {
        await policies.add({ ...facts, id: 'theirs', accountId: other, name: 'p', document: '{"of":"another"}' })
        await attachments.attach(accountId, { type: 'Custom', name: 'p' }, { kind: 'user', id: user.id }, 1)
      })
      expect(await applied({ kind: 'user', id: user.id })).toEqual(['user p {"of":"this account"}'])
    })

    test('an attached policy that is not there is a defect, not one policy less', async () => {
      const policy = { type: 'Custom', name: 'gone' } as const
      await change(({ attachments }) => attachments.attach(accountId, policy, { kind: 'role', id: 'r' }, 1))
      await expect(applied({ kind: 'role', id: 'r' })).rejects.toThrow('attached but not there')
    })

    test('tags are kept by type and name, found by all of their keys and values, and told page by page', async () => {
      const put = (type: 'role' | 'policy', name: string, tags: Readonly<Record<string, string>>) =>
        change(({ tags: stored }) =>
          stored.put(
            accountId,
            type,
            name,
            Object.entries(tags).map(([key, value]) => ({ key, value })),
          ),
        )
      await put('role', 'b', { team: 'net', env: 'prod' })
      await put('role', 'b', { env: '生产 😀' })
      await put('role', 'a', { team: 'net' })
      await put('policy', 'b', { env: 'test' })
      const page = (more: object = {}) =>
        look(async ({ tags }) => {
          const asked = { names: undefined, filters: [], after: undefined, size: 9, ...more }
          return (await tags.page(accountId, 'role', asked)).map(({ name, key, value }) => `${name} ${key}=${value}`)
        })
      expect(await page()).toEqual(['a team=net', 'b env=生产 😀', 'b team=net'])
      expect(await page({ after: { name: 'b', key: 'env' } })).toEqual(['b team=net'])
      expect(await page({ size: 1, after: { name: 'a', key: 'team' } })).toEqual(['b env=生产 😀'])
      const both = [
        { key: 'team', value: 'net' },
        { key: 'env', value: undefined },
      ]
      expect(await look(({ tags }) => tags.namesWith(accountId, 'role', both))).toEqual(['b'])
      expect(await page({ filters: both, names: ['a'] })).toEqual([])
      await change(({ tags }) => tags.remove(accountId, 'role', ['a', 'b'], ['team']))
      expect(await page()).toEqual(['b env=生产 😀'])
      await change(({ tags }) => tags.remove(accountId, 'role', ['b']))
      const left = await look(({ tags }) => tags.of(accountId, 'policy', ['a', 'b']))
      expect([...left]).toEqual([['b', [{ key: 'env', value: 'test' }]]])
    })

    test('a role knows the service it is linked to, in lists too, and a change keeps it', async () => {
      const made = { accountId, description: undefined, trustPolicy: '{}', maxSessionDuration: 3600, createdAt: 1 }
      await change(async ({ roles }) => {
        await roles.add({ ...made, id: 'r1', name: 'linked', serviceName: 'smartag.aliyuncs.com' })
        await roles.add({ ...made, id: 'r2', name: 'own' })
      })
      const linked = await look(({ roles }) => roles.roleById('r1'))
      await change(({ roles }) => roles.change(linked as RamRole, { description: 'changed' }, 2))
      expect(await look(({ roles }) => roles.role(accountId, 'linked'))).toMatchObject({
        serviceName: 'smartag.aliyuncs.com',
        description: 'changed',
      })
      const listed = await look(({ roles }) => roles.roles(accountId, { after: undefined, size: 10 }))
      expect(listed.map(({ name, serviceName }) => [name, serviceName])).toEqual([
        ['linked', 'smartag.aliyuncs.com'],
        ['own', undefined],
      ])
    })

    test('version numbers are not used again, and one version is the default', async () => {
      await addPolicy('p')
      const versions = await change(async ({ policies }) => {
        const policy = await policies.policy(accountId, 'p')
        if (policy === undefined) throw new Error('the policy is not there')
        const more = { document: '{}', setAsDefault: false, examples: undefined, createdAt: 2 }
        await policies.addVersion(policy, more)
        await policies.removeVersion(policy, 2)
        await policies.addVersion(policy, { ...more, setAsDefault: true })
        return policies.versions(policy)
      })
      expect(versions.map(({ version, isDefault }) => [version, isDefault])).toEqual([
        [1, false],
        [3, true],
      ])
      expect(await look(({ policies }) => policies.policy(accountId, 'p'))).toMatchObject({ defaultVersion: 3 })
    })

    test('every change that can alter a decision raises the epoch, and no other does', async () => {
      const user = await addUser('alice')
      await addPolicy('p')
      const policy = { type: 'Custom', name: 'p' } as const
      const target = { kind: 'user', id: user.id } as const
      const role = { id: 'r', accountId, name: 'r', description: undefined, createdAt: 1 }
      await change(async ({ groups, roles }) => {
        await groups.add({ id: 'g-1', accountId, name: 'staff', createdAt: 1 })
        await roles.add({ ...role, trustPolicy: '{}', maxSessionDuration: 3600 })
      })
      const profile = { passwordHash: 'one', passwordResetRequired: false, mfaBindRequired: false }
      const owner = { accountId, userId: user.id }
      const key = { id: 'k', account_id: accountId, user_id: user.id, secret_sealed: '', status: 'Active' } as const
      await store.write((tx) =>
        tx
          .insertInto('access_key')
          .values({ ...key, created_at: 1 })
          .execute(),
      )
      expect(await epoch()).toBe(0)

      const steps: readonly (readonly [raises: boolean, work: (ram: Ram) => Promise<unknown>])[] = [
        [true, ({ attachments }) => attachments.attach(accountId, policy, target, 1)],
        [false, ({ users }) => users.change(user, { comments: 'x' }, 2)],
        [true, ({ users }) => users.change(user, { name: 'bob' }, 2)],
        [true, async ({ groups }) => groups.join(await present(groups.group(accountId, 'staff')), user, 2)],
        [true, async ({ groups }) => groups.leave(await present(groups.group(accountId, 'staff')), user)],
        [false, ({ loginProfiles }) => loginProfiles.add(user, profile, 2)],
        [true, ({ loginProfiles }) => loginProfiles.change(user, { passwordHash: 'another' }, 3)],
        [true, ({ loginProfiles }) => loginProfiles.remove(user)],
        [true, async ({ keys }) => keys.setStatus(await present(keys.key(owner, 'k')), 'Inactive')],
        [true, async ({ keys }) => keys.remove(await present(keys.key(owner, 'k')))],
        [true, async ({ policies }) => policies.setDefault(await present(policies.policy(accountId, 'p')), 1, 2)],
        [true, ({ attachments }) => attachments.detach(accountId, policy, target)],
        [true, async ({ policies }) => policies.remove(await present(policies.policy(accountId, 'p')))],
        [false, async ({ roles }) => roles.change(await present(roles.role(accountId, 'r')), { description: 'x' }, 2)],
        [true, async ({ roles }) => roles.change(await present(roles.role(accountId, 'r')), { trustPolicy: '[]' }, 2)],
        [true, async ({ roles }) => roles.remove(await present(roles.role(accountId, 'r')))],
        [true, ({ users }) => users.remove(user)],
      ]
      for (const [raises, work] of steps) {
        const before = await epoch()
        await change(work)
        expect([String(work), (await epoch()) - before]).toEqual([String(work), raises ? 1 : 0])
      }
    })

    test('two that count before they add do not both add', async () => {
      const addIfNone = (name: string) =>
        change(async ({ users }) => {
          if ((await users.count(accountId)) > 0) return false
          await users.add({ id: `id-${name}`, accountId, name, createdAt: 1 })
          return true
        })
      const added = await Promise.all(['a', 'b', 'c', 'd'].map(addIfNone))
      expect(added.filter(Boolean)).toHaveLength(1)
    })
  })
}

async function present<T>(found: Promise<T | undefined>): Promise<T> {
  const value = await found
  if (value === undefined) throw new Error('it is not there')
  return value
}
