import type { Database } from './database.ts'

export type Params = ReadonlyMap<string, string>

export interface Outcome {
  readonly status: number
  readonly body: object
  readonly code?: string
  readonly details?: string
}

export class Refusal extends Error {
  readonly status: number
  readonly code: string
  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

export type Run = (params: Params, now: number, resource: string) => Outcome

const namePattern = /^[A-Za-z\u4e00-\u9fa5][A-Za-z0-9\u4e00-\u9fa5._-]{1,127}$/
const shown: ReadonlySet<string> = new Set(['RegionId', 'SmartAGId', 'Name'])
const selfActivationMs = 15 * 24 * 60 * 60_000

/** The two operations, by name. Every check comes before the one statement that writes: a refusal takes nothing back. */
export function createOperations(db: Database, accountId: string): ReadonlyMap<string, Run> {
  const instanceById = db.prepare(`select account_id, region_id, name, paid_at, arrived_at,
    returning_at, activated_at, overdue_since, ends_at, perpetual, period_months from instance where id = ?`)
  const deviceOf =
    db.prepare(`select d.model, d.version, d.connected_at, d.syn_status, d.applied_revision, d.config_trial,
    d.config_failing, d.reverted_revision, d.resettable, d.service_ip, d.started_at, d.last_seen_at, i.config_revision,
    i.ccn_id, i.kind from instance i left join device d on d.instance_id = i.id and d.serial = ?
    where i.id = ? and i.account_id = ? and i.region_id = ?`)
  const updateInstance = db.prepare('update instance set name = ? where id = ?')

  /** Changes the name, and what stays the same stays in the row. */
  function modify(params: Params, now: number, resource: string): Outcome {
    const id = required(params, 'SmartAGId')
    const name = required(params, 'Name')
    if (!/^sag-[a-z0-9]+$/.test(id)) throw new Refusal(403, 'InvalidId.SMARTAG', 'The specified id is invalid.')
    if (!namePattern.test(name)) throw new Refusal(400, 'InvalidName', 'The specified name is invalid.')
    const row = instanceById.get(id)
    if (row === undefined || row[1] !== params.get('RegionId')) throw unknownInstance()
    if (row[0] !== accountId) throw new Refusal(403, 'Forbidden', 'User not authorized to operate on the resource.')
    requireInService(row.slice(3) as readonly (number | null)[], now)

    const before = row[2] ?? undefined
    updateInstance.run(name, id)
    const changes = before === name ? [] : [{ resource, field: 'Name', before, after: name }]
    return { status: 200, body: {}, details: detailsOf(params, [{ resource, id, name: before }], changes) }
  }

  function describe(params: Params): Outcome {
    const id = required(params, 'SmartAGId')
    const serial = required(params, 'SmartAGSn')
    const row = deviceOf.get(serial, id, accountId, required(params, 'RegionId'))
    if (row === undefined) throw unknownInstance()
    const [model, version, connectedAt, synStatus, applied, onTrial, failing, reverted, resettable] = row
    const [serviceIp, startedAt, lastSeenAt, desired, ccnId, kind] = row.slice(9)
    if (kind === 'app') throw new Refusal(400, 'SAG.SoftwareNotSupport', 'The instance does not support this.')
    if (model === null) throw new Refusal(400, 'InstanceNotExit', 'The specified instance does not exist.')
    const isReverted = reverted === desired && applied !== desired
    const isUnderWay = applied !== desired || onTrial === 1 || failing === 1
    const derived = isReverted ? 'Unsynchronized' : isUnderWay ? 'Synchronizing' : 'Synchronized'
    const body = {
      SmartAGType: model,
      Version: version === '0.0.0.0' ? undefined : version,
      ControllerState: connectedAt === null ? 'Abnormal' : 'Normal',
      VpnState: ccnId === null || connectedAt === null ? 'Abnormal' : 'Normal',
      SynStatus: synStatus === 'Synchronized' ? derived : synStatus,
      ResettableStatus: resettable === 1 ? 'Enabled' : 'Disabled',
      ServiceIP: serviceIp ?? undefined,
      StartupTime: clockText(startedAt),
      LastConnectedControllerTime: clockText(lastSeenAt),
    }
    return { status: 200, body }
  }

  return new Map<string, Run>([
    ['ModifySmartAccessGateway', modify],
    ['DescribeSAGDeviceInfo', describe],
  ])
}

export function required(params: Params, name: string): string {
  const value = params.get(name)
  if (!value) throw new Refusal(400, `Missing${name}`, `${name} is mandatory for this action.`)
  return value
}

export function detailsOf(params: Params, things: readonly object[], changes: readonly object[]): string {
  const parameters = [...params].filter(([name]) => shown.has(name))
  return JSON.stringify({ things, changes, parameters, isCut: false })
}

function requireInService(row: readonly (number | null)[], now: number): void {
  const [paidAt, arrivedAt, returningAt, activatedByHand, overdueSince, endsAt, perpetual, months] = row
  const byItself = arrivedAt != null && returningAt == null ? arrivedAt + selfActivationMs : Number.POSITIVE_INFINITY
  const start = activatedByHand ?? (byItself <= now ? byItself : undefined)
  if (start === undefined || paidAt == null) {
    throw new Refusal(500, 'SmartAccessGatewayNotActivated', 'The specified gateway has not been activated.')
  }
  const end = new Date(start)
  end.setUTCMonth(end.getUTCMonth() + (months ?? 0))
  const isOver = perpetual === 0 && (endsAt ?? end.getTime()) <= now
  if (isOver || (overdueSince != null && overdueSince <= now)) {
    throw new Refusal(500, 'SmartAccessGatewayInArrears', 'The specified gateway has expired.')
  }
}

function unknownInstance(): Refusal {
  return new Refusal(400, 'SAG.InstanceNoFound', 'The specified SAG instance does not exist.')
}

function clockText(time: unknown): string | undefined {
  return typeof time === 'number' ? new Date(time).toISOString().slice(0, 19).replace('T', ' ') : undefined
}
