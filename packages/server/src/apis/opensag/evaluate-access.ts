import { actionsOf } from '../../access/authorise.ts'
import { withResourceTags } from '../../access/circumstances.ts'
import { grantedOnAll } from '../../access/denial.ts'
import {
  type ConditionContext,
  compilePolicies,
  contextOf,
  type Decision,
  evaluateAny,
  openKeys,
  type Policy,
  parsePolicy,
  printStatement,
  visibleIn,
} from '../../access/policy/index.ts'
import { instanceIn } from '../../access/resources.ts'
import { tagsWithin } from '../../access/tags-within.ts'
import {
  direct,
  integerField,
  list,
  objectField,
  objects,
  type Refusal,
  stringField,
  text,
} from '../../declare/index.ts'
import type { Tags } from '../../model/tags.ts'
import type { AppliedPolicy } from '../../store/access/principal-policies.ts'
import type { OperationContext } from '../context.ts'
import { operation } from '../operation.ts'
import { badName, rows, tooLong } from '../ram/error-rows.ts'
import { existingRole, existingUser } from '../ram/find-or-refuse.ts'
import { roleName, userName } from '../ram/params.ts'
import { checkDocument, identityDocument } from '../ram/policy-documents.ts'
import { shownTags } from './instance-tags/tag-params.ts'

/** What one question may ask (our choice): more than any call has, and answered while nobody waits. */
const most = { resources: 20, conditions: 50, characters: 512 } as const

const resourceName = /^(\*|acs:[^:\p{Cc}]+:[^:\p{Cc}]*:[^:\p{Cc}]*:[^\p{Cc}]+)$/u

