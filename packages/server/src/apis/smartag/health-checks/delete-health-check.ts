import { operation } from '../../operation.ts'
import { ownerParams, regionId } from '../common-params.ts'
import { hcInstanceId } from './health-check-params.ts'

export const deleteHealthCheck = operation({
  name: 'DeleteHealthCheck',
  family: 'health-checks',
  about: { en: 'Delete a health check: its gateways do not probe any more.', zh: '删除健康检查，网关不再探测。' },
  source: 'Smartag 2018-03-13, DeleteHealthCheck',
  access: { action: 'smartag:DeleteHealthCheck', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: { RegionId: regionId, HcInstanceId: hcInstanceId.required(), ...ownerParams },

  errors: {
    'HC.InstanceNoFound': [400, 'The specified network health check instance does not exist.', '健康检查实例不存在。'],
    'HC.RelatedRoute': [
      400,
      'The specified health check instance has associated routes and cannot be deleted.',
      '健康检查实例已经关联路由，无法删除。',
    ],
  },

  result: {},

  async run({ caller, healthChecks, routes, fail }, { RegionId, HcInstanceId }) {
    const check = await healthChecks.find(caller.accountId, RegionId, HcInstanceId)
    if (check === undefined) throw fail('HC.InstanceNoFound')
    if ((await routes.followers(check.instanceId)).has(check.id)) throw fail('HC.RelatedRoute')
    await healthChecks.remove(check)
    return {}
  },
})
