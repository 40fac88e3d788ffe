import type {
  Claim,
  DrivenByHand,
  ExecutorEffect,
  ExecutorState,
  FromGateway,
  FromServer,
  Order,
  PasswordRecord,
  ReportedPassword,
  RequestInput,
  RequestState,
  Reserved,
  TurnsInput,
  TurnsState,
  WelcomeInput,
  WelcomeState,
} from '@opensag/protocol'
import type { DiskFault, DiskFile } from '../disk-file.ts'
import type { Machines } from './machines.ts'
import type { Row, Store } from './store.ts'

/** Everything there is in one schedule. The actors beside this file change it, one instant after another. */
export interface World {
  readonly machines: Machines
  readonly store: Store
  readonly nodes: readonly Node[]
  readonly boxes: Box[]
  readonly links: Link[]
  readonly bus: BusMessage[]
  readonly calls: Call[]
  /** What a disk held at some moment, to be rolled back to or cloned. */
  readonly images: Image[]
  /** What the store held at some moment. */
  readonly storeImages: StoreImage[]
  /** How often the store was put back to an image. */
  restores: number
  /** What the judge remembers, whatever a restored store has forgotten: changes that succeeded, with their generations. */
  readonly succeeded: Map<string, number>
  /** One of the restores was no restore in order: generations may be used again. */
  isFloorMissing: boolean
  /** Changes the operator has ordered to be taken back, ever, and as far as the store has not forgotten it. */
  readonly ordered: Set<string>
  orderedNow: string | undefined
  /** Changes that were learnt from gateways of an older version, which leave no deposit. */
  readonly withoutDeposit: Set<string>
  /** Deposits of a person's password, which were learnt with changes: `change: hash`. */
  readonly learntByHand: Set<string>
  /** The server is of an older version: it knows nothing of generations of what a gateway holds. */
  isServerOld: boolean
  /** Whom the row means when it says that the gateway is connected; undefined: its disk was rolled back since. */
  shown: Box | undefined
  /** Number of the ticket that was confirmed last; the judge's clock for copies. */
  confirmed: number
  tickets: number
  hands: number
  /** Tells what happens; undefined while nobody listens. */
  log: ((actor: string, event: string) => void) | undefined
  /** Told of every step of a machine; undefined while nobody counts. */
  count: ((machine: string, from: string, input: string, to: string) => void) | undefined
}

/** An act at the vault: a change, or a person at the gateway. */
export interface Act {
  readonly hash: string | null
  /** Undefined: by hand. */
  readonly change: string | undefined
  readonly durable: boolean
  /** By hand, after the disk was rolled back: the later word, whatever the disk did not know of. */
  readonly late: boolean
  /** By hand: the change the disk knew of then, which this overruled. */
  readonly over: string | undefined
  /** Of the change. */
  readonly generation: number
  /** The gateway was told that the change succeeded, and has that on its disk. */
  readonly settled: boolean
  /** The gateway keeps its generation; programs of an older version do not. */
  readonly isTold: boolean
}

/** A physical gateway: its disk and, while it has power, its program. */
export interface Box {
  readonly name: string
  readonly keys: string
  readonly enrolmentKey: number
  record: DiskFile<PasswordRecord | 'torn'>
  vault: DiskFile<string | null | 'torn'>
  ticket: DiskFile<TicketFile | 'torn'>
  /** It knows its server. */
  pinned: boolean
  /** Its program is of an older version. */
  isOld: boolean
  up: boolean
  fault: DiskFault
  // The program's memory.
  link: Link | undefined
  /** The server has said that it counts as connected. */
  online: boolean
  enrolAnew: boolean
  inbox: { readonly link: Link; readonly message: Down }[]
  local: LocalOrder[]
  work: ExecutorState
  effect: ExecutorEffect | undefined
  /** The write under way has renamed its file and not synced it yet. */
  renamed: boolean
  orderLink: Link | undefined
  sealedFor: SealedFor | undefined
  known: PasswordRecord | undefined
  storing: TicketFile | undefined
  ticketSettled: boolean
  // What the judge remembers.
  acts: readonly Act[]
  tampered: boolean
  /** How often. */
  rollBacks: number
}

