import { integer, objects, orJson, text } from '../../../declare/index.ts'
import { isInArrears } from '../../../model/activation.ts'
import { inspectionLack } from '../../../model/dpi.ts'
import type { Instance } from '../../../model/instance.ts'
import { operation } from '../../operation.ts'
import { clientToken, dryRun } from '../common-params.ts'
import { notThere, packageId, packageRegion, wrongValue } from './package-params.ts'

/** As many as leave a package by one call: each is a configuration that is made anew. */
const mostShares = 100

interface Share {
  readonly id: string
  /** Mbit/s. */
  readonly bandwidth: number
}

export const associateSmartAgWithApplicationBandwidthPackage = operation({
  name: 'AssociateSmartAGWithApplicationBandwidthPackage',
  family: 'bandwidth-packages',
  about: {
    en: 'Give instances a part of a package each: their gateways send what is recognised as its applications with that bandwidth, before all else and never with more.',
    zh: '为实例分配应用加速带宽包的一部分：网关识别出的应用流量以该带宽优先发送，且不超过该带宽。',
  },
  source: 'Smartag 2018-03-13, AssociateSmartAGWithApplicationBandwidthPackage',
  access: {
    action: 'smartag:AssociateSmartAGWithApplicationBandwidthPackage',
    level: 'Write',
    resource: '*',
    dependent: [],
  },
  transaction: 'write',

  params: {
    RegionId: packageRegion,
    ApplicationBandwidthPackageId: packageId,
    AssociateConfigs: orJson(
      objects({
        SmartAGId: text().example('sag-gf5serujbhrn2j0000').about('The instance.', '实例 ID。'),
        Bandwidth: integer().example('2').about('Mbit/s.', '带宽，单位 Mbit/s。'),
      }),
    )
      .required()
      .invalid('InvalidParameter')
      .example('[{"SmartAGId":"sag-gf5serujbhrn2j0000","Bandwidth":"2"}]')
      .parsesTo(sharesIn, { share: 'InvalidParameter' })
      .about('Instances, up to 100, and what each has of the package.', '实例及其分得的带宽，最多 100 个实例。'),
    DryRun: dryRun,
    ClientToken: clientToken,
  },

  errors: {
    InvalidParameter: wrongValue,
    'ResourceNotFound.ApplicationBandwidthPackage': [
      400,
      'The specified resource of ApplicationBandwidthPackage is not found.',
      '应用加速带宽包不存在。',
    ],
    'SAG.InstanceNoFound': notThere,
    'UnsupportedFeature.ApplicationAccelerate': [
      400,
      'The feature of ApplicationAccelerate is not supported.',
      '不支持应用加速特性。',
    ],
    'OperationDenied.NoBindCcn': [
      400,
      'The CCN is not associated. The operation is denied.',
      '由于未绑定云连接网，当前操作被拒绝。',
    ],
    'OperationDenied.Arrearage': [
      400,
      'The operation is denied due to overdue payment.',
      '由于已欠费，当前操作被拒绝。',
    ],
  },

  result: {},

  async run({ caller, fleet, applicationPackages, now, fail }, params) {
    const { RegionId, ApplicationBandwidthPackageId, AssociateConfigs, DryRun } = params
    const found = await applicationPackages.find(caller.accountId, RegionId, ApplicationBandwidthPackageId)
    if (found === undefined) throw fail('ResourceNotFound.ApplicationBandwidthPackage')
    const ids = AssociateConfigs.map(({ id }) => id)
    const { instances } = await fleet.instances({ accountId: caller.accountId, regionId: RegionId, ids })
    const instanceOf = new Map(instances.map((instance) => [instance.id, instance]))
    for (const id of ids) {
      const instance = instanceOf.get(id)
      if (instance === undefined) throw fail('SAG.InstanceNoFound')
      if (!canAccelerate(instance)) throw fail('UnsupportedFeature.ApplicationAccelerate')
      if (instance.ccnId === undefined) throw fail('OperationDenied.NoBindCcn')
      if (isInArrears(instance, now)) throw fail('OperationDenied.Arrearage')
    }
    const shares = new Map(await applicationPackages.shares(found.id))
    for (const { id, bandwidth } of AssociateConfigs) shares.set(id, bandwidth)
    if ([...shares.values()].reduce((sum, one) => sum + one, 0) > found.bandwidth) throw fail('InvalidParameter')
    if (DryRun) return {}
    for (const { id, bandwidth } of AssociateConfigs) await applicationPackages.join(id, found.id, bandwidth)
    return {}
  },
})

/** Its gateways recognise applications. */
function canAccelerate(instance: Instance): boolean {
  return instance.dpiEnabled === true && inspectionLack(instance) === undefined
}

function sharesIn(
  given: readonly { readonly SmartAGId?: string | undefined; readonly Bandwidth?: number | undefined }[],
): readonly Share[] | 'share' {
  const shares = given.map(({ SmartAGId: id = '', Bandwidth: bandwidth = 0 }) => ({ id, bandwidth }))
  const isWhole = shares.length <= mostShares && shares.every(({ id, bandwidth }) => id !== '' && bandwidth >= 1)
  return isWhole && new Set(shares.map(({ id }) => id)).size === shares.length ? shares : 'share'
}
