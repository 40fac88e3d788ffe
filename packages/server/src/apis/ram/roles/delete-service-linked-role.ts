import { stringField } from '../../../declare/index.ts'
import { serviceOfRoleName } from '../../../model/service-linked-roles.ts'
import { operation } from '../../operation.ts'
import { badName, rows } from '../error-rows.ts'
import { existingRole } from '../find-or-refuse.ts'
import { roleName } from '../params.ts'

export const deleteServiceLinkedRole = operation({
  name: 'DeleteServiceLinkedRole',
  family: 'roles',
  about: {
    en: 'Delete the role of a service, with its policy. It is done when the call is answered.',
    zh: '删除服务关联角色及其权限策略。调用返回时已完成。',
  },
  source: 'Ram 2015-05-01, DeleteServiceLinkedRole',
  access: {
    action: 'ram:DeleteServiceLinkedRole',
    level: 'Write',
    resource: 'acs:ram:*:{account}:role/{RoleName}',
    dependent: [],
    // By the name alone: whether there is such a role is not known before access is decided.
    conditions: { 'ram:ServiceName': (raw) => serviceOfRoleName(raw.get('RoleName') ?? '') },
  },
  transaction: 'write',

  params: { RoleName: roleName('RoleName').required() },

  errors: { ...badName('RoleName'), ...rows('EntityNotExist.Role', 'EntityNotExist.ServiceLinkedRole') },

  result: { DeletionTaskId: stringField },

  async run(context, { RoleName }) {
    const { ram, caller, ids, fail } = context
    const role = await existingRole(context, RoleName)
    if (role.serviceName === undefined) throw fail('EntityNotExist.ServiceLinkedRole')

    const target = { kind: 'role', id: role.id } as const
    for (const { policy } of await ram.attachments.to(target)) {
      await ram.attachments.detach(caller.accountId, policy, target)
    }
    await ram.roles.remove(role)
    return { DeletionTaskId: `task/acs-service-role/${role.serviceName}/${role.name}/${ids.uuid()}` }
  },
})
