// Whatever happens in whatever order: the policies that apply are those a simple account of it says, refusals are the
// ones it foretells, and nobody's rights change without the epoch.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Refusal } from '../../declare/index.ts'
import { policiesAppliedTo } from '../../store/access/principal-policies.ts'
import type { Operation } from '../operation.ts'
import { accountId, type Harness, openHarness } from '../testing/harness.suite.ts'
import { addUserToGroup } from './groups/add-user-to-group.ts'
import { createGroup } from './groups/create-group.ts'
import { deleteGroup } from './groups/delete-group.ts'
import { removeUserFromGroup } from './groups/remove-user-from-group.ts'
import { attachPolicyToGroup } from './policies/attach-policy-to-group.ts'
import { attachPolicyToUser } from './policies/attach-policy-to-user.ts'
import { createPolicy } from './policies/create-policy.ts'
import { createPolicyVersion } from './policies/create-policy-version.ts'
import { deletePolicy } from './policies/delete-policy.ts'
import { detachPolicyFromGroup } from './policies/detach-policy-from-group.ts'
import { detachPolicyFromUser } from './policies/detach-policy-from-user.ts'
import { setDefaultPolicyVersion } from './policies/set-default-policy-version.ts'
import { document, look, otherDocument } from './testing.suite.ts'
import { createUser } from './users/create-user.ts'
import { deleteUser } from './users/delete-user.ts'
import { updateUser } from './users/update-user.ts'

/** A simple account of what there is. Names only, and the text in force. */
interface Model {
  readonly users: Map<string, { readonly groups: Set<string>; readonly policies: Set<string> }>
  readonly groups: Map<string, Set<string>>
  readonly policies: Map<string, { readonly versions: Map<number, string>; inForce: number; last: number }>
}

interface Step {
  readonly does: string
  readonly operation: Operation
  readonly params: Readonly<Record<string, string>>
  /** Changes the model and tells what the operation answers. */
  foretell(model: Model): string
}

const users = fc.constantFrom('alice', 'bob')
const groups = fc.constantFrom('g1', 'g2')
const policies = fc.constantFrom('p1', 'p2')
const texts = fc.constantFrom(document, otherDocument)
const versions = fc.integer({ min: 1, max: 4 })

type Foretelling = (model: Model) => string

function step(
  does: string,
  operation: Operation,
  params: Readonly<Record<string, string>>,
  foretell: Foretelling,
): Step {
  return { does: `${operation.name} ${does}`, operation, params, foretell }
}

const missing = (what: 'User' | 'Group' | 'Policy'): string => `EntityNotExist.${what}`
const membersOf = ({ users: all }: Model, group: string) => [...all.values()].filter((user) => user.groups.has(group))

const makeUser = (user: string): Step =>
  step(user, createUser, { UserName: user }, (model) => {
    if (model.users.has(user)) return 'EntityAlreadyExists.User'
    model.users.set(user, { groups: new Set(), policies: new Set() })
    return 'done'
  })

const makeGroup = (group: string): Step =>
  step(group, createGroup, { GroupName: group }, (model) => {
    if (model.groups.has(group)) return 'EntityAlreadyExists.Group'
    model.groups.set(group, new Set())
    return 'done'
  })

const makePolicy = (policy: string, text: string): Step =>
  step(policy, createPolicy, { PolicyName: policy, PolicyDocument: text }, (model) => {
    if (model.policies.has(policy)) return 'EntityAlreadyExists.Policy'
    model.policies.set(policy, { versions: new Map([[1, text]]), inForce: 1, last: 1 })
    return 'done'
  })

const attachToUser = (user: string, policy: string, attaches: boolean): Step =>
  step(
    `${user} ${policy}`,
    attaches ? attachPolicyToUser : detachPolicyFromUser,
    { UserName: user, PolicyType: 'Custom', PolicyName: policy },
    (model) => attachOrDetach(model, 'User', model.users.get(user)?.policies, policy, attaches),
  )

const attachToGroup = (group: string, policy: string, attaches: boolean): Step =>
  step(
    `${group} ${policy}`,
    attaches ? attachPolicyToGroup : detachPolicyFromGroup,
    { GroupName: group, PolicyType: 'Custom', PolicyName: policy },
    (model) => attachOrDetach(model, 'Group', model.groups.get(group), policy, attaches),
  )

/** Where a walk begins, so that most of its steps meet something. */
const beginning: readonly Step[] = [
  makeUser('alice'),
  makeUser('bob'),
  makeGroup('g1'),
  makePolicy('p1', document),
  makePolicy('p2', otherDocument),
  attachToGroup('g1', 'p1', true),
  attachToUser('bob', 'p2', true),
]

