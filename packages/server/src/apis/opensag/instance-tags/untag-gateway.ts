import { withoutTags } from '../../../model/tags.ts'
import { isHere } from '../../is-here.ts'
import { operation } from '../../operation.ts'
import { instanceNoFound, regionId, smartAgId } from '../history-params.ts'
import { keyRow, numberRow, tagKeys } from './tag-params.ts'

export const untagGateway = operation({
  name: 'UntagGateway',
  family: 'instance-tags',
  about: {
    en: 'Take tags away from an instance. A key that is not there is no error.',
    zh: '移除实例的标签，标签键不存在时不报错。',
  },
  source: 'OpenSAG 2026-12-01, UntagGateway',
  access: {
    action: 'opensag:UntagGateway',
    level: 'Write',
    resource: 'smartag/{SmartAGId}',
    dependent: [],
    standsFor: 'smartag:ModifySmartAccessGateway',
  },
  transaction: 'write',
  keepsTo: ({ SmartAGId }) => (SmartAGId === undefined ? undefined : { instance: SmartAGId }),

  params: { RegionId: regionId, SmartAGId: smartAgId, TagKey: tagKeys.required('InvalidTagKey') },

  errors: { ...keyRow, ...numberRow, 'SAG.InstanceNoFound': instanceNoFound },

  result: {},

  async run({ caller, fleet, fail }, { RegionId, SmartAGId = '', TagKey }) {
    const instance = await fleet.instanceById(SmartAGId)
    if (!isHere(instance, caller, RegionId)) throw fail('SAG.InstanceNoFound')
    const { tags } = instance
    if (tags !== undefined) await fleet.configure(instance.id, { tags: withoutTags(tags, TagKey) })
    return {}
  },
})
