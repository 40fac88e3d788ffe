import type { BusMessage } from '@opensag/server/simulation'
import type { Life } from '../glue/time.ts'
import { type View, viewOf } from '../glue/view.ts'
import type { World } from '../glue/world.ts'
import { Violation } from '../violation.ts'
import { createSeenNodes, isGivenUp } from './seen-nodes.ts'

/**
 * S7: a gateway is acted for by one node. Once a newer node has committed that it has the connection, no older one writes
 * what the gateway reported, decides that its password has changed, or answers a caller with an outcome of its own.
 */
export interface Owners {
  /** Told before a node's unit of work is done; what it answers is called after its commit. */
  observe(life: Life): () => void
  /** A node has answered a message about a gateway. */
  answered(life: Life, serial: string, asked: BusMessage, answer: BusMessage): void
  /** A node took it that nobody holds a gateway, at once or while it was cut off, and another one held it all the time. */
  missed(life: Life, serial: string): void
  /** A node asked the connection that the store says a gateway has, and an earlier one answered. */
  deceived(life: Life, serial: string): void
  /** @throws Violation when the promise was broken since. */
  judge(): void
}

/** What is said only after it was written. `lapsed`: the gateway was told nothing; a restart left open is nobody's word. */
const outcomes: Readonly<Record<string, readonly unknown[]>> = {
  'change-password': ['accepted', 'refused', 'unreachable'],
  restart: ['done'],
}

/** One that is dead, stands still or does not reach the store cannot end its own rows. */
function isWell({ alive, frozen, storeCut }: Life): boolean {
  return alive && frozen !== true && storeCut === undefined
}

export function createOwners(world: World): Owners {
  const owners = new Map<string, Life>()
  /** By change: who decided it, and who had the gateway then. By gateway: who recorded its restart last. They may say so later. */
  const decided = new Map<string, readonly (Life | undefined)[]>()
  const restarted = new Map<string, readonly Life[]>()
  const seen = createSeenNodes(world)
  let broken: Violation | undefined

  function breaks(serial: string, life: Life, what: string): void {
    const owner = owners.get(serial)
    if (owner === undefined || owner === life) return
    broken ??= new Violation('S7', `${life.name} ${what} of ${serial}, and ${owner.name} has its connection since`)
  }

  function compare(life: Life, before: View, after: View): void {
    broken ??= seen.compare(life, before, after)
    for (const [serial, now] of after.devices) {
      const was = before.devices.get(serial)
      if (was === undefined || was === now) continue
      if (now.node === life.name && now.connectedAt !== null && now.ticket !== was.ticket) owners.set(serial, life)
      else if (now.reportedAt !== was.reportedAt) breaks(serial, life, 'writes what was reported')
      else if (now.promised !== was.promised) breaks(serial, life, 'promises what a person set')
      else if (now.restartingSince !== was.restartingSince) {
        restarted.set(serial, [life])
        breaks(serial, life, 'records a restart')
      }
    }
    const moved = new Set<string>()
    for (const [id, now] of after.journal) {
      const was = before.journal.get(id)
      if (was?.outcome !== 'requested' || now.outcome === 'requested') continue
      moved.add(now.serial)
      decided.set(id, [life, owners.get(now.serial)])
      if (now.outcome === 'succeeded') breaks(now.serial, life, 'decides for the new password')
    }
    for (const [serial, now] of after.devices) {
      const node = before.devices.get(serial)?.node
      // Whoever fails a change takes the gateway off line, whoever has it.
      if (node === null || now.node !== null || moved.has(serial)) continue
      const owner = owners.get(serial)
      if (owner === undefined || owner.name !== node || !isWell(owner)) continue
      // It may be well and not have said so, which is judged for itself.
      if (!isGivenUp(node, life, before, after)) breaks(serial, life, 'ends the row')
    }
  }

  return {
    observe(life) {
      const before = viewOf(world)
      return () => compare(life, before, viewOf(world))
    },
    answered(life, serial, asked, answer) {
      const kind = String(asked['kind'])
      const { outcome } = answer
      const authors = kind === 'restart' ? restarted.get(serial) : decided.get(String(asked['changeId']))
      if (authors?.includes(life) !== true && outcomes[kind]?.includes(outcome))
        breaks(serial, life, `answers ${kind} with ${String(outcome)}`)
    },
    deceived(life, serial) {
      broken ??= new Violation('B2', `${life.name} has its answer from a connection of ${serial} that is not its last`)
    },
    missed(life, serial) {
      broken ??= new Violation('B1', `${life.name} takes it that nobody holds ${serial}, and another node does`)
    },
    judge() {
      if (broken !== undefined) throw broken
    },
  }
}
