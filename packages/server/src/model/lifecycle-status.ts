import { isActivated, isInArrears, renewedEnd } from './activation.ts'
import { activeDevice } from './binding.ts'
import { deletableAfterMs, deletionHindrance } from './deletion.ts'
import { explore, type Happening, type Lifecycle, type Rules } from './explore.ts'
import type { Instance } from './instance.ts'
import { orderHappenings, type Placed } from './lifecycle-order.ts'
import { blankDevice, blankInstance } from './lifecycle-start.ts'
import { statusOf } from './status.ts'

/** An instance that is gone is in no state of its own any more. */
type MaybeDeleted = Placed & { readonly deleted?: true }

function changed(placed: MaybeDeleted, facts: Partial<Instance>): MaybeDeleted {
  return { ...placed, instance: { ...placed.instance, ...facts } }
}

function connection(connected: boolean): (placed: MaybeDeleted) => MaybeDeleted | undefined {
  return (placed) => {
    const device = activeDevice(placed.instance)
    return device === undefined ? undefined : changed(placed, { devices: [{ ...device, connected }] })
  }
}

const serviceHappenings: readonly Happening<MaybeDeleted>[] = [
  {
    event: { en: 'BindSmartAccessGateway', zh: 'BindSmartAccessGateway' },
    after: (placed) => {
      const { instance, now } = placed
      const may = isActivated(instance, now) && !isInArrears(instance, now) && instance.ccnId === undefined
      return may ? changed(placed, { ccnId: 'ccn-1' }) : undefined
    },
  },
  {
    event: { en: 'UnbindSmartAccessGateway', zh: 'UnbindSmartAccessGateway' },
    after: (placed) =>
      placed.instance.ccnId !== undefined && isActivated(placed.instance, placed.now)
        ? changed(placed, { ccnId: undefined })
        : undefined,
  },
  { event: { en: 'active device connected', zh: '主设备连接' }, after: connection(true) },
  { event: { en: 'active device disconnected', zh: '主设备断开' }, after: connection(false) },
  {
    event: { en: 'EndTime passed or bill unpaid', zh: '到期或账单未支付' },
    after: (placed) =>
      isActivated(placed.instance, placed.now) && !isInArrears(placed.instance, placed.now)
        ? changed(placed, { endsAt: placed.now })
        : undefined,
  },
  {
    event: { en: 'renewed', zh: '续费' },
    after: (placed) =>
      isInArrears(placed.instance, placed.now)
        ? // The end moves with what time has passed; how much has is no matter here.
          changed(placed, { endsAt: renewedEnd(placed.instance, 1, placed.now) })
        : undefined,
  },
  {
    // The end moves back instead of the clock forward: what it comes to is the same.
    event: { en: '7 days overdue', zh: '欠费满 7 天' },
    after: (placed) =>
      isInArrears(placed.instance, placed.now) ? changed(placed, { endsAt: placed.now - deletableAfterMs }) : undefined,
  },
  {
    event: { en: 'DeleteSmartAccessGateway (7 days overdue)', zh: 'DeleteSmartAccessGateway（欠费满 7 天）' },
    after: (placed) =>
      deletionHindrance(placed.instance, false, placed.now) === undefined ? { ...placed, deleted: true } : undefined,
  },
]

const whileItIsThere = [...orderHappenings, ...serviceHappenings].map(
  ({ event, after }): Happening<MaybeDeleted> => ({
    event,
    after: (placed) => (placed.deleted ? undefined : after(placed)),
  }),
)

export const statusRules: readonly Rules<MaybeDeleted>[] = [
  ['hardware', '硬件', blankInstance({ devices: [blankDevice({})] })],
  ['a vCPE', 'vCPE', blankInstance({ kind: 'vcpe', spec: 'sag-vcpe', devices: [blankDevice({ model: 'sag-vcpe' })] })],
  ['a SAG APP', 'SAG APP', blankInstance({ kind: 'app', spec: 'sag-software' })],
].map(([en, zh, instance]) => ({
  name: { en: `Status of ${en}`, zh: `实例状态：${zh}` },
  about: {
    en: '`Status` as DescribeSmartAccessGateways shows it. It is derived from the stored facts at each call. `Init` is both “not paid yet” and “in no CCN”. Where one event leads to several states, it depends on what else is so: whether the active device is connected, and whether the instance is in a CCN.',
    zh: 'DescribeSmartAccessGateways 返回的 `Status`，每次查询时由存储的事实推导。`Init` 既表示“未支付”，也表示“未绑定云连接网”。同一事件指向多个状态时，取决于主设备是否连接、实例是否已绑定云连接网。',
  },
  start: { instance: instance as Instance, now: 0 },
  stateOf: (placed) => (placed.deleted ? 'deleted' : statusOf(placed.instance, placed.now)),
  happenings: whileItIsThere,
}))

export const statusLifecycles: readonly Lifecycle[] = statusRules.map(explore)
