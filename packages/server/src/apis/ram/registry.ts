import { api } from '../../declare/index.ts'
import type { Api } from '../operation.ts'
import { createAccessKey } from './access-keys/create-access-key.ts'
import { deleteAccessKey } from './access-keys/delete-access-key.ts'
import { getAccessKeyLastUsed } from './access-keys/get-access-key-last-used.ts'
import { listAccessKeys } from './access-keys/list-access-keys.ts'
import { updateAccessKey } from './access-keys/update-access-key.ts'
import { clearAccountAlias } from './account-alias/clear-account-alias.ts'
import { getAccountAlias } from './account-alias/get-account-alias.ts'
import { setAccountAlias } from './account-alias/set-account-alias.ts'
import { addUserToGroup } from './groups/add-user-to-group.ts'
import { createGroup } from './groups/create-group.ts'
import { deleteGroup } from './groups/delete-group.ts'
import { getGroup } from './groups/get-group.ts'
import { listGroups } from './groups/list-groups.ts'
import { listGroupsForUser } from './groups/list-groups-for-user.ts'
import { listUsersForGroup } from './groups/list-users-for-group.ts'
import { removeUserFromGroup } from './groups/remove-user-from-group.ts'
import { updateGroup } from './groups/update-group.ts'
import { changePassword } from './login-profiles/change-password.ts'
import { createLoginProfile } from './login-profiles/create-login-profile.ts'
import { deleteLoginProfile } from './login-profiles/delete-login-profile.ts'
import { getLoginProfile } from './login-profiles/get-login-profile.ts'
import { unbindMfaDevice } from './login-profiles/unbind-mfa-device.ts'
import { updateLoginProfile } from './login-profiles/update-login-profile.ts'
import { attachPolicyToGroup } from './policies/attach-policy-to-group.ts'
import { attachPolicyToRole } from './policies/attach-policy-to-role.ts'
import { attachPolicyToUser } from './policies/attach-policy-to-user.ts'
import { createPolicy } from './policies/create-policy.ts'
import { createPolicyVersion } from './policies/create-policy-version.ts'
import { deletePolicy } from './policies/delete-policy.ts'
import { deletePolicyVersion } from './policies/delete-policy-version.ts'
import { detachPolicyFromGroup } from './policies/detach-policy-from-group.ts'
import { detachPolicyFromRole } from './policies/detach-policy-from-role.ts'
import { detachPolicyFromUser } from './policies/detach-policy-from-user.ts'
import { getPolicy } from './policies/get-policy.ts'
import { getPolicyVersion } from './policies/get-policy-version.ts'
import { listEntitiesForPolicy } from './policies/list-entities-for-policy.ts'
import { listPolicies } from './policies/list-policies.ts'
import { listPoliciesForGroup } from './policies/list-policies-for-group.ts'
import { listPoliciesForRole } from './policies/list-policies-for-role.ts'
import { listPoliciesForUser } from './policies/list-policies-for-user.ts'
import { listPolicyVersions } from './policies/list-policy-versions.ts'
import { setDefaultPolicyVersion } from './policies/set-default-policy-version.ts'
import { updatePolicyDescription } from './policies/update-policy-description.ts'
import { createRole } from './roles/create-role.ts'
import { deleteRole } from './roles/delete-role.ts'
import { getRole } from './roles/get-role.ts'
import { listRoles } from './roles/list-roles.ts'
import { updateRole } from './roles/update-role.ts'
import { createUser } from './users/create-user.ts'
import { deleteUser } from './users/delete-user.ts'
import { getUser } from './users/get-user.ts'
import { listUsers } from './users/list-users.ts'
import { updateUser } from './users/update-user.ts'

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
