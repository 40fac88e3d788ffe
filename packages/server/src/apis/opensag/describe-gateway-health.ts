import { direct, integer, stringField } from '../../declare/index.ts'
import { isInArrears } from '../../model/activation.ts'
import { healthOfGateway } from '../../model/gateway-health.ts'
import { presencePeriods, withPresent } from '../../model/presence-history.ts'
import { isHere } from '../is-here.ts'
import { operation } from '../operation.ts'
import { instanceNoFound, moment, regionId, smartAgId } from './history-params.ts'

const hourMs = 3_600_000

/** Of one device. One that comes and goes all the time has less of its past told. */
const mostEvents = 500

export const describeGatewayHealth = operation({
  name: 'DescribeGatewayHealth',
  family: 'opensag',
  about: {
    en: 'Tell of each device of an instance whether it is online (`State`), since when it is not, when it was heard last, the `Cause` as far as it is known, what is ruled out, and when it was there (`Periods`); what is not known is left out.',
    zh: '查询实例下每台设备是否在线（`State`）、自何时离线、最后心跳、已知的原因（`Cause`）、已排除的原因，以及在线与离线的时段（`Periods`）；未知的不返回。',
  },
  source: 'OpenSAG 2026-12-01, DescribeGatewayHealth',
  access: {
    action: 'opensag:DescribeGatewayHealth',
    level: 'Read',
    resource: 'smartag/{SmartAGId}',
    dependent: [],
    standsFor: 'smartag:DescribeSAGDeviceInfo',
  },
  transaction: 'read',

  params: {
    RegionId: regionId,
    SmartAGId: smartAgId,
    Hours: integer()
      .range(1, 720)
      .default(24)
      .example('24')
      .about('How far back `Periods` reach, in hours, up to 720.', '`Periods` 回溯的小时数，最大 720。'),
  },

  errors: { 'SAG.InstanceNoFound': instanceNoFound },

  result: {
    Devices: direct({
      SerialNumber: stringField,
      State: stringField,
      ConnectedAt: stringField,
      OfflineSince: stringField,
      LastHeartbeat: stringField,
      Cause: stringField,
      Ending: stringField,
      RuledOut: direct(stringField),
      Periods: direct({ From: stringField, To: stringField, State: stringField, Ending: stringField }),
    }),
  },

  async run({ caller, fleet, gatewayHistory, circumstances, now, fail }, { RegionId, SmartAGId, Hours }) {
    const instance = await fleet.instanceById(SmartAGId ?? '')
    if (!isHere(instance, caller, RegionId)) throw fail('SAG.InstanceNoFound')
    const serials = instance.devices.map(({ serial }) => serial)
    const absences = await gatewayHistory.absences(serials)
    // Devices come and go by the wall clock, also in a sandbox whose months were moved.
    const window = { from: circumstances.at - Hours * hourMs, to: circumstances.at }
    const shown = await Promise.all(
      instance.devices.map(async (device) => {
        const { serial } = device
        const events = await gatewayHistory.presence(instance.id, serial, mostEvents)
        const othersConnected = !device.connected && (await gatewayHistory.othersConnected(instance.accountId, serial))
        const around = { othersConnected, isInArrears: isInArrears(instance, now) }
        const absence = absences.get(serial) ?? { ending: undefined, secondIdentity: false }
        const health = healthOfGateway(device, absence, around)
        return {
          SerialNumber: serial,
          State: health.state,
          ConnectedAt: health.state === 'Online' ? moment(device.connectedAt) : undefined,
          OfflineSince: moment(health.offlineSince),
          LastHeartbeat: moment(device.heardAt),
          Cause: health.cause,
          Ending: health.ending,
          RuledOut: health.ruledOut,
          Periods: presencePeriods(withPresent(events, device), device, window).map(({ from, to, state, ending }) => ({
            From: moment(from),
            To: moment(to),
            State: state,
            Ending: ending,
          })),
        }
      }),
    )
    return { Devices: shown }
  },
})
