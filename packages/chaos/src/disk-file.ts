/**
 * One small file of a gateway. `visible` is what a program reads; `durable` what is left after a power cut. Between the
 * rename and the sync of its folder a power cut brings back either.
 */
export interface DiskFile<T> {
  visible: T
  durable: T
}

export function fileOf<T>(content: T): DiskFile<T> {
  return { visible: content, durable: content }
}

/** `survives`: whether what was not synced yet is there afterwards. */
export function cutPower<T>(file: DiskFile<T>, survives: boolean): void {
  if (survives) file.durable = file.visible
  else file.visible = file.durable
}

export function settle<T>(file: DiskFile<T>): void {
  file.durable = file.visible
}

/** How the next write of a disk fails: before anything is changed, or after the rename. */
export type DiskFault = 'none' | 'full' | 'unsynced'
