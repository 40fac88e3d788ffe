import { principal, type RoleSessionCaller, type UserCaller } from '../../access/caller.ts'
import { conditionContext } from '../../access/circumstances.ts'
import type { AccessDenied } from '../../access/denial.ts'
import { compilePolicies, evaluate, parsePolicy, ramTrustee } from '../../access/policy/index.ts'
import { integer, objectField, Refusal, stringField, text } from '../../declare/index.ts'
import type { RamRole } from '../../store/access/roles.ts'
import type { OperationContext } from '../context.ts'
import { operation } from '../operation.ts'
import { basisOf } from './basis.ts'
import { shownCredentials } from './credentials.ts'

const roleArn = /^acs:ram::(\d{16}):role\/([A-Za-z0-9.-]{1,64})$/

export const assumeRole = operation({
  name: 'AssumeRole',
  family: 'sts',
  about: {
    en: 'Begin a session as a role: temporary keys with the permissions of the role. Both the caller’s policies and the trust policy of the role must allow it.',
    zh: '扮演角色，获取具有该角色权限的临时密钥。调用者的权限策略与角色的信任策略必须同时允许。',
  },
  source: 'Sts 2015-04-01, AssumeRole',
  access: { action: 'sts:AssumeRole', level: 'Write', resource: '{RoleArn}', dependent: [] },
  transaction: 'write',

  params: {
    RoleArn: text()
      .required('InvalidParameter.RoleArn')
      .matches(roleArn)
      .invalid('InvalidParameter.RoleArn')
      .example('acs:ram::1234567890123456:role/night-shift')
      .about('The role, by its ARN.', '要扮演的角色的 ARN。'),
    RoleSessionName: text()
      .required('InvalidParameter.RoleSessionName')
      // 2–32 in older pages, 2–64 in the notes of the current SDK (D).
      .matches(/^[A-Za-z0-9.@_-]{2,64}$/)
      .invalid('InvalidParameter.RoleSessionName')
      .example('alice')
      .about('A name of the session, which the audit trail shows.', '会话名称，显示在操作审计中。'),
    DurationSeconds: integer()
      .range(900, 43_200)
      .invalid('InvalidParameter.DurationSeconds')
      .default(3600)
      .example('3600')
      .about(
        'How long the session lasts: from 900 seconds to the longest the role allows.',
        '会话有效期：最短 900 秒，最长为角色允许的最大会话时间。',
      ),
    Policy: text()
      .length(1, 2048)
      .invalid('InvalidParameter.PolicySize')
      .satisfies((document) => !('mistake' in parsePolicy(document, 'identity')), 'InvalidParameter.PolicyGrammar')
      .example('{"Version":"1","Statement":[{"Effect":"Allow","Action":"smartag:Describe*","Resource":"*"}]}')
      .about(
        'A policy that narrows the session: it may do what both this and the policies of the role allow.',
        '会话策略，用于进一步限制权限：会话拥有角色权限与此策略的交集。',
      ),
    ExternalId: text()
      .matches(/^[\w+=,.@:/-]{2,1224}$/)
      .example('abcd1234')
      .about(
        'What the trust policy may ask for as `sts:ExternalId`, against being used by a confused third party.',
        '信任策略可以用 `sts:ExternalId` 要求的外部标识，用于防止混淆代理人问题。',
      ),
  },

  errors: {
    'InvalidParameter.RoleArn': [400, 'The parameter RoleArn is wrongly formed.', '参数 RoleArn 格式错误。'],
    'InvalidParameter.RoleSessionName': [
      400,
      'The parameter RoleSessionName is wrongly formed.',
      '参数 RoleSessionName 格式错误。',
    ],
    'InvalidParameter.DurationSeconds': [
      400,
      'The Min/Max value of DurationSeconds is 15min/1hr.',
      '参数 DurationSeconds 超出范围。',
    ],
    'InvalidParameter.PolicySize': [
      400,
      'The size of Policy must be smaller than 2048 characters.',
      '参数 Policy 长度超过限制。',
    ],
    'InvalidParameter.PolicyGrammar': [
      400,
      'The parameter Policy has not passed grammar check.',
      '参数 Policy 未通过语法检查。',
    ],
    NoPermission: [
      403,
      'You are not authorized to do this action. You should be authorized by RAM.',
      '您没有执行此操作的权限，需要通过 RAM 授权。',
    ],
    'EntityNotExist.Role': [404, 'The specified Role not exists.', '指定的角色不存在。'],
    InternalError: [500, 'STS Server Internal Error happened.', 'STS 服务内部错误。'],
  },

  result: {
    Credentials: objectField({
      AccessKeyId: stringField,
      AccessKeySecret: stringField,
      SecurityToken: stringField,
      Expiration: stringField,
    }),
    AssumedRoleUser: objectField({ Arn: stringField, AssumedRoleId: stringField }),
  },

  async run(context, { RoleArn, RoleSessionName, DurationSeconds, Policy, ExternalId }) {
    const { caller, ram, sessions, ids, circumstances, fail } = context
    if (caller.kind === 'Account') throw new Refusal(403, 'NoPermission', 'Roles may not be assumed by root accounts.')
    const [, accountId = '', name = ''] = roleArn.exec(RoleArn) ?? []
    const role = await ram.roles.role(accountId, name)
    // Whether another account has a role of that name is nobody else's business.
    if (role === undefined && accountId === caller.accountId) throw fail('EntityNotExist.Role')
    if (role === undefined || !isTrusted(context, caller, role, ExternalId)) {
      const { status, code, message } = fail('NoPermission')
      throw new Refusal(status, code, message, notTrusted(context, RoleArn))
    }
    if (DurationSeconds > role.maxSessionDuration) throw fail('InvalidParameter.DurationSeconds')

    const basis = await basisOf(context, caller)
    if (basis === undefined) throw fail('NoPermission')
    const credentials = { ...ids.sessionCredentials(), expiresAt: circumstances.at + DurationSeconds * 1000 }
    await sessions.add({
      credentials,
      accountId,
      basis,
      role: { id: role.id, sessionName: RoleSessionName },
      policy: Policy,
      begunBy: principal(caller),
      createdAt: circumstances.at,
    })
    return {
      Credentials: shownCredentials(credentials),
      AssumedRoleUser: {
        // So in the notes of the official SDK; the principal of the session itself is written another way.
        Arn: `${RoleArn}/${RoleSessionName}`,
        AssumedRoleId: `${role.id}:${RoleSessionName}`,
      },
    }
  },
})

/** Whether the trust policy of the role lets the caller assume it. */
function isTrusted(
  { circumstances }: OperationContext,
  caller: UserCaller | RoleSessionCaller,
  role: RamRole,
  externalId: string | undefined,
): boolean {
  const trust = parsePolicy(role.trustPolicy, 'trust')
  if ('mistake' in trust) throw new Error(`A stored trust policy cannot be read: ${trust.mistake.message}`)
  const known = conditionContext(caller, circumstances, new Map())
  const context = externalId === undefined ? known : new Map([...known, ['sts:externalid', [externalId]] as const])
  const identity =
    caller.kind === 'RAMUser' ? (`user/${caller.userName}` as const) : (`role/${caller.roleName}` as const)
  const trustee = ramTrustee(caller.accountId, identity)
  return (
    evaluate(compilePolicies([trust.policy]), { action: 'sts:AssumeRole', resources: [], context, trustee }).effect ===
    'Allow'
  )
}

/** Always told as implicit: that a trust policy denies expressly would tell that there is one. */
function notTrusted({ caller, deny }: OperationContext, resource: string): AccessDenied {
  return deny({ caller, action: 'sts:AssumeRole', resource, policyType: 'AssumeRolePolicy', why: 'ImplicitDeny' })
}
