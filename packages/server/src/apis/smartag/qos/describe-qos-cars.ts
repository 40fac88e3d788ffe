import { integerField, stringField, text, wrapped } from '../../../declare/index.ts'
import { onPage } from '../../../model/on-page.ts'
import { operation } from '../../operation.ts'
import { ownerParams, pageNumber, pageSize } from '../common-params.ts'
import { noTable } from '../no-table.ts'
import { qosCarId, qosDescription, qosId, qosRegion } from './qos-params.ts'
import { limitFields, shownLimit } from './rule-view.ts'

export const describeQosCars = operation({
  name: 'DescribeQosCars',
  family: 'qos',
  about: { en: 'List the throttling rules of a QoS by priority.', zh: '按优先级查询 QoS 策略的限速规则。' },
  source: 'Smartag 2018-03-13, DescribeQosCars',
  access: {
    action: 'smartag:DescribeQosCars',
    level: 'Read',
    printed: 'get',
    resource: 'qos/{QosId}',
    dependent: [],
  },
  transaction: 'read',

  params: {
    RegionId: qosRegion.required('MissingParameter'),
    QosId: qosId.required('MissingParameter'),
    QosCarId: qosCarId.matches(/^qoscar-[a-z0-9]+$/).invalid('InvalidParameter'),
    Description: qosDescription.invalid('InvalidParameter').about('A part of the description.', '描述，模糊匹配。'),
    Order: text()
      .oneOf('asc', 'desc')
      .default('asc')
      .invalid('InvalidParameter')
      .example('asc')
      .about('`asc`: from priority 1 on; `desc`: the other way round.', '按优先级升序或降序排列。'),
    PageNumber: pageNumber.invalid('InvalidParameter'),
    PageSize: pageSize('Rules').invalid('InvalidParameter'),
    ...ownerParams,
  },

  errors: {
    MissingParameter: [
      403,
      'The input parameter is missing, please check your input.',
      '输入参数缺失，请检查您的输入。',
      noTable,
    ],
    InvalidParameter: [403, 'The specified parameter is invalid.', '非法参数。', noTable],
    'InvalidId.Qos': [400, 'The specified QosId is invalid.', '您输入的参数"QosId"不合法。', noTable],
  },

  result: {
    PageNumber: integerField,
    PageSize: integerField,
    QosCars: wrapped('QosCar', {
      Description: stringField,
      ...limitFields,
      Name: stringField,
      Priority: integerField,
      QosCarId: stringField,
      QosId: stringField,
    }),
    TotalCount: integerField,
  },

  async run({ caller, qoses, fail }, { RegionId, QosId, QosCarId, Description, Order, PageNumber, PageSize }) {
    const qos = await qoses.find(caller.accountId, RegionId, QosId)
    if (qos === undefined) throw fail('InvalidId.Qos')
    const matching = (await qoses.cars(qos.id)).filter(
      ({ id, description = '' }) =>
        (QosCarId === undefined || id === QosCarId) && description.includes(Description ?? ''),
    )
    const ordered = Order === 'asc' ? matching : matching.toReversed()
    return {
      PageNumber,
      PageSize,
      QosCars: onPage(ordered, PageNumber, PageSize).map((car) => ({
        Description: car.description,
        ...shownLimit(car),
        Name: car.name,
        Priority: car.priority,
        QosCarId: car.id,
        QosId: car.qosId,
      })),
      TotalCount: matching.length,
    }
  },
})
