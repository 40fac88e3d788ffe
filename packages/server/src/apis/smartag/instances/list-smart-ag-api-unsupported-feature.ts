import { direct, stringField, text } from '../../../declare/index.ts'
import { unsupportedBy } from '../../../model/api-features.ts'
import { operation } from '../../operation.ts'
import { ownerParams, regionId, smartAgId, smartAgSn } from '../common-params.ts'

export const listSmartAgApiUnsupportedFeature = operation({
  name: 'ListSmartAGApiUnsupportedFeature',
  family: 'instances',
  about: {
    en: 'List what of an operation a device cannot do, by its model, its version or its program.',
    zh: '查询设备因型号、版本或程序不支持的某操作的功能。',
  },
  source: 'Smartag 2018-03-13, ListSmartAGApiUnsupportedFeature',
  access: { action: 'smartag:ListSmartAGApiUnsupportedFeature', level: 'List', resource: '*', dependent: [] },
  transaction: 'read',

  params: {
    RegionId: regionId,
    SmartAGId: smartAgId.required(),
    SerialNumber: smartAgSn.required(),
    OpenApiName: text()
      .required()
      .matches(/^[A-Z][A-Za-z0-9]{2,99}$/)
      .example('AssociateQos')
      .about(
        'The operation. What every device can do has no features here.',
        '操作名称。所有设备都支持的操作不返回功能。',
      ),
    ...ownerParams,
  },

  errors: {
    'InvalidSmartAGId.NotFound': [400, 'The specified SmartAGId does not exist.', '根据SmartAGId未找到对应实例。'],
    'Sag.DeviceNotExist': [400, 'The specified device does not exist.', '当前设备不存在'],
  },

  result: { Features: direct({ Feature: stringField }) },

  async run({ caller, fleet, fail }, { RegionId, SmartAGId, SerialNumber, OpenApiName }) {
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (instance === undefined) throw fail('InvalidSmartAGId.NotFound')
    const device = instance.devices.find(({ serial }) => serial === SerialNumber)
    if (device === undefined) throw fail('Sag.DeviceNotExist')
    return { Features: unsupportedBy(device, OpenApiName).map((Feature) => ({ Feature })) }
  },
})
