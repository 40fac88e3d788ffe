import { integerField, stringField, text, wrapped } from '../../../declare/index.ts'
import { onPage } from '../../../model/on-page.ts'
import type { Qos } from '../../../model/qos.ts'
import { operation } from '../../operation.ts'
import { ownerParams, pageNumber, pageSize } from '../common-params.ts'
import { qosName, qosRegion } from './qos-params.ts'

export const describeQoses = operation({
  name: 'DescribeQoses',
  family: 'qos',
  about: {
    en: 'List QoS with the instances that have them, the oldest first.',
    zh: '查询 QoS 策略及其关联的实例，旧的在前。',
  },
  source: 'Smartag 2018-03-13, DescribeQoses',
  access: { action: 'smartag:DescribeQoses', level: 'Read', resource: '*', dependent: [] },
  transaction: 'read',

  params: {
    RegionId: qosRegion.required('MissingParameter'),
    QosIds: text()
      .readsAs(qosIdsIn)
      .invalid('InvalidParameter')
      .example('qos-oek3r2cmvk7m8q0000')
      .about('Any of these, separated by commas.', 'QoS 策略 ID 列表，以逗号分隔。'),
    QosName: qosName.invalid('InvalidParameter').about('A part of the name.', '名称，模糊匹配。'),
    PageNumber: pageNumber.invalid('InvalidParameter'),
    PageSize: pageSize('QoS').invalid('InvalidParameter'),
    ...ownerParams,
  },

  errors: {
    MissingParameter: [
      403,
      'The input parameter is missing, please check your input.',
      '输入参数缺失，请检查您的输入。',
    ],
    InvalidParameter: [403, 'The specified parameter is invalid.', '非法参数。'],
    InternalError: [403, 'An internal server error occurred.', '内部服务错误。'],
  },

  result: {
    PageNumber: integerField,
    PageSize: integerField,
    Qoses: wrapped('Qos', {
      QosDescription: stringField,
      QosId: stringField,
      QosName: stringField,
      ResourceGroupId: stringField,
      SagCount: stringField,
      SmartAGIds: stringField,
    }),
    TotalCount: integerField,
  },

  async run({ caller, qoses }, { RegionId, QosIds, QosName, PageNumber, PageSize }) {
    const all = await qoses.all(caller.accountId, RegionId)
    const matching = all.filter(
      ({ id, name }) => (QosIds?.includes(id) ?? true) && (QosName === undefined || name.includes(QosName)),
    )
    const shown = onPage(matching, PageNumber, PageSize)
    const instances = await qoses.instancesOf(shown.map(({ id }) => id))
    return {
      PageNumber,
      PageSize,
      Qoses: shown.map((qos) => shownQos(qos, instances.get(qos.id) ?? [])),
      TotalCount: matching.length,
    }
  },
})

function qosIdsIn(list: string): readonly string[] | undefined {
  const ids = list.split(',')
  return ids.every((id) => /^qos-[a-z0-9]+$/.test(id)) ? ids : undefined
}

function shownQos({ id, name, description, resourceGroupId }: Qos, instances: readonly string[]) {
  return {
    QosDescription: description,
    QosId: id,
    QosName: name,
    ResourceGroupId: resourceGroupId,
    SagCount: String(instances.length),
    SmartAGIds: instances.length === 0 ? undefined : instances.join(','),
  }
}
