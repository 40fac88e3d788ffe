import { direct, integer, stringField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { ownerParams, regionId } from '../common-params.ts'
import { noCodeOfItsOwn } from '../restart.ts'

export const describeSagDropTopN = operation({
  name: 'DescribeSagDropTopN',
  family: 'monitoring',
  about: {
    en: 'List the instances whose gateways have thrown away the greatest part of their packets in the last hour, in percent. One whose gateways counted no packets is left out.',
    zh: '查询最近一小时丢包率最高的实例，以百分比表示，按网关的统计。网关没有统计到数据包的实例不返回。',
  },
  source: 'Smartag 2018-03-13, DescribeSagDropTopN',
  access: { action: 'smartag:DescribeSagDropTopN', level: 'Read', resource: '*', dependent: [] },
  transaction: 'read',

  params: {
    RegionId: regionId.about('The region of the instances.', '实例所在的地域。'),
    Size: integer()
      .invalid('InvalidParameter')
      .range(1, 50)
      .default(10)
      .example('10')
      .about('How many of them, up to 50.', '返回的数量，最大 50。'),
    ...ownerParams,
  },

  errors: {
    InvalidParameter: [403, 'The specified parameter is invalid.', '非法参数。', noCodeOfItsOwn],
  },

  result: {
    DropTopN: direct({
      InstanceId: stringField,
      Name: stringField,
      RegionId: stringField,
      DropRate: stringField,
    }),
  },

  async run({ caller, deviceNetworks, circumstances }, { RegionId, Size }) {
    // Devices tell by the wall clock, also in a sandbox whose months were moved.
    const of = { accountId: caller.accountId, regionId: RegionId, most: Size }
    const top = await deviceNetworks.top('dropped', of, circumstances.at)
    return {
      DropTopN: top.map(({ id, name, packets, dropped }) => ({
        InstanceId: id,
        Name: name,
        RegionId,
        DropRate: decimal((dropped / packets) * 100),
      })),
    }
  },
})

/** With one place after the point at least, as in the published answer, and four at most. */
function decimal(number: number): string {
  const text = String(Number(number.toFixed(4)))
  return text.includes('.') ? text : `${text}.0`
}
