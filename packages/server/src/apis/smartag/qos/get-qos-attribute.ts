import { direct, integerField, longField, stringField } from '../../../declare/index.ts'
import { qosTime } from '../../../model/qos.ts'
import { failsToShape } from '../../../model/qos-config.ts'
import { operation } from '../../operation.ts'
import { noTable } from '../no-table.ts'
import { qosId, qosRegion } from './qos-params.ts'
import { limitFields, shownLimit, shownTuple } from './rule-view.ts'

export const getQosAttribute = operation({
  name: 'GetQosAttribute',
  family: 'qos',
  about: {
    en: 'Show a QoS with its rules, and how many instances that have it do not put all of them in force: a share of the Internet bandwidth limits nothing, and a device or its program may be too old.',
    zh: '查询 QoS 策略及其规则，以及未能使全部规则生效的关联实例数：以公网带宽为基准的百分比不产生限速，设备型号或程序版本也可能过旧。',
  },
  source: 'Smartag 2018-03-13, GetQosAttribute',
  access: {
    action: 'smartag:GetQosAttribute',
    level: 'Read',
    printed: 'get',
    resource: 'qos/{QosId}',
    dependent: [],
  },
  transaction: 'read',

  params: {
    RegionId: qosRegion.required('MissParameter.RegionId'),
    QosId: qosId.required('MissParameter.QosId'),
  },

  errors: {
    'MissParameter.RegionId': [400, 'You must specify RegionId.', '您的输入中缺少必填参数RegionId。', noTable],
    'MissParameter.QosId': [400, 'You must specify QosId.', '您的输入中缺少必填参数QosId。', noTable],
    'InvalidId.Qos': [400, 'The specified QosId is invalid.', '您输入的参数QosId不合法。', noTable],
  },

  result: {
    ErrorConfigSmartAGCount: integerField,
    QosCars: direct({
      ...limitFields,
      Priority: integerField,
      QosCarDescription: stringField,
      QosCarId: stringField,
      QosCarName: stringField,
    }),
    QosDescription: stringField,
    QosName: stringField,
    QosPolicies: direct({
      DestCidr: stringField,
      DestPortRange: stringField,
      // Milliseconds, as the type says; the sample has texts.
      EndTime: longField,
      IpProtocol: stringField,
      Priority: integerField,
      QosPolicieDescription: stringField,
      QosPolicieName: stringField,
      SourceCidr: stringField,
      SourcePortRange: stringField,
      StartTime: longField,
    }),
  },

  async run({ caller, fleet, qoses, fail }, { RegionId, QosId }) {
    const qos = await qoses.find(caller.accountId, RegionId, QosId)
    if (qos === undefined) throw fail('InvalidId.Qos')
    const [cars, policies] = [await qoses.cars(qos.id), await qoses.policies(qos.id)]
    const ids = (await qoses.instancesOf([qos.id])).get(qos.id) ?? []
    const { instances } = await fleet.instances({ accountId: caller.accountId, ids })
    return {
      ErrorConfigSmartAGCount: instances.filter((instance) => failsToShape(instance, cars, policies)).length,
      QosCars: cars.map((car) => ({
        ...shownLimit(car),
        Priority: car.priority,
        QosCarDescription: car.description,
        QosCarId: car.id,
        QosCarName: car.name,
      })),
      QosDescription: qos.description,
      QosName: qos.name,
      QosPolicies: policies.map((policy) => ({
        ...shownTuple(policy),
        EndTime: policy.endTime === undefined ? undefined : qosTime(policy.endTime),
        Priority: policy.priority,
        QosPolicieDescription: policy.description,
        QosPolicieName: policy.name,
        StartTime: policy.startTime === undefined ? undefined : qosTime(policy.startTime),
      })),
    }
  },
})
