import { stringField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { ownerParams, regionId, smartAgId } from '../common-params.ts'
import { noTable } from '../no-table.ts'
import { shownDpi } from './shown-dpi.ts'

export const getSmartAgDpiAttribute = operation({
  name: 'GetSmartAGDpiAttribute',
  family: 'dpi',
  about: {
    en: 'Show whether the gateways of an instance recognise applications, and where they record what they find.',
    zh: '查询实例的网关是否识别应用，以及识别结果记录在何处。',
  },
  source: 'Smartag 2018-03-13, GetSmartAGDpiAttribute',
  access: { action: 'smartag:GetSmartAGDpiAttribute', level: 'Read', resource: '*', dependent: [] },
  transaction: 'read',

  params: { RegionId: regionId, SmartAGId: smartAgId.required(), ...ownerParams },

  errors: {
    'InvalidSmartAGId.NotFound': [
      400,
      'The specified SmartAGId does not exist.',
      '根据SmartAGId未找到对应实例。',
      noTable,
    ],
  },

  result: {
    DpiStatus: stringField,
    DpiMonitorStatus: stringField,
    SlsRegion: stringField,
    ProjectName: stringField,
    LogstoreName: stringField,
  },

  async run({ caller, fleet, fail }, { RegionId, SmartAGId }) {
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (instance === undefined) throw fail('InvalidSmartAGId.NotFound')
    return {
      ...shownDpi(instance),
      SlsRegion: instance.regionId,
      ProjectName: instance.dpiProject,
      LogstoreName: instance.dpiLogstore,
    }
  },
})
