import { createHash } from 'node:crypto'
import type { SqliteConnection } from '@opensag/server/simulation'
import type { World } from './world.ts'

/** What is committed, as an operator and a caller of the API find it. */
export interface View {
  readonly devices: ReadonlyMap<string, DeviceView>
  readonly journal: ReadonlyMap<string, ChangeView>
  /** Those that count as running, and when each last said so, by its own clock. */
  readonly nodes: ReadonlyMap<string, number>
}

export interface DeviceView {
  readonly serial: string
  readonly node: string | null
  /** As the API shows it. */
  readonly connected: boolean
  readonly ticket: string | null
  readonly signKey: string | null
  readonly connectedAt: number | null
  /** When what it reported was written last. */
  readonly reportedAt: number | null
  readonly restartingSince: number | null
  /** The local revision that is going to be agreed on. */
  readonly promised: number | null
}

export interface ChangeView {
  readonly id: string
  readonly serial: string
  readonly outcome: string
  readonly generation: number
  /** The call that asked for it. */
  readonly call: string
}

interface Cached {
  readonly commits: number
  readonly changes: { readonly devices: number; readonly journal: number; readonly nodes: number }
  readonly view: View
}

const cached = new WeakMap<World, Cached>()

export function viewOf(world: World): View {
  const { database } = world
  const known = cached.get(world)
  const commits = database.commits()
  if (known?.commits === commits) return known.view
  const changes = {
    devices: database.changes('device'),
    journal: database.changes('password_change'),
    nodes: database.changes('node'),
  }
  const { devices, journal, nodes } = queriesOf(database.committed)
  const view: View = {
    devices: known?.changes.devices === changes.devices ? known.view.devices : devices(),
    journal: known?.changes.journal === changes.journal ? known.view.journal : journal(),
    nodes: known?.changes.nodes === changes.nodes ? known.view.nodes : nodes(),
  }
  cached.set(world, { commits, changes, view })
  return view
}

interface Queries {
  devices(): View['devices']
  journal(): View['journal']
  nodes(): View['nodes']
}

const queries = new WeakMap<SqliteConnection, Queries>()

/** Preparing a statement costs several times what it takes to run it. */
function queriesOf(connection: SqliteConnection): Queries {
  const known = queries.get(connection)
  if (known !== undefined) return known
  const devices = connection.prepare(
    'select serial, node, restarting_since, locked_since, ticket, sign_key, connected_at, config_reported_at, promised_revision from device order by serial',
  )
  const journal = connection.prepare(
    'select id, serial, outcome, generation, request_id from password_change order by request_id',
  )
  const nodes = connection.prepare('select id, seen_at from node order by id')
  const made: Queries = {
    devices: () =>
      new Map((devices.all([]) as readonly DeviceRow[]).map((row) => [String(row['serial']), deviceOf(row)])),
    journal: () => new Map((journal.all([]) as readonly ChangeRow[]).map((row) => [String(row['id']), changeOf(row)])),
    nodes: () => new Map((nodes.all([]) as readonly NodeRow[]).map(({ id, seen_at }) => [id, seen_at])),
  }
  queries.set(connection, made)
  return made
}

type NodeRow = { readonly id: string; readonly seen_at: number }
type DeviceRow = Readonly<Record<string, string | null>>
type ChangeRow = Readonly<Record<string, string | number>>

function deviceOf(row: DeviceRow): DeviceView {
  const node = row['node'] ?? null
  return {
    serial: String(row['serial']),
    node,
    connected: node !== null && row['restarting_since'] === null && row['locked_since'] === null,
    ticket: row['ticket'] ?? null,
    signKey: row['sign_key'] ?? null,
    connectedAt: numberOf(row['connected_at']),
    reportedAt: numberOf(row['config_reported_at']),
    restartingSince: numberOf(row['restarting_since']),
    promised: numberOf(row['promised_revision']),
  }
}

function changeOf(row: ChangeRow): ChangeView {
  return {
    id: String(row['id']),
    serial: String(row['serial']),
    outcome: String(row['outcome']),
    generation: Number(row['generation']),
    call: String(row['request_id']),
  }
}

function numberOf(value: string | null | undefined): number | null {
  return value === null || value === undefined ? null : Number(value)
}

export function hashOfTicket(ticket: string): string {
  return createHash('sha256').update(ticket).digest('base64url')
}

/** What is durable, and who counts as connected, as one line. */
export function shownState(world: World): string {
  const { devices, journal } = viewOf(world)
  const boxes = world.boxes.map(({ name, run, disk }) => {
    const vault = disk.files.get('(vault)')
    const isSafe = vault?.visible === vault?.durable ? '' : ` (not safe; before: ${vault?.durable})`
    return `${name}${run === undefined ? ' (off)' : ''}: ${vault?.visible}${isSafe}`
  })
  const rows = [...devices.values()].map(
    ({ serial, node }) => `${serial} ${node === null ? 'offline' : `online at ${node}`}`,
  )
  const entries = [...journal.values()].map(({ call, outcome }) => `${call} ${outcome}`)
  return [...boxes, ...rows, `journal: ${entries.join(', ') || 'empty'}`].join(' | ')
}
