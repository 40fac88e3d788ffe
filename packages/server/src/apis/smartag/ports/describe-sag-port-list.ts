import { direct, stringField } from '../../../declare/index.ts'
import { hasOlderPorts } from '../../../model/box.ts'
import { operation } from '../../operation.ts'
import { queryErrors } from './box-errors.ts'
import { boxParams, queriedBox, taskStates, tasksOf } from './box-query.ts'

export const describeSagPortList = operation({
  name: 'DescribeSagPortList',
  family: 'ports',
  about: {
    en: 'List the ports of a device with their roles, as the device reports them.',
    zh: '查询设备的端口及其角色（以设备上报为准）。',
  },
  source: 'Smartag 2018-03-13, DescribeSagPortList',
  access: { action: 'smartag:DescribeSagPortList', level: 'Read', resource: '*', dependent: [] },
  transaction: 'read',

  params: boxParams,

  errors: queryErrors,

  result: {
    Ports: direct({ PortName: stringField, Mac: stringField, Status: stringField, Role: stringField }),
    TaskStates: taskStates,
  },

  async run(context, params) {
    const found = await queriedBox(context, params, hasOlderPorts)
    const { device, box } = found
    return {
      Ports: box.report?.ports.map(({ name, mac, isUp, role }) => ({
        PortName: name,
        Mac: mac,
        // What a device that is away has in its sockets nobody knows.
        Status: !device.connected ? 'Unavailable' : isUp ? 'Up' : 'Down',
        Role: role,
      })),
      TaskStates: tasksOf(found),
    }
  },
})
