import type { Device } from './device.ts'
import { explore, type Lifecycle, type Rules } from './explore.ts'
import { type Firmware, upgradesFor } from './firmware.ts'

interface Running {
  readonly device: Pick<Device, 'version'>
  readonly offered: readonly Firmware[]
  /** The version it restarts into. */
  readonly into: string | undefined
}

function firmware(version: string): Firmware {
  return { model: 'sag-1000', version, name: version, type: 'release', createdAt: 0 }
}

/** A device that is in a CCN and connected. */
export const upgradeRules: Rules<Running> = {
  name: { en: 'Firmware of a device', zh: '设备固件' },
  about: {
    en: 'UpdateSmartAccessGatewayVersion takes a connected device of an instance in a CCN to a newer version that is on offer. While it restarts it is not online.',
    zh: 'UpdateSmartAccessGatewayVersion 将已绑定云连接网且在线的设备升级到更新的可用版本。重启期间设备不在线。',
  },
  start: { device: { version: '2.3.0.0' }, offered: [firmware('2.3.0.0')], into: undefined },
  stateOf: ({ device, offered, into }) => {
    if (into !== undefined) return 'restarting'
    return upgradesFor(device, offered).length === 0 ? 'newest' : 'upgradable'
  },
  happenings: [
    {
      event: { en: 'newer firmware offered', zh: '上架新固件' },
      after: (running) => ({ ...running, offered: [firmware('2.3.0.0'), firmware('2.4.0.0')] }),
    },
    {
      event: { en: 'UpdateSmartAccessGatewayVersion', zh: 'UpdateSmartAccessGatewayVersion' },
      after: (running) => {
        const [newest] = running.into === undefined ? upgradesFor(running.device, running.offered) : []
        return newest === undefined ? undefined : { ...running, into: newest.version }
      },
    },
    {
      event: { en: 'RebootSmartAccessGateway', zh: 'RebootSmartAccessGateway' },
      after: (running) => (running.into === undefined ? { ...running, into: running.device.version } : undefined),
    },
    {
      event: { en: 'connected again', zh: '重新连接' },
      after: (running) =>
        running.into === undefined ? undefined : { ...running, device: { version: running.into }, into: undefined },
    },
  ],
}

export const upgradeLifecycle: Lifecycle = explore(upgradeRules)
