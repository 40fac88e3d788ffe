import type { Secret } from '@opensag/protocol'
import type { Sealer } from '../../sealing/sealing.ts'
import type { JobItem } from './jobs.ts'

type Place = Pick<JobItem, 'job_id' | 'position' | 'serial'>

/** @param place as {@link placeOfPassword} writes it */
export function itemPasswordContext(place: string): string {
  return `job_item/password_sealed/${place}`
}

/** The job, the place in it and the device: a sealed password opens for no other. */
function placeOfPassword({ job_id, position, serial }: Place): string {
  return `${job_id}/${position}/${serial}`
}

export function sealItemPassword(sealer: Sealer, password: Secret, place: Place): string {
  return sealer.seal(password, itemPasswordContext(placeOfPassword(place)))
}

/** Undefined of an item that has none. */
export function openItemPassword(sealer: Sealer, item: Place & Pick<JobItem, 'password_sealed'>): Secret | undefined {
  return item.password_sealed === null
    ? undefined
    : sealer.open(item.password_sealed, itemPasswordContext(placeOfPassword(item)))
}
