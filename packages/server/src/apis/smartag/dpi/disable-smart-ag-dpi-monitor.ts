import { isMonitored } from '../../../model/dpi.ts'
import { operation } from '../../operation.ts'
import { clientToken, dryRun, ownerParams, regionId, smartAgId } from '../common-params.ts'
import { incorrectStatus, instanceErrors } from './dpi-params.ts'

export const disableSmartAgDpiMonitor = operation({
  name: 'DisableSmartAGDpiMonitor',
  family: 'dpi',
  about: {
    en: 'Stop recording the connections of an instance with their applications. These are recognised further on.',
    zh: '停止记录实例的连接及其应用；应用识别继续进行。',
  },
  source: 'Smartag 2018-03-13, DisableSmartAGDpiMonitor',
  access: { action: 'smartag:DisableSmartAGDpiMonitor', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: regionId,
    SmartAGId: smartAgId.required(),
    DryRun: dryRun,
    ClientToken: clientToken,
    ...ownerParams,
  },

  errors: { ...instanceErrors, IncorrectStatus: incorrectStatus },

  result: {},

  async run({ caller, fleet, inspections, fail }, { RegionId, SmartAGId, DryRun }) {
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (instance === undefined) throw fail('InvalidSmartAGId.NotFound')
    // A gateway that cannot recognise needs nothing to record no more: it is not asked.
    if (!isMonitored(instance)) throw fail('IncorrectStatus')
    if (!DryRun) await inspections.setLog(instance.id, undefined)
    return {}
  },
})
