import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accountId, type Harness, openHarness, otherAccountId } from '../../apis/testing/harness.suite.ts'
import type { Tags } from '../../model/tags.ts'
import { createTagReader } from '../../store/fleet/tags.ts'
import { createRepositories } from '../../store/repositories.ts'
import { withResourceTags } from '../circumstances.ts'
import { type AccessRequest, compilePolicies, evaluate, parsePolicy, visibleIn } from './index.ts'

const regions = ['cn-shanghai', 'cn-hangzhou', 'ap-southeast-1'] as const

const oneOf = fc.constantFrom
const id = oneOf(
  '*',
  'sag-a',
  'sag-ab',
  'sag-*',
  'sag-a*',
  '*b',
  'sag-?',
  'sag-??',
  '*a*b*',
  'sag-none',
  'SAG-A',
  'sag_a',
  's%',
)
const relative = fc.oneof(
  id.map((text) => `smartag/${text}`),
  oneOf('*', 'smart*', 'smart*a', '*/sag-b', '?martag/sag-?b', 'smartag*', 'ccn/*', '*ag-*a'),
)
const resource = fc.oneof(
  { weight: 1, arbitrary: oneOf('*') },
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        oneOf('smartag', 'smart*', 'ram'),
        oneOf('*', ...regions, 'cn-*', ''),
        oneOf('*', accountId, '121*', '9'),
        relative,
      )
      .map(([service, region, account, rest]) => `acs:${service}:${region}:${account}:${rest}`),
  },
)
const tagCondition = fc
  .record({
    operator: oneOf(
      'StringEquals',
      'StringNotEquals',
      'StringEqualsIgnoreCase',
      'StringLike',
      'StringNotLikeIfExists',
      'StringEqualsIfExists',
      'ForAnyValue:StringNotEquals',
      'ForAllValues:StringLike',
      'NumericGreaterThan',
    ),
    key: oneOf('env', 'Env', 'größe', 'k', 'acs:PrincipalARN'),
    values: oneOf(['1'], ['prod'], ['p*'], ['prod', ''], ['a"\\é']),
  })
  .filter(({ operator, values }) => !operator.startsWith('Numeric') || values[0] === '1')
  .map(({ operator, key, values }) => ({
    [operator]: { [key.includes(':') ? key : `acs:ResourceTag/${key}`]: values },
  }))
const statement = fc.record({
  condition: fc.option(tagCondition, { nil: undefined }),
  Effect: oneOf('Allow', 'Allow', 'Deny'),
  Action: oneOf('smartag:List', 'smartag:List', '*', 'opensag:Show', 'smartag:Other'),
  resources: fc.array(resource, { minLength: 1, maxLength: 3 }),
  not: fc.boolean(),
})
const policies = fc.array(statement, { minLength: 1, maxLength: 4 })

/** The limits have a test of their own. */
const unlimited = { wild: 1000, ids: 1000, exceptions: 1000, tags: 1000 }

