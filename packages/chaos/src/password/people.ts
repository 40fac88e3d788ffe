import { gatewayDies } from './gateway.ts'
import { changeOnDisk, createBox, imageOf } from './new-world.ts'
import type { Box, World } from './world.ts'

/** What people do: at the gateway, with its disk, and at the server. */

const mostBoxes = 3
const mostImages = 4

export function local(world: World, box: Box, what: 'reset' | 'first'): boolean {
  if (!box.up || box.local.length > 0) return false
  box.local.push(what === 'reset' ? { is: 'reset' } : { is: 'first', hash: `hash of hand ${++world.hands}` })
  return true
}

/** Something it tells of itself has changed. */
export function reportsAgain(box: Box): boolean {
  if (!box.online || box.local.length > 0) return false
  box.local.push({ is: 'report' })
  return true
}

/** With another program, while the gateway's is not running. */
export function byHand(world: World, box: Box): boolean {
  if (box.up) return false
  const hash = `hash of hand ${++world.hands}`
  box.vault.visible = hash
  box.vault.durable = hash
  box.acts = [
    ...box.acts,
    {
      hash,
      change: undefined,
      durable: true,
      late: box.tampered,
      over: changeOnDisk(box),
      generation: 0,
      settled: false,
      isTold: false,
    },
  ]
  return true
}

export function takeImage(world: World, box: Box): boolean {
  if (world.images.length >= mostImages) world.images.shift()
  world.images.push(imageOf(box))
  return true
}

export function rollBack(world: World, choice: number): boolean {
  const image = world.images[choice % Math.max(1, world.images.length)]
  const box = image && world.boxes.find((one) => one.keys === image.keys)
  if (image === undefined || box === undefined) return false
  gatewayDies(world, box)
  restore(box, image)
  // Until the server notices, the row speaks of a disk that is no more: docs/password-protocol.md, "Limits".
  if (world.shown === box) world.shown = undefined
  return true
}

function restore(box: Box, image: World['images'][0]): void {
  box.record = { visible: image.record, durable: image.record }
  box.vault = { visible: image.vault, durable: image.vault }
  box.ticket = { visible: image.ticket, durable: image.ticket }
  box.pinned = image.pinned
  box.acts = image.acts.map((act) => ({ ...act, late: false }))
  box.tampered = true
  box.rollBacks++
}

export function clone(world: World, choice: number): boolean {
  const image = world.images[choice % Math.max(1, world.images.length)]
  if (image === undefined || world.boxes.length >= mostBoxes) return false
  const box = createBox(`copy ${world.boxes.length}`, image.keys, image.enrolmentKey, null)
  restore(box, image)
  box.up = false
  world.boxes.push(box)
  return true
}

/** Another box takes its place: the operator makes the server forget the one before. */
export function replace(world: World): boolean {
  const { store } = world
  if (world.boxes.length >= mostBoxes || store.row.node !== undefined) return false
  const enrolmentKey = store.row.enrolmentKey + 1
  store.row = {
    ...store.row,
    enrolmentKey,
    signKey: undefined,
    sealKey: undefined,
    ticket: undefined,
    ticketNext: undefined,
    trusted: false,
  }
  world.boxes.push(createBox(`box ${world.boxes.length}`, `keys ${world.boxes.length}`, enrolmentKey, null))
  return true
}

/** Somebody has got hold of the enrolment key, or delivered it twice. */
export function comesAsWell(world: World): boolean {
  if (world.boxes.length >= mostBoxes) return false
  world.boxes.push(
    createBox(`stranger ${world.boxes.length}`, `keys ${world.boxes.length}`, world.store.row.enrolmentKey, null),
  )
  return true
}

export function trust(world: World): boolean {
  const { store } = world
  if (store.row.signKey === undefined || store.row.node !== undefined || store.row.trusted) return false
  store.row = { ...store.row, trusted: true, ticket: undefined, ticketNext: undefined }
  return true
}
