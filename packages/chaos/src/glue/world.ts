import type { Gateway } from '@opensag/agent/simulation'
import type { FromGateway, Random } from '@opensag/protocol'
import { Secret } from '@opensag/protocol'
import {
  type AdminPasswords,
  type Channel,
  createFleet,
  createSealer,
  type GatewayCommands,
  type Logger,
  type OpenedChannel,
  type Sealer,
  type Store,
} from '@opensag/server/simulation'
import { fileOf } from '../disk-file.ts'
import type { Nats } from '../nodes/nats.ts'
import type { Owners } from '../nodes/owners.ts'
import { createChance } from '../random.ts'
import type { Mail, NodeBus } from './bus.ts'
import type { Database, DatabaseImage } from './database.ts'
import type { SharedDatabase } from './database-any-order.ts'
import { type BoxDisk, createBoxDisk, type Files, hashOf, vaultName } from './disk.ts'
import { createTime, type Life, type Time } from './time.ts'
import type { Wire } from './wire.ts'

/** What one schedule is about; chosen by its first event. */
export interface SetUp {
  readonly order: 'in order' | 'any order'
  readonly nodes: 1 | 2 | 3
  readonly gateways: 1 | 2
  /** Disks and stores may be rolled back, and boxes copied. */
  readonly rollBacks: boolean
  /** For everything that is drawn at random in the programs. */
  readonly seed: number
}

/** Everything there is in one schedule. */
export interface World {
  readonly setUp: SetUp
  readonly time: Time
  readonly database: Database
  /** The same, where several nodes reach it over a network that fails. */
  readonly shared: SharedDatabase | undefined
  readonly sealer: Sealer
  readonly random: Random
  readonly nodes: readonly Node[]
  readonly boxes: Box[]
  readonly calls: Call[]
  wires: Wire[]
  mails: Mail[]
  readonly images: { readonly box: Box; readonly files: Files }[]
  storeImage: DatabaseImage | undefined
  /** The servers of the bus, where nodes have one between them. */
  nats: Nats | undefined
  /** Who may act for which gateway, where that is judged. */
  owners: Owners | undefined
  /** What an outsider's program failed with: an error nobody caught. */
  readonly defects: unknown[]
  /** What the judge has seen decided, for good. */
  readonly decided: Map<string, string>
  names: number
  /** By serial: the one that counts now. */
  readonly enrolmentKeys: Map<string, string>
  /** By serial: the key each was enrolled with when the judge last looked. */
  readonly enrolled: Map<string, string | null>
  log: ((actor: string, event: string) => void) | undefined
  trace: (data: string | Buffer) => void
}

export interface Node {
  readonly name: string
  offset: number
  /** It does not reach the store, from this run to the next. */
  storeCut: Life['storeCut']
  /** Its way to the bus. `silent`: it is cut, and nobody has noticed. `unheard`: it is open again, and the bus does not know yet what this node holds. */
  toBus: 'open' | 'silent' | 'cut' | 'unheard'
  /** Its machine has broken down: it is never started again. */
  isGone: boolean
  run: ServerRun | undefined
}

/** One run of the server on a node. */
export interface ServerRun extends Life {
  readonly bus: NodeBus
  store: Store | undefined
  /** Undefined while it starts, as what follows. */
  opened: OpenedChannel | undefined
  channel: Channel | undefined
  passwords: AdminPasswords | undefined
  commands: GatewayCommands | undefined
  closing: boolean
}

/** A physical gateway. */
export interface Box {
  readonly name: string
  readonly serial: string
  enrolmentKey: Secret
  disk: BoxDisk
  offset: number
  run: GatewayRun | undefined
  /** Which node its next connection leads to. */
  route: number
  /** It sends reports as programs of before do. */
  isOld: boolean
  /** Its disk was rolled back while the row said so; until the row has another ticket, it proves nothing. */
  excused: string | null | undefined
  /** Its record is another gateway's. */
  tampered: boolean
}

