import { stringField } from '../../../declare/index.ts'
import { isActivated, isInArrears } from '../../../model/activation.ts'
import { operation } from '../../operation.ts'
import { address, addressType, regionId, sagId, sn } from '../common-params.ts'

export const deleteServiceAddress = operation({
  name: 'DeleteServiceAddress',
  family: 'device-access',
  about: {
    en: 'Take an address that its probes send from away from a device.',
    zh: '删除设备探测任务使用的源地址。',
  },
  source: 'Smartag 2018-03-13, DeleteServiceAddress',
  access: { action: 'smartag:DeleteServiceAddress', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: regionId,
    SagId: sagId,
    Sn: sn,
    AddressType: addressType,
    Address: address.required().about('The address.', '地址。'),
  },

  // No text says what the last two are for: denied is what the state of the instance forbids, in use is an address that
  // a probe task of the device comes from, or that remote logon needs, which only ModifySagRemoteAccess and
  // ClearSagRouteableAddress take away (C).
  errors: {
    InstanceNotExit: [400, 'The specified instance does not exist.', '指定的实例、设备或服务地址不存在。'],
    ServiceAddressOperationDenied: [400, 'Service address operation is denied.', '拒绝对服务地址进行操作。'],
    ServiceAddressInUse: [400, 'Service address is in use.', '服务地址正在使用中。'],
  },

  result: { Code: stringField, Message: stringField },

  async run({ caller, fleet, addresses, probeTasks, now, fail }, { RegionId, SagId, Sn, AddressType, Address }) {
    const instance = await fleet.instance(caller.accountId, RegionId, SagId)
    if (instance === undefined) throw fail('InstanceNotExit')
    const found = (await addresses.serviceAddresses(instance.id)).find(
      ({ serial, type, address }) => serial === Sn && type === AddressType && address === Address,
    )
    if (found === undefined) throw fail('InstanceNotExit')
    if (!isActivated(instance, now) || isInArrears(instance, now)) throw fail('ServiceAddressOperationDenied')
    if (found.type === 'RemoteWeb') throw fail('ServiceAddressInUse')
    const tasks = await probeTasks.of(instance.id)
    if (tasks.some(({ serial, source }) => serial === Sn && source === Address)) throw fail('ServiceAddressInUse')

    await addresses.removeServiceAddresses(instance.id, found)
    await addresses.refreshConfig(instance.id)
    return { Code: '200', Message: 'successful' }
  },
})
