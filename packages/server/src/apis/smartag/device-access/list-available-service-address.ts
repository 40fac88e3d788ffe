import { numberToIpv4 } from '@opensag/rules'
import { direct, stringField, text } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { regionId, sagId, sn } from '../common-params.ts'

export const listAvailableServiceAddress = operation({
  name: 'ListAvailableServiceAddress',
  family: 'device-access',
  about: {
    en: 'List the addresses of a device that are reachable through the CCN: for its probes and for remote logon.',
    zh: '查询设备可通过云连接网访问的地址，包括探测任务和远程登录使用的地址。',
  },
  source: 'Smartag 2018-03-13, ListAvailableServiceAddress',
  access: { action: 'smartag:ListAvailableServiceAddress', level: 'List', resource: '*', dependent: [] },
  transaction: 'read',

  params: {
    RegionId: regionId,
    SagId: sagId,
    Sn: sn,
    AddressType: text()
      .oneOf('ProbeTask', 'RemoteWeb')
      .example('ProbeTask')
      .about('Only addresses for this purpose.', '仅查询该用途的地址。'),
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
  },

  result: {
    Code: stringField,
    Message: stringField,
    Data: direct({ Address: stringField, AddressType: stringField }),
  },

  async run({ caller, fleet, addresses, fail }, { RegionId, SagId, Sn, AddressType }) {
    const instance = await fleet.instance(caller.accountId, RegionId, SagId)
    if (!instance?.devices.some(({ serial }) => serial === Sn)) throw fail('InstanceNotExit')
    const found = (await addresses.serviceAddresses(instance.id)).filter(
      ({ serial, type }) => serial === Sn && (AddressType === undefined || type === AddressType),
    )
    return {
      Code: '200',
      Message: 'Success',
      Data: found.map(({ type, address }) => ({ Address: numberToIpv4(address), AddressType: type })),
    }
  },
})