// What a list of policies means to a store: the same as `evaluate` says of each entry.
describe('the part of a list that policies allow', () => {
  let context: Harness
  const ids: { readonly id: string; readonly regionId: string; readonly tags: Tags }[] = []
  const tagsOf: readonly Tags[] = [
    [['env', 'prod']],
    [['env', 'PROD']],
    [
      ['ENV', 'test'],
      ['env', 'prod'],
    ],
    [['env', '']],
    [['env', '12']],
    [['env', 'a"\\é']],
    [['x["env","prod"]', '["env","prod"]']],
    [
      ['GRÖSSE', '1'],
      ['Größe', 'prod'],
    ],
    [['\u212a', 'prod']],
  ]

  beforeAll(async () => {
    context = await openHarness()
    for (const [n, text] of ['a', 'b', 'ab', 'ba', 'aab', 'b1', '1a', 'abba', 'a-b', 'aaaa'].entries()) {
      const given = { id: `sag-${text}`, regionId: regions[n % 3] ?? 'cn-shanghai' }
      const tags = tagsOf[n] ?? []
      ids.push({ ...given, id: await context.addInstance(given), tags })
      await context.store.write(async (tx) => {
        await createRepositories(tx).fleet.configure(given.id, { tags })
      })
    }
    await context.addInstance({ id: 'sag-foreign', accountId: otherAccountId })
  })
  afterAll(() => context.close())

  test('a list shows each entry that the policies allow, and no other, in one region and in all of them', async () => {
    let cut = 0
    await fc.assert(
      fc.asyncProperty(policies, fc.option(oneOf(...regions), { nil: undefined }), async (statements, regionId) => {
        const Statement = statements.map(({ Effect, Action, resources, not, condition }) => ({
          ...(condition === undefined ? {} : { Condition: condition }),
          Effect,
          Action,
          [not ? 'NotResource' : 'Resource']: resources,
        }))
        const parsed = parsePolicy(JSON.stringify({ Version: '1', Statement }), 'identity')
        if (!('policy' in parsed)) throw new Error(parsed.mistake.message)
        const compiled = compilePolicies([parsed.policy])
        const actions = ['opensag:Show', 'smartag:List']
        const about = { context: new Map() as AccessRequest['context'] }
        const mine = { service: 'smartag', type: 'smartag', accountId }
        const { tagKeys } = compiled
        const tags = tagKeys.length === 0 ? undefined : await createTagReader(context.store).inUse(accountId, tagKeys)
        const visible = visibleIn(compiled, { ...mine, ...about, actions, regionId, tags }, unlimited)
        if (typeof visible !== 'string') cut += 1

        const isAllowed = (entry: (typeof ids)[number]): boolean => {
          const resources = [`acs:smartag:${entry.regionId}:${accountId}:smartag/${entry.id}`]
          const tagged = { context: withResourceTags(about.context, entry.tags) }
          const decisions = actions.map((action) => evaluate(compiled, { action, resources, ...tagged }))
          const isDenied = decisions.some((one) => 'why' in one && one.why === 'ExplicitDeny')
          return !isDenied && decisions.some(({ effect }) => effect === 'Allow')
        }
        const inRegion = ids.filter((entry) => regionId === undefined || entry.regionId === regionId)
        const expected = inRegion.filter(isAllowed).map((entry) => entry.id)
        const filter = { accountId, regionId, ...(typeof visible === 'string' ? {} : { scope: [visible] }) }
        const shown = await context.store.read(async (db) => {
          const { fleet } = createRepositories(db)
          const { total, instances } = await fleet.instances(filter, { number: 1, size: 50 })
          expect(total).toBe(instances.length)
          expect(await fleet.count(filter)).toBe(total)
          const rows = await fleet.overview(filter, 50)
          expect(rows.map(({ instance }) => instance.id)).toEqual(instances.map((instance) => instance.id).sort())
          return instances.map((instance) => instance.id)
        })
        expect(visible === 'none' ? [] : shown.sort()).toEqual(expected.sort())
      }),
      { numRuns: 400 },
    )
    // Most policies of the kind above are no question of all or nothing.
    expect(cut).toBeGreaterThan(50)
  })

  test('is found where a policy names thousands of ids, each in its region', async () => {
    const named = (id: string): string => `acs:smartag:cn-shanghai:${accountId}:smartag/${id}`
    const Resource = [...ids.map(({ id }) => named(id)), ...Array.from({ length: 2900 }, (_, n) => named(`none-${n}`))]
    const compiled = compilePolicies([
      {
        kind: 'identity',
        statements: [
          {
            effect: 'Allow',
            action: { not: false, patterns: ['smartag:List'] },
            resource: { not: false, patterns: Resource },
            conditions: [],
          },
        ],
      },
    ])
    const asked = { actions: ['smartag:List'], service: 'smartag', type: 'smartag', accountId, regionId: undefined }
    const visible = visibleIn(compiled, { ...asked, context: new Map() })
    if (typeof visible === 'string') throw new Error(`It is ${visible}.`)
    const expected = ids.filter(({ regionId }) => regionId === 'cn-shanghai').map(({ id }) => id)
    const { instances } = await context.store.read((db) =>
      createRepositories(db).fleet.instances({ accountId, scope: [visible, visible] }, { number: 1, size: 50 }),
    )
    expect(instances.map(({ id }) => id).sort()).toEqual([...expected].sort())
  })
})
