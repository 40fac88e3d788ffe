import { list, text } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { clientToken, dryRun, smartAgId } from '../common-params.ts'
import { notInTable, notThere, packageId, packageRegion, wrongValue } from './package-params.ts'

export const dissociateSmartAgFromApplicationBandwidthPackage = operation({
  name: 'DissociateSmartAGFromApplicationBandwidthPackage',
  family: 'bandwidth-packages',
  about: {
    en: 'Take instances out of a package: their gateways send what its applications are as they send all else.',
    zh: '将实例移出应用加速带宽包，其应用流量不再优先发送。',
  },
  source: 'Smartag 2018-03-13, DissociateSmartAGFromApplicationBandwidthPackage',
  access: {
    action: 'smartag:DissociateSmartAGFromApplicationBandwidthPackage',
    level: 'Write',
    resource: '*',
    dependent: [],
  },
  transaction: 'write',

  params: {
    RegionId: packageRegion,
    ApplicationBandwidthPackageId: packageId,
    SmartAGId: smartAgId.about('One instance. This or the list is required.', '一个实例；与列表至少传一个。'),
    SmartAGIdList: list(
      text()
        .matches(/^sag-[a-z0-9]+$/)
        .example('sag-w11hk4bqxpakem0000'),
    )
      .satisfies((ids) => ids.length <= 100)
      .invalid('InvalidParameter')
      .about('Further instances, up to 100.', '更多实例，最多 100 个。'),
    DryRun: dryRun,
    ClientToken: clientToken,
  },

  errors: {
    InvalidParameter: wrongValue,
    'ResourceNotFound.ApplicationBandwidthPackage': [
      400,
      'The specified resource of ApplicationBandwidthPackage is not found.',
      '应用加速带宽包不存在。',
      notInTable,
    ],
    'SAG.InstanceNoFound': notThere,
  },

  result: {},

  async run({ caller, applicationPackages, fail }, params) {
    const { RegionId, ApplicationBandwidthPackageId, SmartAGId, SmartAGIdList = [], DryRun } = params
    const ids = new Set([...(SmartAGId === undefined ? [] : [SmartAGId]), ...SmartAGIdList])
    if (ids.size === 0) throw fail('InvalidParameter')
    const found = await applicationPackages.find(caller.accountId, RegionId, ApplicationBandwidthPackageId)
    if (found === undefined) throw fail('ResourceNotFound.ApplicationBandwidthPackage')
    const shares = await applicationPackages.shares(found.id)
    for (const id of ids) if (!shares.has(id)) throw fail('SAG.InstanceNoFound')
    if (DryRun) return {}
    for (const id of ids) await applicationPackages.leave(id)
    return {}
  },
})