export const evaluateAccess = operation({
  name: 'EvaluateAccess',
  family: 'opensag',
  about: {
    en: 'Say whether a user or role of the account may make a call, and which statement of which policy decides.',
    zh: '判断本账号的某个用户或角色能否执行某次调用，并指出由哪个权限策略的哪条语句决定。',
  },
  source: 'OpenSAG: it has no counterpart',
  // The answer shows statements of policies: nothing for who may not read them.
  access: { action: 'opensag:EvaluateAccess', level: 'Read', resource: '*', dependent: ['ram:GetPolicy'] },
  transaction: 'read',

  params: {
    UserName: userName('UserName').about('The RAM user who would call.', '发起调用的 RAM 用户。'),
    RoleName: roleName('RoleName').about(
      'Or the role in whose session the call would be made.',
      '或发起调用的会话所属的角色。',
    ),
    PolicyDocument: identityDocument.about(
      'A policy as if it were attached as well; without a user or role, as if it were the only one.',
      '视为已额外授予的权限策略；不指定用户或角色时，视为唯一的权限策略。',
    ),
    ActionName: text()
      .required()
      .matches(/^[\w.-]{1,64}:[\w./:-]{1,128}$/)
      .example('smartag:ModifySmartAccessGateway')
      .about('What would be called: `<service>:<operation>`.', '要调用的操作，格式为 `<服务>:<操作>`。'),
    ResourceName: list(text().length(1, most.characters).matches(resourceName))
      .satisfies((names) => names.length <= most.resources)
      .example('acs:smartag:cn-shanghai:1210123456123456:smartag/sag-tq3sazs17smldn0000')
      .about(
        'What it would be about, by ARN; all must be allowed. Without one, any resource (`*`).',
        '操作的资源 ARN，须全部被允许。不填表示任意资源（`*`）。',
      ),
    Context: objects({
      Key: text().required().length(1, most.characters),
      Value: text().required().length(1, most.characters),
    })
      .satisfies((conditions) => conditions.length <= most.conditions)
      .about(
        'Condition keys of the call, such as `acs:SourceIp`; one with several values is given several times. `acs:PrincipalARN` of a user and `acs:ResourceTag/<key>` of an instance are known, anything else that is not given is absent.',
        '调用的条件键，例如 `acs:SourceIp`；同一键有多个值时重复填写。用户的 `acs:PrincipalARN` 和实例的 `acs:ResourceTag/<key>` 已知，其余未填写的条件键视为不存在。',
      ),
  },

  errors: {
    ...badName('UserName'),
    ...badName('RoleName'),
    ...tooLong('PolicyDocument'),
    'InvalidParameter.Principal': [
      400,
      'Specify UserName or RoleName, not both, or a PolicyDocument.',
      '请指定 UserName 或 RoleName 之一，或指定 PolicyDocument。',
    ],
    ...rows('MalformedPolicyDocument', 'EntityNotExist.User', 'EntityNotExist.Role'),
  },

  result: {
    Effect: stringField,
    Reason: stringField,
    Resource: stringField,
    GrantedOn: direct(stringField),
    Hint: stringField,
    DecidedBy: objectField({
      PolicyType: stringField,
      PolicyName: stringField,
      AttachedTo: stringField,
      StatementNumber: integerField,
      Statement: stringField,
    }),
    OpenKeys: direct(stringField),
    ResourceTags: stringField,
  },

  async run(context, { UserName, RoleName, PolicyDocument, ActionName, ResourceName = [], Context = [] }) {
    const { fail } = context
    const isNobody = UserName === undefined && RoleName === undefined && PolicyDocument === undefined
    if (isNobody || (UserName !== undefined && RoleName !== undefined)) throw fail('InvalidParameter.Principal')
    if (PolicyDocument !== undefined) checkDocument(PolicyDocument, 'identity', fail)

    const bound = await policiesOf(context, UserName, RoleName)
    const policies: readonly Bound[] =
      PolicyDocument === undefined ? bound : [...bound, { document: PolicyDocument, type: 'Document' }]
    const parsed = policies.map(({ document }) => policyOf(document))
    const known = UserName === undefined ? [] : [['acs:PrincipalARN', userArn(context, UserName)] as const]
    const access = context.accessOf(ActionName)
    // A call of what is granted on `*` only is about `*`, whatever instance it names.
    const isWhole = access?.resource === '*'
    const conditions = contextOf(given([...known, ...Context.map(({ Key, Value }) => [Key, Value] as const)]))
    const compiled = compilePolicies(parsed)
    const tagged = compiled.tagKeys.length === 0 ? [] : await tagsOf(context, ResourceName)
    const request = {
      ...{ action: ActionName, resources: isWhole ? ['*'] : ResourceName, context: conditions },
      contextOf: contextsOf(tagged, isWhole, conditions),
    }
    const actions = access === undefined ? [ActionName] : actionsOf(access)
    const { decision } = evaluateAny(compiled, actions, request)
    // Which tags there are decides what is in the list, not that there is one.
    const type = access?.lists ?? access?.sums
    const tags = type === 'smartag' ? [] : undefined
    return {
      ...shown(decision, policies, parsed),
      ...(type !== undefined && ResourceName.every(isAll)
        ? inPart(
            visibleIn(compiled, { ...listOf(context, type), actions, context: conditions, tags }),
            access?.sums !== undefined,
          )
        : {}),
      GrantedOn: access === undefined ? [] : [access.resource].flat(),
      Hint: isWhole && !ResourceName.every(isAll) ? grantedOnAll(ActionName) : undefined,
      OpenKeys: openKeys(parsed, request),
      ResourceTags:
        compiled.tagKeys.length === 0
          ? undefined
          : JSON.stringify(tagged.map(({ resource, tags }) => ({ ResourceName: resource, Tags: shownTags(tags) }))),
    }
  },
})

interface TaggedResource {
  readonly resource: string
  readonly tags: Tags
}

/** The instances of the account among the resources, with the tags they have now. */
async function tagsOf(context: OperationContext, resources: readonly string[]): Promise<readonly TaggedResource[]> {
  const { accountId } = context.caller
  const named = resources.map((resource) => ({ resource, id: instanceIn(resource, accountId) }))
  const ids = new Set(named.flatMap(({ id }) => id ?? []))
  const known = await tagsWithin(context).ofInstances(accountId, [...ids])
  return named.flatMap(({ resource, id = '' }) => {
    const tags = known.get(id)
    return tags === undefined ? [] : [{ resource, tags }]
  })
}

