/** What a branch goes through on its way, in this order. */
export const stages = ['ordered', 'enrolled', 'connected', 'synchronised', 'tunnel', 'online'] as const

export type StageName = (typeof stages)[number]

/** `skipped`: it goes without. `unknown`: policies do not show it. */
export type StageState = 'done' | 'current' | 'waiting' | 'failed' | 'skipped' | 'unknown'

export interface Stage {
  readonly name: StageName
  readonly state: StageState
  /** Milliseconds since 1970, where it is known. */
  readonly at?: number | undefined
}

/** What the server tells of one instance. What is undefined may not be read. */
export interface Facts {
  readonly status: string
  readonly createdAt: number | undefined
  readonly inNetwork: boolean
  readonly devices: readonly { readonly online: boolean; readonly joined: boolean }[]
  readonly events: readonly { readonly Name: string; readonly Time: string }[] | undefined
  readonly configurations:
    | readonly {
        readonly SynStatus?: string
        readonly Difference?: string
        readonly DesiredRevision?: number
        readonly ReportedRevision?: number
        readonly ReportedAt?: string
      }[]
    | undefined
  readonly tunnels: readonly { readonly State?: string; readonly Since?: string }[] | undefined
}

type Found = Pick<Stage, 'state' | 'at'>

const done = (at?: number): Found => ({ state: 'done', at })
const open: Found = { state: 'waiting' }
const unknown: Found = { state: 'unknown' }

/** Where a branch stands: the first stage that is not done is what everybody waits for. */
export function standingOf(facts: Facts): readonly Stage[] {
  const found: Readonly<Record<StageName, Found>> = {
    ordered: done(facts.createdAt),
    enrolled: enrolled(facts),
    connected: connected(facts),
    synchronised: synchronised(facts),
    tunnel: tunnel(facts),
    online: online(facts),
  }
  const current = stages.find((name) => found[name].state === 'waiting')
  return stages.map((name) => ({ name, ...found[name], ...(name === current && { state: 'current' as const }) }))
}

export function isOnline(standing: readonly Stage[]): boolean {
  return standing.at(-1)?.state === 'done'
}

function enrolled({ devices, events }: Facts): Found {
  const times = timesOf(events, 'DeviceEnrolled')
  // Events are kept for a while only; who is connected has enrolled.
  if (times.length > 0) return done(Math.min(...times))
  if (devices.some(({ online, joined }) => online || joined)) return done()
  return open
}

function connected({ devices, events }: Facts): Found {
  if (!devices.some(({ online }) => online)) return open
  const times = timesOf(events, 'DeviceOnline')
  return done(times.length === 0 ? undefined : Math.max(...times))
}

/** Of a pair, one that serves is enough. */
function synchronised({ devices, configurations }: Facts): Found {
  if (!devices.some(({ online }) => online)) return open
  if (configurations === undefined) return unknown
  const taken = configurations.find(
    (one) => one.SynStatus === 'Synchronized' && (one.ReportedRevision ?? 0) >= (one.DesiredRevision ?? 0),
  )
  if (taken !== undefined) return done(timeOf(taken.ReportedAt))
  const isRefused = configurations.some(({ Difference }) => Difference === 'Reverted' || Difference === 'Failing')
  return isRefused ? { state: 'failed' } : open
}

function tunnel({ status, inNetwork, tunnels }: Facts): Found {
  if (!inNetwork) return { state: 'skipped' }
  if (tunnels === undefined) return unknown
  const up = tunnels.find(({ State }) => State === 'up')
  if (up !== undefined) return done(timeOf(up.Since))
  // One that carries no traffic has none to wait for.
  return status === 'Active' ? { state: 'skipped' } : open
}

function online({ status, inNetwork, devices }: Facts): Found {
  // Without a network an instance is never `Active`: it is as far as it can be.
  if (status === 'Active' || (!inNetwork && devices.some(({ online }) => online))) return done()
  return open
}

function timesOf(events: Facts['events'], name: string): readonly number[] {
  return (events ?? []).filter((event) => event.Name === name).map(({ Time }) => Date.parse(Time))
}

function timeOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Date.parse(text)
}
