import { direct, integer, stringField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { ownerParams, regionId } from '../common-params.ts'
import { noCodeOfItsOwn } from '../restart.ts'

export const describeSagTrafficTopN = operation({
  name: 'DescribeSagTrafficTopN',
  family: 'monitoring',
  about: {
    en: 'List the instances whose gateways have carried most in the last hour, as they counted it. One that carried nothing is left out.',
    zh: '查询最近一小时流量最大的实例，按网关的统计。没有流量的实例不返回。',
  },
  source: 'Smartag 2018-03-13, DescribeSagTrafficTopN',
  access: { action: 'smartag:DescribeSagTrafficTopN', level: 'Read', resource: '*', dependent: [] },
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
    TrafficTopN: direct({
      InstanceId: stringField,
      Name: stringField,
      RegionId: stringField,
      TrafficRate: stringField,
    }),
  },

  async run({ caller, deviceNetworks, circumstances }, { RegionId, Size }) {
    // Devices tell by the wall clock, also in a sandbox whose months were moved.
    const of = { accountId: caller.accountId, regionId: RegionId, most: Size }
    const busiest = await deviceNetworks.top('carried', of, circumstances.at)
    return {
      TrafficTopN: busiest.map(({ id, name, bytes }) => ({
        InstanceId: id,
        Name: name,
        RegionId,
        // Bits of a second, both ways together (C).
        TrafficRate: ((bytes * 8) / 3600).toFixed(1),
      })),
    }
  },
})
