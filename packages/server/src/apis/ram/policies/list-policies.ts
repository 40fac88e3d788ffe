import { integerField, stringField, wrapped } from '../../../declare/index.ts'
import type { NamePage } from '../../../store/access/named.ts'
import type { Ram } from '../../../store/access/ram.ts'
import { operation } from '../../operation.ts'
import { policyFields, shownPolicy } from '../answers.ts'
import { rows } from '../error-rows.ts'
import { type KnownPolicy, known, knownSystemPolicies } from '../known-policy.ts'
import { pageAsked, pageFields, pageOf, pageParams } from '../paging.ts'
import { policyType } from '../params.ts'
import { filtersOf, tagFilter, tagsField, tagsShown } from '../tag-params.ts'
import { badTags } from '../tag-rows.ts'

export const listPolicies = operation({
  name: 'ListPolicies',
  family: 'policies',
  about: {
    en: 'List policies: the account’s own by name, then those of the system.',
    zh: '查询权限策略：先按名称列出自定义策略，再列出系统策略。',
  },
  source: 'Ram 2015-05-01, ListPolicies',
  access: { action: 'ram:ListPolicies', level: 'List', resource: 'acs:ram:*:{account}:policy/*', dependent: [] },
  transaction: 'read',

  params: {
    PolicyType: policyType.about('Only these: `System` or `Custom`.', '仅查询该类型：`System` 或 `Custom`。'),
    ...pageParams,
    Tag: tagFilter,
  },

  errors: { ...rows('InvalidParameter.PolicyType'), ...badTags('Tag') },

  result: {
    ...pageFields,
    Policies: wrapped('Policy', {
      ...policyFields,
      AttachmentCount: integerField,
      CreateDate: stringField,
      UpdateDate: stringField,
      Tags: tagsField,
    }),
  },

  async run({ ram, caller }, params) {
    const filters = filtersOf(params.Tag)
    const only = filters.length === 0 ? undefined : await ram.tags.namesWith(caller.accountId, 'policy', filters)
    // A policy of the system has no tags.
    const type = only === undefined ? params.PolicyType : 'Custom'
    const found =
      params.PolicyType === 'System' && only !== undefined
        ? []
        : await policiesOf(ram, caller.accountId, type, { ...pageAsked(params), only })
    const { shown, ...page } = pageOf(found, params)
    const countOf = await ram.attachments.counts(
      caller.accountId,
      shown.map(({ policy }) => policy),
    )
    const own = shown.flatMap(({ policy }) => (policy.type === 'Custom' ? [policy.name] : []))
    const tags = await ram.tags.of(caller.accountId, 'policy', own)
    const Policies = shown.map(({ policy }) => ({
      ...shownPolicy(policy),
      AttachmentCount: countOf(policy),
      Tags: policy.type === 'Custom' ? tagsShown(tags.get(policy.name)) : undefined,
    }))
    return { ...page, Policies }
  },
})

/** With the name by which a page goes on: a policy of ours may be called like one of the system. */
interface Listed {
  readonly name: string
  readonly policy: KnownPolicy
}

async function policiesOf(
  { policies }: Ram,
  accountId: string,
  only: KnownPolicy['type'] | undefined,
  { after, size, only: names }: NamePage,
): Promise<readonly Listed[]> {
  const [, type, name] = /^(?:(Custom|System):)?(.*)$/.exec(after ?? '') ?? []
  const own =
    only === 'System' || type === 'System'
      ? []
      : (await policies.policies(accountId, { after: name || undefined, size, only: names })).map(known)
  const system = knownSystemPolicies.filter((policy) => type !== 'System' || policy.name > (name ?? ''))
  return [...own, ...(only === 'Custom' ? [] : system)]
    .slice(0, size)
    .map((policy) => ({ name: `${policy.type}:${policy.name}`, policy }))
}