export interface GatewayRun extends Life {
  /** The enrolment key it was started with. */
  readonly enrolmentKey: Secret
  gateway: Gateway | undefined
  online: boolean
}

export interface Call {
  readonly name: string
  readonly serial: string
  readonly password: string
  readonly node: ServerRun
  outcome: string | undefined
  /** Whoever called has left at its own time-out. */
  isLeft: boolean
}

export const firstPassword = 'First_password'
export const enrolmentKey = 'an-enrolment-key-for-simulations'
const masterKey = Buffer.alloc(32, 7)

export async function createWorld(database: Database, setUp: SetUp, shared?: SharedDatabase): Promise<World> {
  const chance = createChance(setUp.seed)
  const world: World = {
    setUp,
    time: createTime(),
    database,
    shared,
    sealer: createSealer(masterKey),
    random: (bytes) => Buffer.from(Array.from({ length: bytes }, () => chance.below(256))),
    nodes: Array.from({ length: setUp.nodes }, (_, index) => createNode(`node${index}`)),
    boxes: [],
    calls: [],
    wires: [],
    mails: [],
    images: [],
    storeImage: undefined,
    nats: undefined,
    owners: undefined,
    defects: [],
    decided: new Map(),
    names: 0,
    enrolmentKeys: new Map(),
    enrolled: new Map(),
    log: undefined,
    trace: () => {},
  }
  await database.begin()
  const life = { alive: true }
  const store = await database.open(life)
  for (let index = 0; index < setUp.gateways; index++) {
    const serial = `sag${index}`
    world.enrolmentKeys.set(serial, enrolmentKey)
    await database.commit(store, (tx) =>
      createFleet(tx, world.sealer).addDevice({
        serial,
        model: 'sag-1000',
        version: '2.0.0.0',
        enrolmentKey: Secret.of(enrolmentKey),
        resettable: true,
        createdAt: 0,
      }),
    )
    world.boxes.push(createBox(world, `box${index}`, serial, new Map([[vaultName, fileOf(hashOf(firstPassword))]])))
  }
  await database.kill(life, false)
  return world
}

function createNode(name: string): Node {
  return { name, offset: 0, storeCut: undefined, toBus: 'open', isGone: false, run: undefined }
}

export function createBox(world: World, name: string, serial: string, files: Files): Box {
  return {
    name,
    serial,
    enrolmentKey: Secret.of(enrolmentKey),
    disk: createBoxDisk(files as never, (file, content) =>
      world.log?.(name, `writes ${file}: ${shown(file, content)}`),
    ),
    offset: 0,
    run: undefined,
    route: 0,
    isOld: false,
    excused: undefined,
    tampered: false,
  }
}

function shown(file: string, content: string | undefined): string {
  return file === vaultName || file === 'password-change.json' ? (content ?? 'nothing').trim() : 'something'
}

/** The log of a program, as a trace tells it. */
export function loggerOf(world: World, actor: string): Logger {
  const write =
    (level: string) =>
    (facts: unknown, text?: string): void => {
      if (world.log === undefined) return
      const { err, reason } = (typeof facts === 'object' && facts !== null ? facts : {}) as Record<string, unknown>
      const why = err instanceof Error ? ` (${err.name}: ${err.message})` : reason === undefined ? '' : ` (${reason})`
      world.log(actor, `${level} ${text ?? String(facts)}${why}`)
    }
  const logger = { debug: write('·'), info: write('·'), warn: write('!'), error: write('!!') }
  return logger as unknown as Logger
}

/** As a gateway of 0.1.0 says it: without which change it holds, and without a deposit. */
export function asOld(message: FromGateway): FromGateway {
  if (message.kind === 'ack') return { kind: 'ack', changeId: message.changeId }
  if (message.kind !== 'report') return message
  const { generation, unsettled } = message.password
  return { ...message, password: { generation, ...(unsettled === undefined ? {} : { unsettled }) } }
}
