import { shownDisk } from './gateway-disk.ts'
import type { World } from './world.ts'

/** What is durable, and who is connected, as one line. */
export function shownState(world: World): string {
  const { row, journal } = world.store
  const boxes = world.boxes.map((box) => `${box.name}${box.up ? '' : ' (off)'}: ${shownDisk(box)}`)
  const entries = [...journal].map(([changeId, outcome]) => `${changeId} ${outcome}`)
  const online = row.node === undefined ? 'offline' : `online at node ${row.node}`
  return [...boxes, `journal: ${entries.join(', ') || 'empty'}; last ${row.held?.changeId ?? 'none'}; ${online}`].join(
    ' | ',
  )
}
