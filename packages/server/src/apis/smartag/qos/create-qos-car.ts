import { integerField, stringField, text } from '../../../declare/index.ts'
import { bandwidthLimit, carLimit, limitTypes, percentSources } from '../../../model/qos.ts'
import { operation } from '../../operation.ts'
import { ownerParams } from '../common-params.ts'
import { noTable } from '../no-table.ts'
import { absoluteBandwidth, percentage, priority, qosDescription, qosId, qosName, qosRegion } from './qos-params.ts'
import { limitFields, shownLimit } from './rule-view.ts'

export const createQosCar = operation({
  name: 'CreateQosCar',
  family: 'qos',
  about: {
    en: 'Add a throttling rule to a QoS, 3 at most: packets of classification rules with its priority have the minimum for themselves, and never more than the maximum.',
    zh: '为 QoS 策略添加限速规则，最多 3 条：相同优先级的流分类规则所匹配的流量享有最小带宽保证，且不超过最大带宽。',
  },
  source: 'Smartag 2018-03-13, CreateQosCar',
  access: {
    action: 'smartag:CreateQosCar',
    level: 'Write',
    printed: 'create',
    resource: 'qos/{QosId}',
    dependent: [],
  },
  transaction: 'write',

  params: {
    RegionId: qosRegion.required('MissParameter.RegionId'),
    QosId: qosId.required('MissParameter.QosId'),
    Name: qosName.invalid('InvalidParameter.Name'),
    Description: qosDescription.invalid('InvalidParameter.Description'),
    Priority: priority.required('InvalidParameter.Priority').invalid('InvalidParameter.Priority'),
    LimitType: text()
      .required('InvalidParameter')
      .oneOf(...limitTypes)
      .invalid('InvalidParameter')
      .example('Absolute')
      .about('Whether it is limited to numbers or to shares.', '限速类型：绝对值或百分比。'),
    MinBandwidthAbs: absoluteBandwidth
      .invalid('InvalidParameter')
      .example('2')
      .about('Of `Absolute`: the minimum, Mbit/s.', '绝对值限速的最小带宽，单位 Mbit/s。'),
    MaxBandwidthAbs: absoluteBandwidth
      .invalid('InvalidParameter')
      .example('6')
      .about('Of `Absolute`: the maximum, Mbit/s.', '绝对值限速的最大带宽，单位 Mbit/s。'),
    MinBandwidthPercent: percentage
      .invalid('InvalidParameter')
      .example('20')
      .about('Of `Percent`: the minimum.', '百分比限速的最小百分比。'),
    MaxBandwidthPercent: percentage
      .invalid('InvalidParameter')
      .example('90')
      .about('Of `Percent`: the maximum.', '百分比限速的最大百分比。'),
    PercentSourceType: text()
      .oneOf(...percentSources)
      .invalid('InvalidParameter')
      .example('CcnBandwidth')
      .about(
        'What percentages are of: the bandwidth toward the network, or (if not said) that of the Internet, where a gateway sends nothing of its branch: such a rule limits nothing.',
        '百分比的基准：云连接网带宽，或公网上行带宽（默认）。网关不向公网发送分支流量，以公网上行带宽为基准的规则不产生限速。',
      ),
    ...ownerParams,
  },

  errors: {
    'MissParameter.RegionId': [400, 'You must specify RegionId.', '您的输入中缺少必填参数RegionId。', noTable],
    'MissParameter.QosId': [400, 'You must specify QosId.', '您的输入中缺少必填参数QosId。', noTable],
    'InvalidParameter.Name': [400, 'The specified Name is invalid.', '您输入的参数Name不合法。', noTable],
    'InvalidParameter.Description': [
      400,
      'The specified Description is invalid.',
      '您输入的参数Description不合法。',
      noTable,
    ],
    'InvalidParameter.Priority': [400, 'The specified Priority is invalid.', '您输入的参数"Priority"不合法。', noTable],
    InvalidParameter: [403, 'The specified parameter is invalid.', '非法参数。', noTable],
    'InvalidId.Qos': [400, 'The specified QosId is invalid.', '您输入的参数QosId不合法。', noTable],
    QosAmountLimit: [
      400,
      'No more QoS can be created. You can submit a ticket to increase the quota of QoSes.',
      '您名下Qos数量已达上线，请提交工单申请提升配额。',
      {
        en: 'No table is published for this operation, and no code for this limit; this one, of CreateQos, is the nearest.',
        zh: '该操作没有公开的错误码表，也没有针对该上限的错误码，采用最接近的 CreateQos 的错误码。',
      },
    ],
  },

  result: {
    Description: stringField,
    ...limitFields,
    Priority: integerField,
    QosCarId: stringField,
    QosId: stringField,
  },

  async run({ caller, qoses, ids, now, fail }, params) {
    const limit = bandwidthLimit({
      limitType: params.LimitType,
      minAbs: params.MinBandwidthAbs ?? 0,
      maxAbs: params.MaxBandwidthAbs ?? 0,
      minPercent: params.MinBandwidthPercent ?? 0,
      maxPercent: params.MaxBandwidthPercent ?? 0,
      percentSource: params.PercentSourceType ?? 'InternetUpBandwidth',
    })
    if (limit === undefined) throw fail('InvalidParameter')
    const qos = await qoses.find(caller.accountId, params.RegionId, params.QosId)
    if (qos === undefined) throw fail('InvalidId.Qos')
    if ((await qoses.cars(qos.id)).length >= carLimit) throw fail('QosAmountLimit')

    const car = {
      ...limit,
      id: ids.withPrefix('qoscar-'),
      qosId: qos.id,
      name: params.Name,
      description: params.Description,
      priority: params.Priority,
      createdAt: now,
    }
    await qoses.addCar(car)
    return {
      Description: car.description,
      ...shownLimit(car),
      Priority: car.priority,
      QosCarId: car.id,
      QosId: car.qosId,
    }
  },
})
