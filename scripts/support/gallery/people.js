import { callerWith } from '../fill-sandbox.js'

/** Users, groups, policies and roles of the account, and the keys that pictures are taken with. */
export async function addPeople(sandbox, call, operator) {
  const ram = (action, params) => call('ram', action, params)
  const user = async (UserName, DisplayName, policy) => {
    await ram('CreateUser', { UserName, DisplayName })
    if (policy !== undefined) await ram('AttachPolicyToUser', { UserName, PolicyType: 'System', PolicyName: policy })
    return UserName
  }
  const keyOf = async (UserName) => {
    const { AccessKey } = await ram('CreateAccessKey', { UserName })
    return { ...sandbox, accessKeyId: AccessKey.AccessKeyId, accessKeySecret: AccessKey.AccessKeySecret }
  }
  const viewer = await user('li.na', 'Li Na, shift lead', 'AliyunSmartAccessGatewayReadOnlyAccess')
  const nobody = await user('new.colleague', 'A new colleague')
  await user('chen.jie', 'Chen Jie, Ningbo', 'AliyunSmartAccessGatewayFullAccess')
  await ram('CreateLoginProfile', { UserName: 'chen.jie', Password: 'Kept-in-a-picture-1' })
  await ram('CreateVirtualMFADevice', { VirtualMFADeviceName: 'chen.jie' })
  await ram('CreateGroup', {
    GroupName: 'night-shift',
    Comments: 'Who looks after the network between 22:00 and 06:00',
  })
  for (const UserName of ['chen.jie', viewer]) await ram('AddUserToGroup', { UserName, GroupName: 'night-shift' })
  const statement = { Effect: 'Allow', Action: ['smartag:Describe*', 'opensag:List*'], Resource: '*' }
  const PolicyDocument = JSON.stringify({ Version: '1', Statement: [statement] })
  const policy = { PolicyType: 'Custom', PolicyName: 'read-the-fleet' }
  await ram('CreatePolicy', { PolicyName: policy.PolicyName, Description: 'Look, and change nothing', PolicyDocument })
  await ram('AttachPolicyToGroup', { GroupName: 'night-shift', ...policy })
  const trusted = { RAM: [`acs:ram::${sandbox.accountId}:root`] }
  const trust = { Version: '1', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: trusted }] }
  await ram('CreateRole', { RoleName: 'deployment', AssumeRolePolicyDocument: JSON.stringify(trust) })
  await ram('AttachPolicyToRole', { RoleName: 'deployment', ...policy })

  const people = { full: sandbox, viewer: await keyOf(viewer), forbidden: await keyOf(nobody) }
  // What was refused is a part of the audit too.
  await callerWith(people.viewer)('ram', 'CreateUser', { UserName: 'somebody' }).catch(() => undefined)
  return { ...people, empty: { ...sandbox, ...operator('account', 'create', 'fresh') } }
}
