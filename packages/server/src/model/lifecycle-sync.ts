import { shownSynStatus } from './desired-config.ts'
import type { Device } from './device.ts'
import { explore, type Lifecycle, type Rules } from './explore.ts'

interface Held {
  /** What the device last reported of itself. */
  readonly synStatus: Device['synStatus']
  /** What it holds of the newest configuration of its instance. */
  readonly newest: 'coming' | 'on trial' | 'held' | 'given up'
}

export const syncRules: Rules<Held> = {
  name: { en: 'Configuration of a device', zh: '设备配置同步' },
  about: {
    en: '`SynStatus` of DescribeSAGDeviceInfo. A change at the local console waits for a person; a change of the instance travels to the device by itself, when it is connected.',
    zh: 'DescribeSAGDeviceInfo 的 `SynStatus`。本地控制台的修改需人工处理；实例的修改在设备连接后自动下发。',
  },
  start: { synStatus: 'Synchronized', newest: 'held' },
  stateOf: ({ synStatus, newest }) =>
    shownSynStatus(
      {
        synStatus,
        appliedRevision: newest === 'held' || newest === 'on trial' ? 1 : 0,
        configOnTrial: newest === 'on trial',
        configFailing: false,
        revertedRevision: newest === 'given up' ? 1 : undefined,
        capabilities: undefined,
      },
      { configRevision: 1, configNeeds: undefined },
    ),
  happenings: [
    {
      event: { en: 'change at the local console', zh: '本地控制台修改配置' },
      after: (held) => ({ ...held, synStatus: 'Unsynchronized' }),
    },
    {
      event: { en: 'SynchronizeSmartAGWebConfig', zh: 'SynchronizeSmartAGWebConfig' },
      after(held) {
        if (held.synStatus === 'Unsynchronized') return { ...held, synStatus: 'Synchronizing' }
        return held.synStatus === 'Synchronized' && held.newest === 'given up'
          ? { ...held, newest: 'coming' }
          : undefined
      },
    },
    {
      event: { en: 'the device reports it was taken over', zh: '设备上报同步完成' },
      after: (held) => (held.synStatus === 'Synchronizing' ? { ...held, synStatus: 'Synchronized' } : undefined),
    },
    {
      event: { en: 'the instance is configured anew', zh: '实例配置变更' },
      after: (held) => ({ ...held, newest: 'coming' }),
    },
    {
      event: { en: 'the device applied it, on trial', zh: '设备试用该配置' },
      after: (held) => (held.newest === 'coming' ? { ...held, newest: 'on trial' } : undefined),
    },
    {
      event: { en: 'the device has reached the server with it', zh: '设备使用该配置重新连上服务端' },
      after: (held) => (held.newest === 'on trial' ? { ...held, newest: 'held' } : undefined),
    },
    {
      event: { en: 'the device could not, and went back', zh: '设备未能连上，已回退' },
      after: (held) => (held.newest === 'on trial' ? { ...held, newest: 'given up' } : undefined),
    },
  ],
}

export const syncLifecycle: Lifecycle = explore(syncRules)
