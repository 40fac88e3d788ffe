import { text } from '../../../declare/index.ts'
import { bandwidthLimit, limitTypes, percentSources } from '../../../model/qos.ts'
import { operation } from '../../operation.ts'
import { ownerParams } from '../common-params.ts'
import { noTable } from '../no-table.ts'
import {
  absoluteBandwidth,
  percentage,
  priority,
  qosCarId,
  qosDescription,
  qosId,
  qosName,
  qosRegion,
} from './qos-params.ts'

export const modifyQosCar = operation({
  name: 'ModifyQosCar',
  family: 'qos',
  about: {
    en: 'Change a throttling rule. All changes of a call are made together or none; what is not sent stays as it is.',
    zh: '修改限速规则。一次调用中的修改全部生效或全部不生效；未传入的参数保持不变。',
  },
  source: 'Smartag 2018-03-13, ModifyQosCar',
  access: { action: 'smartag:ModifyQosCar', level: 'Write', resource: 'qos/{QosId}', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: qosRegion.required('MissParameter.RegionId'),
    QosId: qosId.required('MissParameter.QosId'),
    QosCarId: qosCarId.required('MissParameter.QosCarId'),
    // Blank takes it away (C).
    Name: qosName.clearable().invalid('InvalidParameter.Name'),
    Description: qosDescription.clearable().invalid('InvalidParameter.Description'),
    Priority: priority.invalid('InvalidParameter.Priority').blank(),
    LimitType: text()
      .oneOf(...limitTypes)
      .invalid('InvalidParameter')
      .blank()
      .example('Absolute')
      .about('Whether it is limited to numbers or to shares.', '限速类型：绝对值或百分比。'),
    MinBandwidthAbs: absoluteBandwidth
      .invalid('InvalidParameter')
      .blank()
      .example('2')
      .about('Of `Absolute`: the minimum, Mbit/s.', '绝对值限速的最小带宽，单位 Mbit/s。'),
    MaxBandwidthAbs: absoluteBandwidth
      .invalid('InvalidParameter')
      .blank()
      .example('6')
      .about('Of `Absolute`: the maximum, Mbit/s.', '绝对值限速的最大带宽，单位 Mbit/s。'),
    MinBandwidthPercent: percentage
      .invalid('InvalidParameter')
      .blank()
      .example('20')
      .about('Of `Percent`: the minimum.', '百分比限速的最小百分比。'),
    MaxBandwidthPercent: percentage
      .invalid('InvalidParameter')
      .blank()
      .example('90')
      .about('Of `Percent`: the maximum.', '百分比限速的最大百分比。'),
    PercentSourceType: text()
      .oneOf(...percentSources)
      .invalid('InvalidParameter')
      .blank()
      .example('CcnBandwidth')
      .about('What percentages are of, as in CreateQosCar.', '百分比的基准，参见 CreateQosCar。'),
    ...ownerParams,
  },

  errors: {
    'MissParameter.RegionId': [400, 'You must specify RegionId.', '您的输入中缺少必填参数RegionId。', noTable],
    'MissParameter.QosId': [400, 'You must specify QosId.', '您的输入中缺少必填参数QosId。', noTable],
    'MissParameter.QosCarId': [400, 'You must specify QosCarId.', '您的输入中缺少必填参数"QosCarId"。', noTable],
    'InvalidParameter.Name': [400, 'The specified Name is invalid.', '您输入的参数Name不合法。', noTable],
    'InvalidParameter.Description': [
      400,
      'The specified Description is invalid.',
      '您输入的参数Description不合法。',
      noTable,
    ],
    'InvalidParameter.Priority': [400, 'The specified Priority is invalid.', '您输入的参数"Priority"不合法。', noTable],
    // By itself; and after InvalidId.QOSCAR with what stays as it is.
    InvalidParameter: [403, 'The specified parameter is invalid.', '非法参数。', noTable],
    'InvalidId.Qos': [400, 'The specified QosId is invalid.', '您输入的参数QosId不合法。', noTable],
    'InvalidId.QOSCAR': [400, 'The specified QosCarId is invalid.', '指定的QosCar的实例ID不合法。', noTable],
  },

  result: {},

  async run({ caller, qoses, fail }, params) {
    const qos = await qoses.find(caller.accountId, params.RegionId, params.QosId)
    if (qos === undefined) throw fail('InvalidId.Qos')
    const car = (await qoses.cars(qos.id)).find(({ id }) => id === params.QosCarId)
    if (car === undefined) throw fail('InvalidId.QOSCAR')
    const limit = bandwidthLimit({
      limitType: params.LimitType ?? car.limitType,
      minAbs: params.MinBandwidthAbs ?? car.minAbs,
      maxAbs: params.MaxBandwidthAbs ?? car.maxAbs,
      minPercent: params.MinBandwidthPercent ?? car.minPercent,
      maxPercent: params.MaxBandwidthPercent ?? car.maxPercent,
      percentSource: params.PercentSourceType ?? car.percentSource,
    })
    if (limit === undefined) throw fail('InvalidParameter')
    await qoses.changeCar({
      ...car,
      ...limit,
      name: params.Name ?? car.name,
      description: params.Description ?? car.description,
      priority: params.Priority ?? car.priority,
    })
    return {}
  },
})
