import { text } from '../../../declare/index.ts'
import { inspectionLack, isLogstoreName, isProjectName } from '../../../model/dpi.ts'
import { operation } from '../../operation.ts'
import { clientToken, dryRun, ownerParams, regionId, smartAgId } from '../common-params.ts'
import { incorrectStatus, instanceErrors } from './dpi-params.ts'

export const enableSmartAgDpiMonitor = operation({
  name: 'EnableSmartAGDpiMonitor',
  family: 'dpi',
  about: {
    en: 'Let the gateways of an instance record its connections with their applications, in a file of theirs, under these names. Applications must be recognised already.',
    zh: '让实例的网关将连接及其应用按指定名称记录到网关的文件中。须先开启应用识别。',
  },
  source: 'Smartag 2018-03-13, EnableSmartAGDpiMonitor',
  access: { action: 'smartag:EnableSmartAGDpiMonitor', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: regionId,
    SmartAGId: smartAgId.required(),
    SlsProjectName: text()
      .required()
      .satisfies(isProjectName)
      .invalid('CreateProjectFailed')
      .example('test1')
      .about('The project in each record.', '记录所属的 SLS Project。'),
    SlsLogStore: text()
      .required()
      .satisfies(isLogstoreName)
      .invalid('CreateProjectFailed')
      .example('test2')
      .about('The log store in each record.', '记录所属的 LogStore。'),
    DryRun: dryRun,
    ClientToken: clientToken,
    ...ownerParams,
  },

  errors: {
    // What no project can be called needs no instance.
    CreateProjectFailed: [400, 'Failed to create the SLS project.', '创建SLS Project失败。'],
    ...instanceErrors,
    IncorrectStatus: incorrectStatus,
  },

  result: {},

  async run({ caller, fleet, inspections, fail }, { RegionId, SmartAGId, SlsProjectName, SlsLogStore, DryRun }) {
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (instance === undefined) throw fail('InvalidSmartAGId.NotFound')
    const lack = inspectionLack(instance)
    if (lack !== undefined) throw fail(lack)
    if (instance.dpiEnabled !== true) throw fail('IncorrectStatus')
    if (!DryRun) await inspections.setLog(instance.id, { project: SlsProjectName, logstore: SlsLogStore })
    return {}
  },
})
