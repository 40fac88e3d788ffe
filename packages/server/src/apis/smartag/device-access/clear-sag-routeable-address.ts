import { text } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { ownerParams, sagId } from '../common-params.ts'

export const clearSagRouteableAddress = operation({
  name: 'ClearSagRouteableAddress',
  family: 'device-access',
  about: {
    en: 'Take all addresses that are reachable through the CCN away from the devices of an instance; remote logon is off then.',
    zh: '清除实例下各设备可通过云连接网访问的全部地址，远程登录随之关闭。',
  },
  source: 'Smartag 2018-03-13, ClearSagRouteableAddress',
  access: { action: 'smartag:ClearSagRouteableAddress', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: text()
      .example('cn-shanghai')
      .about(
        'The region of the instance; with it, an instance of another region is not found.',
        '实例所在的地域；指定后，其他地域的实例视为不存在。',
      ),
    SagId: sagId,
    ...ownerParams,
  },

  errors: {
    InstanceNotExit: [
      400,
      'The specified instance does not exist.',
      '指定的实例不存在。',
      {
        en: 'The page lists no errors; DeleteServiceAddress has this one.',
        zh: '该操作的文档未列出错误码，采用 DeleteServiceAddress 的错误码。',
      },
    ],
  },

  result: {},

  async run({ caller, fleet, addresses, fail }, { RegionId, SagId }) {
    const found = await fleet.instanceById(SagId)
    const instance = found && (await fleet.instance(caller.accountId, RegionId ?? found.regionId, SagId))
    if (instance === undefined) throw fail('InstanceNotExit')
    await addresses.removeServiceAddresses(instance.id)
    await addresses.refreshConfig(instance.id)
    return {}
  },
})
