import { direct, integerField, longField, stringField } from '../../declare/index.ts'
import type { TrafficInterval } from '../../model/traffic.ts'
import { isHere } from '../is-here.ts'
import { operation } from '../operation.ts'
import { instanceNoFound, moment, regionId, smartAgId } from './history-params.ts'

const interval = { Time: stringField, ReceivedBytes: longField, SentBytes: longField } as const

export const describeGatewayNetwork = operation({
  name: 'DescribeGatewayNetwork',
  family: 'opensag',
  about: {
    en: 'Tell of the network of each device of an instance, as the device said last (`ToldAt`): its tunnels (`State`: `up`, `down`, or `unknown` while it is not connected), the prefixes that routers of its branch announce, the leases of its terminals, and how many bytes came and went through its tunnels: all in all since its network was set up, in the last hour by the minute (`LastHour`), and in the last day by the quarter of an hour (`LastDay`). `Time` is the beginning of an interval; one that nothing is known of is left out. A device that carries no packets tells nothing.',
    zh: '查询实例下每台设备最近上报（`ToldAt`）的网络状态：隧道（`State`：`up`、`down`，设备未连接时为 `unknown`）、分支路由器通告的网段、终端租约数，以及经隧道收发的字节数：自网络建立以来的累计值、最近一小时（`LastHour`，每分钟一条）和最近一天（`LastDay`，每 15 分钟一条）。`Time` 为时间段的起点，未知的时间段不返回。不承载流量的设备不上报。',
  },
  source: 'our own',
  access: {
    action: 'opensag:DescribeGatewayNetwork',
    level: 'Read',
    resource: 'smartag/{SmartAGId}',
    dependent: [],
    standsFor: 'smartag:DescribeSAGDeviceInfo',
  },
  transaction: 'read',

  params: { RegionId: regionId, SmartAGId: smartAgId },

  errors: { 'SAG.InstanceNoFound': instanceNoFound },

  result: {
    Devices: direct({
      SerialNumber: stringField,
      ToldAt: stringField,
      TunnelAddress: stringField,
      Tunnels: direct({
        PointOfPresence: stringField,
        Endpoint: stringField,
        State: stringField,
        Since: stringField,
      }),
      LearntPrefixes: direct(stringField),
      LeaseCount: integerField,
      ReceivedBytes: longField,
      SentBytes: longField,
      LastHour: direct(interval),
      LastDay: direct(interval),
    }),
  },

  async run({ caller, fleet, deviceNetworks, circumstances, fail }, { RegionId, SmartAGId }) {
    const instance = await fleet.instanceById(SmartAGId ?? '')
    if (!isHere(instance, caller, RegionId)) throw fail('SAG.InstanceNoFound')
    const networks = await Promise.all(
      // Devices tell by the wall clock, also in a sandbox whose months were moved.
      instance.devices.map(async (device) => ({ device, network: await deviceNetworks.of(device, circumstances.at) })),
    )
    return {
      Devices: networks.map(({ device, network }) => ({
        SerialNumber: device.serial,
        ToldAt: moment(network.toldAt),
        TunnelAddress: network.address,
        Tunnels: network.tunnels.map(({ pop, endpoint, tunnel, since }) => ({
          PointOfPresence: pop,
          Endpoint: endpoint,
          State: tunnel,
          Since: moment(since),
        })),
        LearntPrefixes: network.learnt,
        LeaseCount: network.leases,
        ReceivedBytes: network.receivedBytes,
        SentBytes: network.sentBytes,
        LastHour: network.hour.map(shown),
        LastDay: network.day.map(shown),
      })),
    }
  },
})

function shown({ at, received, sent }: TrafficInterval) {
  return { Time: moment(at), ReceivedBytes: received, SentBytes: sent }
}
