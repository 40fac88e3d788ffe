import { createHash } from 'node:crypto'
import type { World } from './world.ts'

/** What is committed, as an operator and a caller of the API find it. */
export interface View {
  readonly devices: ReadonlyMap<string, DeviceView>
  readonly journal: ReadonlyMap<string, ChangeView>
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
  readonly view: View
}

const cached = new WeakMap<World, Cached>()

export function viewOf(world: World): View {
  const { database } = world
  const known = cached.get(world)
  if (known !== undefined && known.commits === database.commits()) return known.view
  const devices = database.committed
    .prepare(
      'select serial, node, restarting_since, locked_since, ticket, sign_key, connected_at, config_reported_at, promised_revision from device order by serial',
    )
    .all([]) as readonly Record<string, string | null>[]
  const changes = database.committed
    .prepare('select id, serial, outcome, generation, request_id from password_change order by request_id')
    .all([]) as readonly Record<string, string | number>[]
  const view: View = {
    devices: new Map(
      devices.map(
        ({
          serial,
          node,
          restarting_since,
          locked_since,
          ticket,
          sign_key,
          connected_at,
          config_reported_at,
          promised_revision,
        }) => [
          String(serial),
          {
            serial: String(serial),
            node: node ?? null,
            connected: node !== null && restarting_since === null && locked_since === null,
            ticket: ticket ?? null,
            signKey: sign_key ?? null,
            connectedAt: numberOf(connected_at),
            reportedAt: numberOf(config_reported_at),
            restartingSince: numberOf(restarting_since),
            promised: numberOf(promised_revision),
          },
        ],
      ),
    ),
    journal: new Map(
      changes.map(({ id, serial, outcome, generation, request_id }) => [
        String(id),
        {
          id: String(id),
          serial: String(serial),
          outcome: String(outcome),
          generation: Number(generation),
          call: String(request_id),
        },
      ]),
    ),
  }
  cached.set(world, { commits: database.commits(), view })
  return view
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
