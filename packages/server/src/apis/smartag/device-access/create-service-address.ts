import { stringField } from '../../../declare/index.ts'
import { isActivated, isInArrears } from '../../../model/activation.ts'
import { probeAddressLimit } from '../../../model/service-address.ts'
import { operation } from '../../operation.ts'
import { address, addressType, regionId, sagId, sn } from '../common-params.ts'

export const createServiceAddress = operation({
  name: 'CreateServiceAddress',
  family: 'device-access',
  about: {
    en: 'Give a device an address that its probes send from. Nothing else in the CCN may use it.',
    zh: '为设备创建探测任务使用的源地址。该地址不能被云连接网内的其他对象占用。',
  },
  source: 'Smartag 2018-03-13, CreateServiceAddress',
  access: { action: 'smartag:CreateServiceAddress', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: regionId,
    SagId: sagId,
    Sn: sn,
    AddressType: addressType,
    Address: address.required().about('The address.', '地址。'),
  },

  errors: {
    InstanceNotExit: [
      400,
      'The specified instance does not exist.',
      '指定的实例不存在。',
      {
        en: 'The page lists no errors; DeleteServiceAddress has this one. It answers for an instance and a device that is not there.',
        zh: '该操作的文档未列出错误码，采用 DeleteServiceAddress 的错误码，表示实例或设备不存在。',
      },
    ],
    ServiceAddressOperationDenied: [
      400,
      'Service address operation is denied.',
      '拒绝对服务地址进行操作。',
      {
        en: 'The page lists no errors; DeleteServiceAddress has this one. It answers for an instance that is not active or in arrears, a `RemoteWeb` address (ModifySagRemoteAccess sets it), more addresses than a device may have, and one that the CCN routes elsewhere.',
        zh: '该操作的文档未列出错误码，采用 DeleteServiceAddress 的错误码，表示实例未激活或已欠费、地址用途为 `RemoteWeb`（由 ModifySagRemoteAccess 设置）、超出设备的地址数量上限，或云连接网将该地址路由至别处。',
      },
    ],
    ServiceAddressInUse: [
      400,
      'Service address is in use.',
      '服务地址正在使用中。',
      {
        en: 'The page lists no errors; DeleteServiceAddress has this one. It answers for an address that is in use already.',
        zh: '该操作的文档未列出错误码，采用 DeleteServiceAddress 的错误码，表示该地址已被使用。',
      },
    ],
  },

  result: { Code: stringField, Message: stringField },

  async run({ caller, fleet, addresses, now, fail }, { RegionId, SagId, Sn, AddressType, Address }) {
    const instance = await fleet.instance(caller.accountId, RegionId, SagId)
    if (!instance?.devices.some(({ serial }) => serial === Sn)) throw fail('InstanceNotExit')
    if (!isActivated(instance, now) || isInArrears(instance, now)) throw fail('ServiceAddressOperationDenied')
    if (AddressType === 'RemoteWeb') throw fail('ServiceAddressOperationDenied')

    const own = (await addresses.serviceAddresses(instance.id)).filter(
      ({ serial, type }) => serial === Sn && type === 'ProbeTask',
    )
    if (own.length >= probeAddressLimit) throw fail('ServiceAddressOperationDenied')
    const problem = await addresses.addressProblem({ instanceId: instance.id, ccnId: instance.ccnId }, Address)
    if (problem === 'taken') throw fail('ServiceAddressInUse')
    if (problem === 'routed') throw fail('ServiceAddressOperationDenied')

    await addresses.addServiceAddress(instance.id, { serial: Sn, type: 'ProbeTask', address: Address }, now)
    await addresses.refreshConfig(instance.id)
    return { Code: '200', Message: 'successful' }
  },
})
