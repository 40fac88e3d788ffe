import { type Caller, principal } from '../../access/caller.ts'
import { stringField } from '../../declare/index.ts'
import { operation } from '../operation.ts'

export const getCallerIdentity = operation({
  name: 'GetCallerIdentity',
  family: 'sts',
  about: { en: 'Tell the caller who he is.', zh: '查询当前调用者的身份。' },
  source: 'Sts 2015-04-01, GetCallerIdentity',
  // Nothing is published about a permission it would need, and a caller without any must be able to find out who he is.
  access: { action: 'sts:GetCallerIdentity', level: 'Read', resource: '*', dependent: [], open: true },
  transaction: 'read',

  params: {},

  errors: {},

  result: {
    IdentityType: stringField,
    AccountId: stringField,
    UserId: stringField,
    RoleId: stringField,
    PrincipalId: stringField,
    Arn: stringField,
  },

  async run({ caller }) {
    return { AccountId: caller.accountId, Arn: principal(caller), ...identityOf(caller) }
  },
})

interface Identity {
  readonly IdentityType: 'Account' | 'RAMUser' | 'AssumedRoleUser'
  readonly PrincipalId: string
  readonly UserId?: string
  readonly RoleId?: string
}

function identityOf(caller: Caller): Identity {
  switch (caller.kind) {
    case 'Account':
      return { IdentityType: 'Account', PrincipalId: caller.accountId, UserId: caller.accountId }
    case 'RAMUser':
      return { IdentityType: 'RAMUser', PrincipalId: caller.userId, UserId: caller.userId }
    case 'AssumedRole':
      return {
        IdentityType: 'AssumedRoleUser',
        PrincipalId: `${caller.roleId}:${caller.sessionName}`,
        RoleId: caller.roleId,
      }
  }
}
