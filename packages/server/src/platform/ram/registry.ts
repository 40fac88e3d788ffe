import { type Api, api } from '../../declare/index.ts'
import { addUserToGroup } from './add-user-to-group.ts'
import { attachPolicyToGroup } from './attach-policy-to-group.ts'
import { attachPolicyToRole } from './attach-policy-to-role.ts'
import { attachPolicyToUser } from './attach-policy-to-user.ts'
import { changePassword } from './change-password.ts'
import { clearAccountAlias } from './clear-account-alias.ts'
import { createAccessKey } from './create-access-key.ts'
import { createGroup } from './create-group.ts'
import { createLoginProfile } from './create-login-profile.ts'
import { createPolicy } from './create-policy.ts'
import { createPolicyVersion } from './create-policy-version.ts'
import { createRole } from './create-role.ts'
import { createUser } from './create-user.ts'
import { deleteAccessKey } from './delete-access-key.ts'
import { deleteGroup } from './delete-group.ts'
import { deleteLoginProfile } from './delete-login-profile.ts'
import { deletePolicy } from './delete-policy.ts'
import { deletePolicyVersion } from './delete-policy-version.ts'
import { deleteRole } from './delete-role.ts'
import { deleteUser } from './delete-user.ts'
import { detachPolicyFromGroup } from './detach-policy-from-group.ts'
import { detachPolicyFromRole } from './detach-policy-from-role.ts'
import { detachPolicyFromUser } from './detach-policy-from-user.ts'
import { getAccessKeyLastUsed } from './get-access-key-last-used.ts'
import { getAccountAlias } from './get-account-alias.ts'
import { getGroup } from './get-group.ts'
import { getLoginProfile } from './get-login-profile.ts'
import { getPolicy } from './get-policy.ts'
import { getPolicyVersion } from './get-policy-version.ts'
import { getRole } from './get-role.ts'
import { getUser } from './get-user.ts'
import { listAccessKeys } from './list-access-keys.ts'
import { listEntitiesForPolicy } from './list-entities-for-policy.ts'
import { listGroups } from './list-groups.ts'
import { listGroupsForUser } from './list-groups-for-user.ts'
import { listPolicies } from './list-policies.ts'
import { listPoliciesForGroup } from './list-policies-for-group.ts'
import { listPoliciesForRole } from './list-policies-for-role.ts'
import { listPoliciesForUser } from './list-policies-for-user.ts'
import { listPolicyVersions } from './list-policy-versions.ts'
import { listRoles } from './list-roles.ts'
import { listUsers } from './list-users.ts'
import { listUsersForGroup } from './list-users-for-group.ts'
import { removeUserFromGroup } from './remove-user-from-group.ts'
import { setAccountAlias } from './set-account-alias.ts'
import { setDefaultPolicyVersion } from './set-default-policy-version.ts'
import { unbindMfaDevice } from './unbind-mfa-device.ts'
import { updateAccessKey } from './update-access-key.ts'
import { updateGroup } from './update-group.ts'
import { updateLoginProfile } from './update-login-profile.ts'
import { updatePolicyDescription } from './update-policy-description.ts'
import { updateRole } from './update-role.ts'
import { updateUser } from './update-user.ts'

export const ram: Api = api('Ram', '2015-05-01', [
  addUserToGroup,
  attachPolicyToGroup,
  attachPolicyToRole,
  attachPolicyToUser,
  changePassword,
  clearAccountAlias,
  createAccessKey,
  createGroup,
  createLoginProfile,
  createPolicy,
  createPolicyVersion,
  createRole,
  createUser,
  deleteAccessKey,
  deleteGroup,
  deleteLoginProfile,
  deletePolicy,
  deletePolicyVersion,
  deleteRole,
  deleteUser,
  detachPolicyFromGroup,
  detachPolicyFromRole,
  detachPolicyFromUser,
  getAccessKeyLastUsed,
  getAccountAlias,
  getGroup,
  getLoginProfile,
  getPolicy,
  getPolicyVersion,
  getRole,
  getUser,
  listAccessKeys,
  listEntitiesForPolicy,
  listGroups,
  listGroupsForUser,
  listPolicies,
  listPoliciesForGroup,
  listPoliciesForRole,
  listPoliciesForUser,
  listPolicyVersions,
  listRoles,
  listUsers,
  listUsersForGroup,
  removeUserFromGroup,
  setAccountAlias,
  setDefaultPolicyVersion,
  unbindMfaDevice,
  updateAccessKey,
  updateGroup,
  updateLoginProfile,
  updatePolicyDescription,
  updateRole,
  updateUser,
])
