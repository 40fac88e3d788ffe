import type { Language, Worded } from '../../app/texts.ts'
import { type Action, generatedPassword } from '../../ui/action.ts'
import { checkJson, checkLength, checkMail, checkRamName } from '../../ui/field-checks.ts'
import type { accessTexts } from './access.texts.ts'
import type { AccessKey, Kind, Policy, User } from './access-data.ts'

export type Words = Worded<(typeof accessTexts)[Language]>

const generate = (): string => generatedPassword((bytes) => crypto.getRandomValues(bytes))

/** The form of something new of a kind; policies have a page of their own. */
export function createAction(tab: 'users' | 'groups' | 'roles', accountId: string, t: Words): Action {
  const base = { product: 'Ram', title: t.add[tab], submit: t.add[tab], done: t.added, fixed: {} } as const
  if (tab === 'users') {
    return {
      ...base,
      operation: 'CreateUser',
      fields: [
        { name: 'UserName', label: t.fields.UserName, check: checkRamName('User') },
        { name: 'DisplayName', label: t.fields.DisplayName, check: checkLength(128) },
        { name: 'Comments', label: t.fields.Comments, check: checkLength(128) },
      ],
    }
  }
  if (tab === 'groups') {
    return {
      ...base,
      operation: 'CreateGroup',
      fields: [
        { name: 'GroupName', label: t.fields.GroupName, check: checkRamName('Group') },
        { name: 'Comments', label: t.fields.Comments, check: checkLength(128) },
      ],
    }
  }
  const trust = {
    Version: '1',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { RAM: [`acs:ram::${accountId}:root`] } }],
  }
  return {
    ...base,
    operation: 'CreateRole',
    fields: [
      { name: 'RoleName', label: t.fields.RoleName, check: checkRamName('Role') },
      { name: 'Description', label: t.fields.Description, check: checkLength(1024) },
      {
        name: 'AssumeRolePolicyDocument',
        label: t.fields.AssumeRolePolicyDocument,
        initial: JSON.stringify(trust, undefined, 2),
        rows: 10,
        check: checkJson,
      },
    ],
  }
}

export function deleteAction(kind: Kind, name: string, isLinked: boolean, t: Words): Action {
  return {
    product: 'Ram',
    operation: isLinked ? 'DeleteServiceLinkedRole' : `Delete${kind}`,
    title: t.remove,
    lead: isLinked ? t.removeLinkedLead(name) : t.removeLead(name),
    submit: t.remove,
    danger: true,
    done: t.removed,
    fixed: { [`${kind}Name`]: name },
  }
}

export function editUserAction({ UserName, DisplayName = '', Email = '', Comments = '' }: User, t: Words): Action {
  return {
    product: 'Ram',
    operation: 'UpdateUser',
    title: t.edit,
    submit: t.edit,
    done: t.changed,
    onlyChanged: true,
    fixed: { UserName },
    fields: [
      { name: 'NewDisplayName', label: t.fields.DisplayName, initial: DisplayName, check: checkLength(128) },
      { name: 'NewEmail', label: t.fields.Email, initial: Email, check: checkMail },
      { name: 'NewComments', label: t.fields.Comments, initial: Comments, check: checkLength(128) },
    ],
  }
}

export function createKeyAction(user: string, t: Words): Action {
  return {
    product: 'Ram',
    operation: 'CreateAccessKey',
    title: t.newKey,
    lead: t.newKeyLead,
    submit: t.newKey,
    done: t.added,
    fixed: { UserName: user },
  }
}

export function keyStatusAction(user: string, { AccessKeyId, Status }: AccessKey, t: Words): Action {
  const isActive = Status === 'Active'
  return {
    product: 'Ram',
    operation: 'UpdateAccessKey',
    title: `${isActive ? t.deactivate : t.activate}: ${AccessKeyId}`,
    ...(isActive ? { lead: t.deactivateLead } : {}),
    submit: isActive ? t.deactivate : t.activate,
    danger: isActive,
    done: t.changed,
    fixed: { UserName: user, UserAccessKeyId: AccessKeyId, Status: isActive ? 'Inactive' : 'Active' },
  }
}

export function deleteKeyAction(user: string, { AccessKeyId }: AccessKey, t: Words): Action {
  return {
    product: 'Ram',
    operation: 'DeleteAccessKey',
    title: `${t.remove}: ${AccessKeyId}`,
    lead: t.deactivateLead,
    submit: t.remove,
    danger: true,
    done: t.removed,
    fixed: { UserName: user, UserAccessKeyId: AccessKeyId },
  }
}

export function logonAction(user: string, exists: boolean, t: Words): Action {
  return {
    product: 'Ram',
    operation: exists ? 'UpdateLoginProfile' : 'CreateLoginProfile',
    title: exists ? t.changeLogon : t.allowLogon,
    submit: exists ? t.changeLogon : t.allowLogon,
    done: t.changed,
    fixed: { UserName: user },
    fields: [{ name: 'Password', label: t.fields.Password, generate }],
  }
}

export function endLogonAction(user: string, t: Words): Action {
  return {
    product: 'Ram',
    operation: 'DeleteLoginProfile',
    title: t.endLogon,
    lead: t.endLogonLead,
    submit: t.endLogon,
    danger: true,
    done: t.changed,
    fixed: { UserName: user },
  }
}

export function joinAction(
  fixed: Action['fixed'],
  field: 'UserName' | 'GroupName',
  names: readonly string[],
  t: Words,
): Action {
  return {
    product: 'Ram',
    operation: 'AddUserToGroup',
    title: t.join,
    submit: t.join,
    done: t.changed,
    fixed,
    fields: [
      {
        name: field,
        label: t.fields[field],
        initial: names[0] ?? '',
        options: names.map((value) => ({ value, label: value })),
      },
    ],
  }
}

export function leaveAction(user: string, group: string, t: Words): Action {
  return {
    product: 'Ram',
    operation: 'RemoveUserFromGroup',
    title: t.leave,
    lead: t.leaveLead(user, group),
    submit: t.leave,
    danger: true,
    done: t.changed,
    fixed: { UserName: user, GroupName: group },
  }
}

export function detachAction(kind: Kind, name: string, { PolicyName, PolicyType }: Policy, t: Words): Action {
  return {
    product: 'Ram',
    operation: `DetachPolicyFrom${kind}`,
    title: t.detach,
    lead: t.detachLead(PolicyName),
    submit: t.detach,
    danger: true,
    done: t.changed,
    fixed: { [`${kind}Name`]: name, PolicyName, PolicyType },
  }
}

/** One policy of one type after the other: the type follows from which list it is chosen. */
export function attachAction(
  kind: Kind,
  name: string,
  policyType: 'System' | 'Custom',
  names: readonly string[],
  t: Words,
): Action {
  return {
    product: 'Ram',
    operation: `AttachPolicyTo${kind}`,
    title: `${t.attach} (${t.types[policyType]})`,
    submit: t.attach,
    done: t.changed,
    fixed: { [`${kind}Name`]: name, PolicyType: policyType },
    fields: [
      {
        name: 'PolicyName',
        label: t.fields.PolicyName,
        initial: names[0] ?? '',
        options: names.map((value) => ({ value, label: value })),
      },
    ],
  }
}
