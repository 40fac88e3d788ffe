import { direct, stringField } from '../../../declare/index.ts'
import { hasPortRoles, maskOf } from '../../../model/box.ts'
import { operation } from '../../operation.ts'
import { queryErrors } from '../ports/box-errors.ts'
import { boxParams, queriedBox, taskStates, tasksOf } from '../ports/box-query.ts'
import { leasedLinePort } from './leased-line-params.ts'

export const describeSagExpressConnectInterfaceList = operation({
  name: 'DescribeSagExpressConnectInterfaceList',
  family: 'vbr-express-connect',
  about: {
    en: 'List the addresses that a device has on the leased line of a port; none for another port.',
    zh: '查询设备在某个专线端口上的地址；其他端口返回空列表。',
  },
  source: 'Smartag 2018-03-13, DescribeSagExpressConnectInterfaceList',
  access: { action: 'smartag:DescribeSagExpressConnectInterfaceList', level: 'Read', resource: '*', dependent: [] },
  transaction: 'read',

  params: { ...boxParams, PortName: leasedLinePort },

  errors: queryErrors,

  result: {
    Interfaces: direct({ IP: stringField, Mask: stringField, Vlan: stringField }),
    TaskStates: taskStates,
  },

  async run(context, params) {
    const found = await queriedBox(context, params, hasPortRoles)
    const lines = found.box.report?.ecc?.filter(({ port }) => port === params.PortName) ?? []
    return {
      Interfaces: lines.map(({ ip, length, vlan }) => ({ IP: ip, Mask: maskOf(length), Vlan: String(vlan) })),
      TaskStates: tasksOf(found, 'ecc'),
    }
  },
})
