import { tagLimit, withTags } from '../../../model/tags.ts'
import { isHere } from '../../is-here.ts'
import { operation } from '../../operation.ts'
import { instanceNoFound, regionId, smartAgId } from '../history-params.ts'
import { keyRow, numberRow, tags, tagsOf, twiceRow, valueRow } from './tag-params.ts'

export const tagGateway = operation({
  name: 'TagGateway',
  family: 'instance-tags',
  about: {
    en: 'Give tags to an instance, 20 at most in all. A key that is there gets the new value. `ListFleet` shows them; a job tags many.',
    zh: '为实例添加标签，每个实例最多 20 个，已有的键更新为新值。由 `ListFleet` 返回；批量操作请创建任务。',
  },
  source: 'OpenSAG 2026-12-01, TagGateway',
  access: {
    action: 'opensag:TagGateway',
    level: 'Write',
    resource: 'smartag/{SmartAGId}',
    dependent: [],
    standsFor: 'smartag:ModifySmartAccessGateway',
  },
  transaction: 'write',
  keepsTo: ({ SmartAGId }) => (SmartAGId === undefined ? undefined : { instance: SmartAGId }),

  params: { RegionId: regionId, SmartAGId: smartAgId, Tag: tags.required('InvalidTagKey') },

  errors: {
    ...keyRow,
    ...valueRow,
    ...twiceRow,
    'SAG.InstanceNoFound': instanceNoFound,
    // Too many in the request, or with those that are there.
    ...numberRow,
  },

  result: {},

  async run({ caller, fleet, fail }, { RegionId, SmartAGId = '', Tag }) {
    const instance = await fleet.instanceById(SmartAGId)
    if (!isHere(instance, caller, RegionId)) throw fail('SAG.InstanceNoFound')
    const changed = withTags(instance.tags ?? [], tagsOf(Tag))
    if (changed.length > tagLimit) throw fail('SizeLimitExceeded.TagNum')
    await fleet.configure(instance.id, { tags: changed })
    return {}
  },
})
