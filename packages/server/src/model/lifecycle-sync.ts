import { shownSynStatus } from './desired-config.ts'
import type { Device } from './device.ts'
import { explore, type Lifecycle, type Rules } from './explore.ts'

interface Held {
  /** What the device last reported of itself. */
  readonly synStatus: Device['synStatus']
  /** It holds the newest configuration of its instance. */
  readonly isNewest: boolean
}

export const syncRules: Rules<Held> = {
  name: { en: 'Configuration of a device', zh: '设备配置同步' },
  about: {
    en: '`SynStatus` of DescribeSAGDeviceInfo. A change at the local console waits for a person; a change of the instance travels to the device by itself, when it is connected.',
    zh: 'DescribeSAGDeviceInfo 的 `SynStatus`。本地控制台的修改需人工处理；实例的修改在设备连接后自动下发。',
  },
  start: { synStatus: 'Synchronized', isNewest: true },
  stateOf: ({ synStatus, isNewest }) =>
    shownSynStatus({ synStatus, appliedRevision: isNewest ? 1 : 0 }, { configRevision: 1 }),
  happenings: [
    {
      event: { en: 'change at the local console', zh: '本地控制台修改配置' },
      after: (held) => ({ ...held, synStatus: 'Unsynchronized' }),
    },
    {
      event: { en: 'SynchronizeSmartAGWebConfig', zh: 'SynchronizeSmartAGWebConfig' },
      after: (held) => (held.synStatus === 'Unsynchronized' ? { ...held, synStatus: 'Synchronizing' } : undefined),
    },
    {
      event: { en: 'the device reports it was taken over', zh: '设备上报同步完成' },
      after: (held) => (held.synStatus === 'Synchronizing' ? { ...held, synStatus: 'Synchronized' } : undefined),
    },
    {
      event: { en: 'the instance is configured anew', zh: '实例配置变更' },
      after: (held) => ({ ...held, isNewest: false }),
    },
    {
      event: { en: 'the device applied it', zh: '设备应用配置' },
      after: (held) => ({ ...held, isNewest: true }),
    },
  ],
}

export const syncLifecycle: Lifecycle = explore(syncRules)
