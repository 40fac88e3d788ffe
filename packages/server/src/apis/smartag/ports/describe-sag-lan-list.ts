import { direct, stringField } from '../../../declare/index.ts'
import { hasOlderPorts, maskOf } from '../../../model/box.ts'
import { operation } from '../../operation.ts'
import { queryErrors } from './box-errors.ts'
import { boxParams, queriedBox, taskStates, tasksOf } from './box-query.ts'

export const describeSagLanList = operation({
  name: 'DescribeSagLanList',
  family: 'ports',
  about: {
    en: 'List the ports of a device that lead to the branch: their addresses, and what they give to terminals.',
    zh: '查询设备的 LAN 口：地址以及为终端分配的地址。',
  },
  source: 'Smartag 2018-03-13, DescribeSagLanList',
  access: { action: 'smartag:DescribeSagLanList', level: 'Read', resource: '*', dependent: [] },
  transaction: 'read',

  params: boxParams,

  errors: queryErrors,

  result: {
    Lans: direct({
      PortName: stringField,
      IPType: stringField,
      IP: stringField,
      Mask: stringField,
      StartIp: stringField,
      EndIp: stringField,
      Lease: stringField,
    }),
    TaskStates: taskStates,
  },

  async run(context, params) {
    const found = await queriedBox(context, params, hasOlderPorts)
    return {
      Lans: found.box.report?.lan.map(({ port, type, ip, length, start, end, lease }) => ({
        PortName: port,
        IPType: type,
        IP: ip,
        Mask: length === undefined ? undefined : maskOf(length),
        StartIp: start,
        EndIp: end,
        Lease: lease === undefined ? undefined : String(lease),
      })),
      TaskStates: tasksOf(found, 'lan'),
    }
  },
})
