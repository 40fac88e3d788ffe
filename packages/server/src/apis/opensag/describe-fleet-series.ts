import { direct, integerField, longField, stringField } from '../../declare/index.ts'
import { stepOf } from '../../model/metric-series.ts'
import type { FleetStep } from '../../store/series/fleet-steps.ts'
import { stepLengths } from '../../store/series/series.ts'
import { operation } from '../operation.ts'
import { moment } from './history-params.ts'

const dayMs = 86_400_000

const stepFields = {
  Time: stringField,
  Gateways: integerField,
  Online: integerField,
  Counted: integerField,
  ReceivedBytes: longField,
  SentBytes: longField,
  RemoteUsers: stringField,
}

export const describeFleetSeries = operation({
  name: 'DescribeFleetSeries',
  family: 'opensag',
  about: {
    en: 'Tell what all gateways of the account carried together in the last 24 hours, and in the same hours a week before, in steps of 15 minutes. `Counted`: gateways in the sums. What nobody counted is left out.',
    zh: '按 15 分钟返回账号全部网关最近 24 小时及一周前同一时段的总流量。`Counted` 为计入总数的网关数。未统计的时间段不返回。',
  },
  source: 'OpenSAG 2026-12-01, DescribeFleetSeries',
  access: {
    action: 'opensag:DescribeFleetSeries',
    level: 'Read',
    resource: 'smartag/*',
    dependent: [],
    standsFor: 'smartag:DescribeSmartAccessGateways',
    sums: 'smartag',
  },
  transaction: 'read',

  params: {},

  errors: {},

  result: { Period: integerField, Steps: direct(stepFields), WeekBefore: direct(stepFields) },

  async run({ caller, series, circumstances }) {
    const stepMs = stepLengths.quarter
    const to = stepOf(circumstances.at, stepMs)
    const of = (end: number) => series.ofFleet(caller.accountId, { from: end - dayMs, to: end })
    return {
      Period: stepMs / 1000,
      Steps: (await of(to)).map(shownStep),
      WeekBefore: (await of(to - 7 * dayMs)).map(shownStep),
    }
  },
})

function shownStep({ at, gateways, online, counted, received, sent, users }: FleetStep) {
  return {
    Time: moment(at),
    Gateways: gateways,
    Online: online,
    Counted: counted,
    ReceivedBytes: counted === 0 ? undefined : received,
    SentBytes: counted === 0 ? undefined : sent,
    RemoteUsers: users?.toFixed(1),
  }
}