/** A call that is about `*` is about the one instance it names. Tags that were given count in place of those it has. */
function contextsOf(
  tagged: readonly TaggedResource[],
  isWhole: boolean,
  given: ConditionContext,
): ReadonlyMap<string, ConditionContext> {
  if (isWhole && tagged.length > 1) return new Map()
  return new Map(
    tagged.map(({ resource, tags }) => [
      isWhole ? '*' : resource,
      new Map([...withResourceTags(new Map(), tags), ...given]),
    ]),
  )
}

function isAll(resource: string): boolean {
  return /(^|\/)\*$/.test(resource)
}

function listOf({ caller }: OperationContext, type: string) {
  return { service: 'smartag', type, accountId: caller.accountId, regionId: undefined }
}

/** Of a list some entries of which may be seen; of a sum, that is too little. */
function inPart(visible: ReturnType<typeof visibleIn>, isSum: boolean) {
  if (typeof visible === 'string') return {}
  return isSum
    ? { Effect: 'Deny', Reason: 'ImplicitDeny', DecidedBy: undefined }
    : { Effect: 'Allow', Reason: 'AllowedInPart' }
}

/** A policy that counts, and how it comes to. */
interface Bound {
  readonly document: string
  readonly type: 'System' | 'Custom' | 'Document'
  readonly name?: string
  readonly attachedTo?: string
}

type Finder = OperationContext & { readonly fail: (code: 'EntityNotExist.User' | 'EntityNotExist.Role') => Refusal }

async function policiesOf(
  context: Finder,
  user: string | undefined,
  role: string | undefined,
): Promise<readonly Bound[]> {
  const { ram } = context
  if (role !== undefined) {
    const { id } = await existingRole(context, role)
    return (await ram.attachments.applied({ kind: 'role', id })).map((applied) => bound(applied, `role/${role}`))
  }
  if (user === undefined) return []
  const found = await existingUser(context, user)
  const groups = new Map((await ram.groups.groupsOf(found)).map(({ id, name }) => [id, name]))
  const applied = await ram.attachments.applied({ kind: 'user', id: found.id })
  return applied.map((one) => {
    const group = one.through.kind === 'group' ? groups.get(one.through.id) : undefined
    return bound(one, group === undefined ? `user/${user}` : `group/${group}`)
  })
}

function bound({ policy, document }: AppliedPolicy, attachedTo: string): Bound {
  return { document, type: policy.type, name: policy.name, attachedTo }
}

function policyOf(document: string): Policy {
  const parsed = parsePolicy(document, 'identity')
  // It was checked before it was stored or used: to leave it out could be to leave out a denial.
  if ('mistake' in parsed) throw new Error(`A stored policy cannot be read: ${parsed.mistake.message}`)
  return parsed.policy
}

function userArn({ caller }: OperationContext, name: string): string {
  return `acs:ram::${caller.accountId}:user/${name}`
}

/** What was given last for a user's own ARN counts, several values of any other key together. */
function given(
  entries: readonly (readonly [key: string, value: string])[],
): Readonly<Record<string, readonly string[]>> {
  const values = new Map<string, readonly string[]>()
  for (const [key, value] of entries) {
    const name = key.toLowerCase()
    values.set(name, name === 'acs:principalarn' ? [value] : [...(values.get(name) ?? []), value])
  }
  return Object.fromEntries(values)
}

function shown(decision: Decision, policies: readonly Bound[], parsed: readonly Policy[]) {
  const { effect } = decision
  const result = {
    Effect: effect,
    Reason: decision.effect === 'Allow' ? 'Allowed' : decision.why,
    Resource: decision.effect === 'Allow' ? undefined : decision.resource,
  }
  if (!('by' in decision)) return result
  const { policy, statement } = decision.by
  const by = policies[policy]
  const decisive = parsed[policy]?.statements[statement]
  return {
    ...result,
    DecidedBy: {
      PolicyType: by?.type,
      PolicyName: by?.name,
      AttachedTo: by?.attachedTo,
      StatementNumber: statement + 1,
      Statement: decisive === undefined ? undefined : printStatement(decisive),
    },
  }
}