export type LocalOrder = Extract<Order, { is: 'first' | 'reset' | 'report' }>

export interface StoreImage {
  readonly row: Row
  readonly journal: Store['journal']
  readonly floor: number
}

export interface TicketFile {
  readonly ticket?: string | undefined
  readonly before?: string | undefined
}

export interface Image {
  readonly box: string
  readonly keys: string
  readonly enrolmentKey: number
  readonly pinned: boolean
  readonly record: PasswordRecord | 'torn'
  readonly vault: string | null | 'torn'
  readonly ticket: TicketFile | 'torn'
  readonly acts: readonly Act[]
}

/** One WebSocket. Each side closes it for itself; what is under way may still arrive at the other. */
export interface Link {
  readonly name: string
  /** The server's program at its other end is of an older version; its messages may arrive once that is replaced. */
  readonly isServerOld: boolean
  /** Which disk the gateway had then: `rollBacks`. */
  readonly rollBacks: number
  /** What the gateway had done when it last reported. */
  acts: readonly Act[]
  readonly box: Box
  readonly node: Node
  readonly up: Up[]
  readonly down: Down[]
  gatewayOpen: boolean
  serverOpen: boolean
  readonly connection: Connection
}

export type SealedFor = { readonly changeId: string; readonly generation: number }

export type Down =
  | Extract<FromServer, { kind: 'settle' | 'ticket' }>
  | { readonly kind: 'welcome' | 'ready' }
  | { readonly kind: 'refuse'; readonly code: string }
  | { readonly kind: 'set'; readonly changeId: string; readonly generation: number; readonly sealed: SealedFor }
  | {
      readonly kind: 'restore'
      readonly changeId: string
      readonly generation: number
      readonly hash: string
      readonly over: string | null
      readonly ordered: boolean
    }

export type Up =
  | { readonly kind: 'prove'; readonly claim: Claim }
  | { readonly kind: 'report'; readonly password: ReportedPassword & { readonly deposit?: string | undefined } }
  | { readonly kind: 'ack'; readonly changeId: string; readonly hash: string }
  | Extract<FromGateway, { kind: 'nack' | 'settled' | 'restored' | 'ticket-stored' }>

export interface Node {
  readonly name: number
  up: boolean
  /** Whose connection it holds. */
  held: Connection | undefined
}

/** The server's end of a link. */
export interface Connection {
  readonly world: World
  readonly node: Node
  link: Link
  welcome: DrivenByHand<WelcomeState, WelcomeInput>
  /** It waits for the other node to step down. */
  isReplacing: boolean
  ticket: number
  /** The ticket it came with; 0: none. */
  presented: number
  before: string | undefined
  keys: string
  generation: number
  report: (ReportedPassword & { readonly deposit?: string | undefined }) | undefined
  deposit: string
  serving: boolean
  recorded: boolean
  turns: DrivenByHand<TurnsState, TurnsInput>
  sealed: SealedFor | undefined
  proof: string | undefined
}

export type BusMessage =
  | { readonly kind: 'reserve' | 'step-down'; readonly to: Connection; readonly from: Call | Connection }
  | { readonly kind: 'change'; readonly to: Connection; readonly from: Call; readonly sealed: SealedFor }
  | { readonly kind: 'reserved'; readonly to: Call; readonly turn: Reserved }
  | {
      readonly kind: 'handed'
      readonly to: Call
      readonly outcome: 'accepted' | 'unreachable' | 'refused' | 'lapsed' | undefined
    }
  | { readonly kind: 'stepped-down'; readonly to: Connection }

/** One call of an API that changes the password. */
export interface Call {
  readonly world: World
  readonly changeId: string
  readonly node: Node
  request: DrivenByHand<RequestState, RequestInput>
  /** Whom the bus asks, where two say that they serve the gateway. */
  choice: number
  waiting: 'reserved' | 'handed' | undefined
  outcome: string | undefined
  /** Whoever called is still there to hear it. */
  heard: boolean
  dead: boolean
}
