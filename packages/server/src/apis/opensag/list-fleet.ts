import { booleanField, direct, integer, integerField, list, longField, stringField, text } from '../../declare/index.ts'
import { endTime } from '../../model/activation.ts'
import { isDefaultPassword, isOldPassword } from '../../model/admin-password-state.ts'
import type { Device } from '../../model/device.ts'
import { businessStateOf, statusOf } from '../../model/status.ts'
import type { FleetRow } from '../../store/fleet/overview.ts'
import { operation } from '../operation.ts'
import { hardwareVersion, softwareVersions } from '../smartag/instance-view.ts'

const instanceId = /^sag-[a-z0-9]+$/

/** As many instances as one answer may have; a row is about 250 bytes. */
const largestPage = 5000

export const listFleet = operation({
  name: 'ListFleet',
  family: 'opensag',
  about: {
    en: 'List every instance of the account in compact rows, by id: for overviews of very many. With ids: only those, as they are now. `DefaultPasswordCount`: devices whose administrator password was never set or changed since they enrolled. `OldPasswordCount`: devices whose password is older than the server’s `--admin-password-max-age`; absent without that setting.',
    zh: '以紧凑的行按 ID 列出账号的全部实例，用于大规模概览。传入 ID 时只返回这些实例的当前状态。`DefaultPasswordCount` 为自注册以来从未设置或修改过管理员密码的设备数。`OldPasswordCount` 为密码使用时间超过服务器 `--admin-password-max-age` 的设备数，未配置时不返回。',
  },
  source: 'OpenSAG 2026-12-01, ListFleet',
  access: {
    action: 'opensag:ListFleet',
    level: 'List',
    resource: 'smartag/*',
    dependent: [],
    standsFor: 'smartag:DescribeSmartAccessGateways',
    lists: 'smartag',
  },
  transaction: 'listing',

  params: {
    RegionId: text().example('cn-shanghai').about('Only instances of this region.', '只列出该地域的实例。'),
    SmartAGIds: list(text().matches(instanceId))
      .example('sag-tq3sazs17smldn0000')
      .about('Only these instances. Those that do not exist are left out.', '只列出这些实例，不存在的忽略。'),
    MaxResults: integer()
      .range(1, largestPage)
      .default(1000)
      .example('1000')
      .about('Instances in one answer, up to 5000.', '每次返回的实例数，最大 5000。'),
    NextToken: text()
      .matches(instanceId)
      .example('sag-tq3sazs17smldn0000')
      .about('Where the previous answer ended.', '上一次返回的 NextToken。'),
  },

  errors: {},

  result: {
    Instances: direct({
      SmartAGId: stringField,
      RegionId: stringField,
      Name: stringField,
      InstanceType: stringField,
      HardwareVersion: stringField,
      Status: stringField,
      BusinessState: stringField,
      SerialNumber: stringField,
      DeviceCount: integerField,
      OnlineCount: integerField,
      LockedCount: integerField,
      DefaultPasswordCount: integerField,
      OldPasswordCount: integerField,
      SynStatus: stringField,
      SoftwareVersion: stringField,
      CidrBlock: stringField,
      AssociatedCcnId: stringField,
      UserCount: integerField,
      CreateTime: longField,
      EndTime: longField,
    }),
    TotalCount: integerField,
    InPart: booleanField,
    NextToken: stringField,
  },

  async run(
    { caller, fleet, scope, now, circumstances, adminPasswordMaxAgeMs },
    { RegionId, SmartAGIds, MaxResults, NextToken },
  ) {
    const { accountId } = caller
    const filter = { accountId, regionId: RegionId, ids: SmartAGIds, scope, after: NextToken }
    const rows = await fleet.overview(filter, MaxResults + 1)
    const shown = rows.slice(0, MaxResults)
    return {
      Instances: shown.map((row) => rowOf(row, { now, at: circumstances.at, maxAgeMs: adminPasswordMaxAgeMs })),
      TotalCount: SmartAGIds === undefined ? await fleet.count({ accountId, regionId: RegionId, scope }) : rows.length,
      // Whoever draws a conclusion from what is not in the list must know that there can be more.
      InPart: scope === undefined ? undefined : true,
      NextToken: rows.length > MaxResults ? shown.at(-1)?.instance.id : undefined,
    }
  },
})

interface Clocks {
  readonly now: number
  /** The wall clock: passwords have their age by it. */
  readonly at: number
  readonly maxAgeMs: number | undefined
}

function rowOf({ instance, cidrs }: FleetRow, { now, at, maxAgeMs }: Clocks) {
  const { devices } = instance
  return {
    SmartAGId: instance.id,
    RegionId: instance.regionId,
    Name: instance.name,
    InstanceType: instance.kind,
    HardwareVersion: hardwareVersion(instance),
    Status: statusOf(instance, now),
    BusinessState: businessStateOf(instance, now),
    SerialNumber: devices.length === 0 ? undefined : devices.map(({ serial }) => serial).join(','),
    DeviceCount: devices.length,
    OnlineCount: devices.filter(({ connected }) => connected).length,
    LockedCount: devices.filter(({ lockedSince }) => lockedSince !== undefined).length,
    DefaultPasswordCount: devices.filter(isDefaultPassword).length,
    OldPasswordCount:
      maxAgeMs === undefined
        ? undefined
        : devices.filter((device) => isOldPassword(device, { now: at, maxAgeMs })).length,
    SynStatus: worstSynStatus(devices),
    SoftwareVersion: softwareVersions(instance).SoftwareVersion,
    CidrBlock: cidrs.length === 0 ? undefined : cidrs.join(','),
    AssociatedCcnId: instance.ccnId,
    UserCount: instance.userCount,
    CreateTime: instance.createdAt,
    EndTime: endTime(instance, now),
  }
}

/** One device that differs makes the instance differ. */
function worstSynStatus(devices: readonly Device[]): Device['synStatus'] | undefined {
  const states = devices.map(({ synStatus }) => synStatus)
  return (['Unsynchronized', 'Synchronizing', 'Synchronized'] as const).find((state) => states.includes(state))
}
