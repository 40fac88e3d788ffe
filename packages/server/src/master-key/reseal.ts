import type { KeyRing } from '../sealing/key-ring.ts'
import type { Store, Writer } from '../store/store.ts'
import { type SealedPlace, sealedPlaces } from './sealed-places.ts'

/** Values sealed anew in one unit of work: others who write wait for no more than these. */
const slice = 200

export interface Resealed {
  /** Values that are under the newest key now and were not before. */
  readonly resealed: number
  /** Places and rows of values that open under no key. They were lost before; they are left as they are. */
  readonly unreadable: readonly string[]
}

/**
 * Seals every value of the store under the newest key of the ring. Each unit of work is whole by itself, so that this can
 * be cut short at any moment and begun again.
 */
export async function resealAll(store: Store, ring: KeyRing): Promise<Resealed> {
  let resealed = 0
  for (;;) {
    const pass = await onePass(store, ring)
    resealed += pass.resealed
    // A value that was sealed before the ring turned may be written behind the place this pass had reached. A pass that
    // finds nothing proves that there is none.
    if (pass.resealed === 0) return { resealed, unreadable: pass.unreadable }
  }
}

async function onePass(store: Store, ring: KeyRing): Promise<Resealed> {
  let resealed = 0
  const unreadable: string[] = []
  for (const place of sealedPlaces) {
    let last: string | undefined = ''
    while (last !== undefined) {
      const after: string = last
      const done = await store.write((tx) => oneSlice(tx, place, after, ring))
      resealed += done.resealed
      unreadable.push(...done.unreadable)
      last = done.last
    }
  }
  return { resealed, unreadable }
}

async function oneSlice(
  tx: Writer,
  place: SealedPlace,
  after: string,
  ring: KeyRing,
): Promise<Resealed & { readonly last: string | undefined }> {
  let resealed = 0
  const unreadable: string[] = []
  const values = await place.after(tx, after, slice)
  for (const { id, sealed } of values) {
    let renewed: string | undefined
    try {
      renewed = ring.renewed(sealed, place.context(id))
    } catch {
      unreadable.push(`${place.name} ${id}`)
      continue
    }
    if (renewed === undefined) continue
    await place.replace(tx, id, renewed)
    resealed++
  }
  return { resealed, unreadable, last: values.length < slice ? undefined : values.at(-1)?.id }
}
