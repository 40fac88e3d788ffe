import { emptyRecord, idle, type PasswordRecord } from '@opensag/protocol'
import { fileOf } from '../disk-file.ts'
import type { Machines } from './machines.ts'
import type { Box, Image, TicketFile, World } from './world.ts'

export const firstHash = 'hash of the first password'

export function createWorld(machines: Machines): World {
  const world: World = {
    machines,
    store: {
      row: {
        signKey: undefined,
        sealKey: undefined,
        ticket: undefined,
        ticketNext: undefined,
        trusted: false,
        enrolmentKey: 1,
        node: undefined,
        generation: 0,
        held: undefined,
        aside: undefined,
        takenBack: undefined,
      },
      journal: new Map(),
      floor: 0,
      fault: 'none',
    },
    nodes: [
      { name: 0, up: true, held: undefined },
      { name: 1, up: true, held: undefined },
    ],
    boxes: [],
    links: [],
    bus: [],
    calls: [],
    images: [],
    storeImages: [],
    restores: 0,
    succeeded: new Map(),
    isFloorMissing: false,
    ordered: new Set(),
    orderedNow: undefined,
    withoutDeposit: new Set(),
    learntByHand: new Set(),
    isServerOld: false,
    shown: undefined,
    confirmed: 0,
    tickets: 0,
    hands: 0,
    log: undefined,
    count: undefined,
  }
  world.boxes.push(createBox('gateway', 'keys', 1, firstHash))
  return world
}

export function createBox(name: string, keys: string, enrolmentKey: number, hash: string | null): Box {
  return {
    name,
    keys,
    enrolmentKey,
    record: fileOf<PasswordRecord | 'torn'>(emptyRecord),
    vault: fileOf<string | null | 'torn'>(hash),
    ticket: fileOf<TicketFile | 'torn'>({}),
    pinned: false,
    isOld: false,
    up: true,
    fault: 'none',
    ...emptyMemory(),
    acts: [
      {
        hash,
        change: undefined,
        durable: true,
        late: false,
        over: undefined,
        generation: 0,
        settled: false,
        isTold: false,
      },
    ],
    tampered: false,
    rollBacks: 0,
  }
}

export function emptyMemory(): Pick<
  Box,
  | 'link'
  | 'online'
  | 'enrolAnew'
  | 'inbox'
  | 'local'
  | 'work'
  | 'effect'
  | 'renamed'
  | 'orderLink'
  | 'sealedFor'
  | 'known'
  | 'storing'
  | 'ticketSettled'
> {
  return {
    link: undefined,
    online: false,
    enrolAnew: false,
    inbox: [],
    local: [],
    work: idle,
    effect: undefined,
    renamed: false,
    orderLink: undefined,
    sealedFor: undefined,
    known: undefined,
    storing: undefined,
    ticketSettled: false,
  }
}

/** What an image taken now holds: what a power cut at this instant would leave. */
export function imageOf(box: Box): Image {
  return {
    box: box.name,
    keys: box.keys,
    enrolmentKey: box.enrolmentKey,
    pinned: box.pinned,
    record: box.record.durable,
    vault: box.vault.durable,
    ticket: box.ticket.durable,
    acts: box.acts.filter((act) => act.durable),
  }
}

/** The change its disk knows of: the unsettled one, or the one it was last told has succeeded. */
export function changeOnDisk({ record: { visible } }: Box): string | undefined {
  return visible === 'torn' ? undefined : (visible.unsettled?.changeId ?? visible.holds ?? undefined)
}