const steps: readonly fc.Arbitrary<Step>[] = [
  users.map(makeUser),
  fc.tuple(users, users).map(([user, name]) =>
    step(`${user} ${name}`, updateUser, { UserName: user, NewUserName: name }, (model) => {
      const found = model.users.get(user)
      if (found === undefined) return missing('User')
      if (name !== user && model.users.has(name)) return 'EntityAlreadyExists.User'
      model.users.delete(user)
      model.users.set(name, found)
      return 'done'
    }),
  ),
  users.map((user) =>
    step(user, deleteUser, { UserName: user }, (model) => {
      const found = model.users.get(user)
      if (found === undefined) return missing('User')
      if (found.groups.size > 0) return 'DeleteConflict.User.Group'
      if (found.policies.size > 0) return 'DeleteConflict.User.Policy'
      model.users.delete(user)
      return 'done'
    }),
  ),
  groups.map(makeGroup),
  groups.map((group) =>
    step(group, deleteGroup, { GroupName: group }, (model) => {
      const attached = model.groups.get(group)
      if (attached === undefined) return missing('Group')
      if (membersOf(model, group).length > 0) return 'DeleteConflict.Group.User'
      if (attached.size > 0) return 'DeleteConflict.Group.Policy'
      model.groups.delete(group)
      return 'done'
    }),
  ),
  fc.tuple(users, groups, fc.boolean()).map(([user, group, joins]) =>
    step(
      `${user} ${group}`,
      joins ? addUserToGroup : removeUserFromGroup,
      { UserName: user, GroupName: group },
      (model) => {
        const found = model.users.get(user)
        if (found === undefined) return missing('User')
        if (!model.groups.has(group)) return missing('Group')
        if (found.groups.has(group) === joins) return `Entity${joins ? 'AlreadyExists' : 'NotExist'}.User.Group`
        if (joins) found.groups.add(group)
        else found.groups.delete(group)
        return 'done'
      },
    ),
  ),
  fc.tuple(policies, texts).map(([policy, text]) => makePolicy(policy, text)),
  fc.tuple(policies, texts, fc.boolean()).map(([policy, text, inForce]) =>
    step(
      `${policy} ${inForce}`,
      createPolicyVersion,
      { PolicyName: policy, PolicyDocument: text, SetAsDefault: String(inForce) },
      (model) => {
        const found = model.policies.get(policy)
        if (found === undefined) return missing('Policy')
        if (found.versions.size >= 5) return 'LimitExceeded.Policy.Version'
        found.last += 1
        found.versions.set(found.last, text)
        if (inForce) found.inForce = found.last
        return 'done'
      },
    ),
  ),
  fc.tuple(policies, versions).map(([policy, version]) =>
    step(
      `${policy} v${version}`,
      setDefaultPolicyVersion,
      { PolicyName: policy, VersionId: `v${version}` },
      (model) => {
        const found = model.policies.get(policy)
        if (found === undefined) return missing('Policy')
        if (!found.versions.has(version)) return 'EntityNotExist.Policy.Version'
        found.inForce = version
        return 'done'
      },
    ),
  ),
  policies.map((policy) =>
    step(policy, deletePolicy, { PolicyName: policy, CascadingDelete: 'true' }, (model) => {
      if (!model.policies.has(policy)) return missing('Policy')
      if ([...model.users.values()].some((user) => user.policies.has(policy))) return 'DeleteConflict.Policy.User'
      if ([...model.groups.values()].some((attached) => attached.has(policy))) return 'DeleteConflict.Policy.Group'
      model.policies.delete(policy)
      return 'done'
    }),
  ),
  fc.tuple(users, policies, fc.boolean()).map(([user, policy, attaches]) => attachToUser(user, policy, attaches)),
  fc.tuple(groups, policies, fc.boolean()).map(([group, policy, attaches]) => attachToGroup(group, policy, attaches)),
]

function attachOrDetach(
  model: Model,
  kind: 'User' | 'Group',
  attached: Set<string> | undefined,
  policy: string,
  attaches: boolean,
): string {
  if (attached === undefined) return missing(kind)
  if (!model.policies.has(policy)) return missing('Policy')
  if (attached.has(policy) === attaches) return `Entity${attaches ? 'AlreadyExists' : 'NotExist'}.${kind}.Policy`
  if (attaches) attached.add(policy)
  else attached.delete(policy)
  return 'done'
}

/** The texts that apply to a user, as the model says. */
function rightsIn({ users: all, groups: held, policies: known }: Model, name: string): readonly string[] | undefined {
  const user = all.get(name)
  if (user === undefined) return undefined
  const attached = [...user.policies, ...[...user.groups].flatMap((group) => [...(held.get(group) ?? [])])]
  return attached
    .map((policy) => {
      const found = known.get(policy)
      return found?.versions.get(found.inForce) ?? 'none'
    })
    .sort()
}

async function rightsOf(world: Harness, name: string): Promise<readonly string[] | undefined> {
  const user = await look(world, (ram) => ram.users.user(accountId, name))
  if (user === undefined) return undefined
  const applied = await world.store.read((db) => policiesAppliedTo(db, { kind: 'user', id: user.id }))
  return applied.map((policy) => policy.document).sort()
}

async function answerOf(world: Harness, { operation, params }: Step): Promise<string> {
  try {
    await world.call(operation, params)
    return 'done'
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

test('rights are what the simple account says, and never change without the epoch', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(...steps), { minLength: 20, maxLength: 80 }), async (walk) => {
      const world = await openHarness()
      try {
        const model: Model = { users: new Map(), groups: new Map(), policies: new Map() }
        const epoch = () => look(world, ({ accounts }) => accounts.accessEpoch(accountId))
        for (const next of [...beginning, ...walk]) {
          const before = { rights: ['alice', 'bob'].map((name) => rightsIn(model, name)), epoch: await epoch() }
          const foretold = next.foretell(model)
          expect(`${next.does}: ${await answerOf(world, next)}`).toBe(`${next.does}: ${foretold}`)
          const rights = ['alice', 'bob'].map((name) => rightsIn(model, name))
          expect([await rightsOf(world, 'alice'), await rightsOf(world, 'bob')]).toEqual(rights)
          const raised = (await epoch()) > before.epoch
          // A user who is new has no rights to lose, and nobody compiled any for it.
          const isNew = next.operation === createUser
          if (JSON.stringify(rights) !== JSON.stringify(before.rights) && !isNew) expect(raised).toBe(true)
          if (foretold !== 'done') expect(raised).toBe(false)
        }
      } finally {
        await world.close()
      }
    }),
    { numRuns: 25 },
  )
})
