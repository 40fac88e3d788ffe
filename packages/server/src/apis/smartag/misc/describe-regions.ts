import { stringField, text, wrapped } from '../../../declare/index.ts'
import { regions } from '../../../model/regions.ts'
import { operation } from '../../operation.ts'
import { ownerParams } from '../common-params.ts'

export const describeRegions = operation({
  name: 'DescribeRegions',
  family: 'misc',
  about: { en: 'List the regions an instance can live in.', zh: '查询实例可以所在的地域。' },
  source: 'Smartag 2018-03-13, DescribeRegions',
  access: { action: 'smartag:DescribeRegions', level: 'Read', resource: '*', dependent: [] },
  transaction: 'read',

  params: {
    AcceptLanguage: text()
      .oneOf('zh-CN', 'en-US', 'ja')
      .default('zh-CN')
      .example('en-US')
      .about('The language of the local names.', '地域名称的语言。'),
    ...ownerParams,
  },

  errors: {
    Forbidden: [403, 'User not authorized to operate on the specified resource.', '用户没有操作此资源的权限'],
    InnerServiceFailed: [501, 'Call inner service failed.', '调用内部服务失败'],
  },

  result: {
    Regions: wrapped('Region', { RegionId: stringField, RegionEndpoint: stringField, LocalName: stringField }),
  },

  async run({ endpoint }, { AcceptLanguage }) {
    return {
      Regions: regions.map(({ id, names }) => ({
        RegionId: id,
        // One server answers for every region.
        RegionEndpoint: endpoint,
        LocalName: names[AcceptLanguage],
      })),
    }
  },
})
