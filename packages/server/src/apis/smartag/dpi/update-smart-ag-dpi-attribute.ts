import { boolean } from '../../../declare/index.ts'
import { inspectionLack } from '../../../model/dpi.ts'
import { operation } from '../../operation.ts'
import { clientToken, dryRun, ownerParams, regionId, smartAgId } from '../common-params.ts'
import { instanceErrors } from './dpi-params.ts'

export const updateSmartAgDpiAttribute = operation({
  name: 'UpdateSmartAGDpiAttribute',
  family: 'dpi',
  about: {
    en: 'Let the gateways of an instance recognise applications, or stop it. Stopped, nothing is recorded and rules for applications match nothing.',
    zh: '开启或关闭实例的应用识别。关闭后不再记录，按应用匹配的规则也不再匹配任何流量。',
  },
  source: 'Smartag 2018-03-13, UpdateSmartAGDpiAttribute',
  access: { action: 'smartag:UpdateSmartAGDpiAttribute', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: regionId,
    SmartAGId: smartAgId.required(),
    DpiEnabled: boolean().required().example('true').about('Whether applications are recognised.', '是否识别应用。'),
    DryRun: dryRun,
    ClientToken: clientToken,
    ...ownerParams,
  },

  errors: instanceErrors,

  result: {},

  async run({ caller, fleet, inspections, fail }, { RegionId, SmartAGId, DpiEnabled, DryRun }) {
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (instance === undefined) throw fail('InvalidSmartAGId.NotFound')
    // To stop it needs nothing of a gateway.
    const lack = DpiEnabled ? inspectionLack(instance) : undefined
    if (lack !== undefined) throw fail(lack)
    if (!DryRun) await inspections.setEnabled(instance.id, DpiEnabled)
    return {}
  },
})
