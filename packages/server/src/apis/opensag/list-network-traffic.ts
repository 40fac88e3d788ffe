import { direct, integerField, longField, stringField, text } from '../../declare/index.ts'
import { operation } from '../operation.ts'

export const listNetworkTraffic = operation({
  name: 'ListNetworkTraffic',
  family: 'opensag',
  about: {
    en: 'Tell what each network carries, in bit/s, both ways together, as its connected gateways counted in the last 15 to 30 minutes; with a network, what each of its instances does (the 5000 that carry most). What is not known is left out.',
    zh: '返回每个云连接网的流量（bit/s，双向合计），由在线网关在最近 15 至 30 分钟内统计；指定云连接网时，还返回其各实例的流量（最多 5000 个，流量大者优先）。未知的不返回。',
  },
  source: 'OpenSAG 2026-12-01, ListNetworkTraffic',
  access: {
    action: 'opensag:ListNetworkTraffic',
    level: 'List',
    resource: 'smartag/*',
    dependent: [],
    standsFor: 'smartag:DescribeSmartAccessGateways',
    lists: 'smartag',
  },
  transaction: 'read',

  params: {
    CcnId: text()
      .matches(/^ccn-[a-z0-9]+$/)
      .example('ccn-n2935s1mnwv8i0000')
      .about('Also each instance of this network.', '同时返回该云连接网的各实例。'),
  },

  errors: {},

  result: {
    Networks: direct({ CcnId: stringField, BitsPerSecond: longField, Gateways: integerField }),
    Instances: direct({ SmartAGId: stringField, BitsPerSecond: longField }),
  },

  async run({ caller, scope, series, circumstances }, { CcnId }) {
    const of = { accountId: caller.accountId, scope }
    const now = circumstances.at
    const networks = await series.ratesOfNetworks(of, now)
    const instances = CcnId === undefined ? [] : await series.ratesInNetwork({ ...of, ccnId: CcnId }, now)
    return {
      Networks: networks.map(({ ccnId, rate, counted }) => ({ CcnId: ccnId, BitsPerSecond: rate, Gateways: counted })),
      Instances: instances.map(({ instanceId, rate }) => ({ SmartAGId: instanceId, BitsPerSecond: rate })),
    }
  },
})
