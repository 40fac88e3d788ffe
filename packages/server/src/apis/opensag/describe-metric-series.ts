import { direct, integer, integerField, longField, stringField, text } from '../../declare/index.ts'
import { type Step, stepOf } from '../../model/metric-series.ts'
import { parseUtc } from '../../model/utc-time.ts'
import { stepLengths } from '../../store/series/series.ts'
import { isHere } from '../is-here.ts'
import { operation } from '../operation.ts'
import { instanceNoFound, moment, regionId, smartAgId } from './history-params.ts'

const periods = Object.values(stepLengths).map((milliseconds) => milliseconds / 1000)
/** Of one series: a week by the quarter of an hour, a month by the hour, a year by half a day. */
const mostSteps = 1000
const dayMs = 86_400_000
const time = text().readsAs(parseUtc).example('2026-11-25T11:00:00Z')

export const describeMetricSeries = operation({
  name: 'DescribeMetricSeries',
  family: 'opensag',
  about: {
    en: 'Tell what was measured of an instance over time, in steps of equal length: of each device its traffic, packets, heartbeats, and when it was online; of a SAG APP how many remote users were. What is not known is left out.',
    zh: '按等长时间段查询实例的历史指标：每台设备的流量、数据包、心跳与在线时长，SAG APP 的在线远程用户数。未知的不返回。',
  },
  source: 'OpenSAG 2026-12-01, DescribeMetricSeries',
  access: {
    action: 'opensag:DescribeMetricSeries',
    level: 'Read',
    resource: 'smartag/{SmartAGId}',
    dependent: [],
    standsFor: 'smartag:DescribeSAGDeviceInfo',
  },
  transaction: 'read',

  params: {
    RegionId: regionId,
    SmartAGId: smartAgId,
    Period: integer()
      .invalid('InvalidParameter')
      .range(60, 43_200)
      .default(900)
      .example('900')
      .about(
        'Length of a step in seconds: 60 (of gateways, kept for an hour), 900 or 3600 (30 days), 43200 (a year).',
        '时间段长度（秒）：60（仅网关，保留 1 小时）、900 或 3600（30 天）、43200（1 年）。',
      ),
    StartTime: time.about(
      'From this time on (UTC); a day before the end by default.',
      '起始时间（UTC），默认为结束前 1 天。',
    ),
    EndTime: time.about('Before this time (UTC); now by default.', '结束时间（UTC），默认为当前时间。'),
  },

  errors: {
    InvalidParameter: [403, 'The specified parameter is invalid.', '非法参数。'],
    'SAG.InstanceNoFound': instanceNoFound,
  },

  result: {
    Period: integerField,
    StartTime: stringField,
    EndTime: stringField,
    Devices: direct({
      SerialNumber: stringField,
      Steps: direct({
        Time: stringField,
        KnownSeconds: integerField,
        ReceivedBytes: longField,
        SentBytes: longField,
        Packets: longField,
        DroppedPackets: longField,
        OnlineSeconds: integerField,
        OfflineSeconds: integerField,
        Heartbeats: integerField,
        LostHeartbeats: integerField,
        RoundTripMs: stringField,
      }),
    }),
    RemoteUsers: direct({ Time: stringField, Most: integerField, Mean: stringField }),
  },

  async run({ caller, fleet, series, circumstances, fail }, { RegionId, SmartAGId, Period, StartTime, EndTime }) {
    const now = circumstances.at
    const stepMs = Period * 1000
    const to = Math.min(EndTime ?? now + 1, now + 1)
    const from = StartTime ?? to - Math.min(dayMs, mostSteps * stepMs)
    const steps = Math.ceil((to - from) / stepMs)
    if (!periods.includes(Period) || from >= to || steps > mostSteps) throw fail('InvalidParameter')
    const instance = await fleet.instanceById(SmartAGId ?? '')
    if (!isHere(instance, caller, RegionId)) throw fail('SAG.InstanceNoFound')
    // Who is logged on is known by the quarter of an hour: longer steps would be no answer to what was asked.
    if (instance.kind === 'app' && stepMs === stepLengths.minute) throw fail('InvalidParameter')
    // Devices and remote users come and go by the wall clock, also in a sandbox whose months were moved.
    const wanted = { from: stepOf(from, stepMs), to, stepMs, now }
    const devices = await Promise.all(
      instance.devices.map(async (device) => ({
        SerialNumber: device.serial,
        Steps: (await series.ofGateway(instance.id, device, wanted)).map(shownOfGateway),
      })),
    )
    const users = instance.kind === 'app' ? await series.ofUsers(instance.id, wanted) : []
    return {
      Period,
      StartTime: moment(wanted.from),
      EndTime: moment(to),
      Devices: devices,
      RemoteUsers: users.map(shownOfUsers),
    }
  },
})

function shownOfGateway(step: Step) {
  const { beats, lost = 0, trip = 0 } = step
  return {
    Time: moment(step.at),
    KnownSeconds: step.told,
    ReceivedBytes: step.received,
    SentBytes: step.sent,
    Packets: step.packets,
    DroppedPackets: step.dropped,
    OnlineSeconds: step.online,
    OfflineSeconds: step.offline,
    Heartbeats: beats,
    LostHeartbeats: step.lost,
    RoundTripMs: beats === undefined || beats <= lost ? undefined : tenths(trip / (beats - lost)),
  }
}

function shownOfUsers({ at, most, users = 0, looks = 0 }: Step) {
  return { Time: moment(at), Most: most, Mean: looks === 0 ? undefined : tenths(users / looks) }
}

/** As the service writes rates. */
function tenths(value: number): string {
  return value.toFixed(1)
}
