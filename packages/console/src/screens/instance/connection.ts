import type { ShownDevice } from './instance-data.ts'

/** The attributes say it, and so does the device's own information; undefined: neither may be read. */
export function connectionOf({ HcState, info }: Pick<ShownDevice, 'HcState' | 'info'>) {
  return HcState ?? (info && (info.ControllerState === 'Normal' ? 'online' : 'offline'))
}
