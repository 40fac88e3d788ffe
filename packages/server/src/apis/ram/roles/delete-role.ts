import { operation } from '../../operation.ts'
import { badName, rows } from '../error-rows.ts'
import { existingOwnRole } from '../find-or-refuse.ts'
import { roleName } from '../params.ts'

export const deleteRole = operation({
  name: 'DeleteRole',
  family: 'roles',
  about: { en: 'Delete a role without policies. Its sessions end.', zh: '删除没有权限策略的角色，其会话随之结束。' },
  source: 'Ram 2015-05-01, DeleteRole',
  access: { action: 'ram:DeleteRole', level: 'Write', resource: 'acs:ram:*:{account}:role/{RoleName}', dependent: [] },
  transaction: 'write',

  params: { RoleName: roleName('RoleName').required() },

  errors: {
    ...badName('RoleName'),
    ...rows('EntityNotExist.Role', 'NotSupport.ServiceLinkedRole', 'DeleteConflict.Role.Policy'),
  },

  result: {},

  async run(context, { RoleName }) {
    const { ram, fail } = context
    const role = await existingOwnRole(context, RoleName)
    const attached = await ram.attachments.to({ kind: 'role', id: role.id })
    if (attached.length > 0) throw fail('DeleteConflict.Role.Policy')

    await ram.roles.remove(role)
    return {}
  },
})
