import { pause, systemTimers } from '@opensag/protocol'
import type { AccessQuestion, TagsWithin } from '../access/authorise.ts'
import type { Caller } from '../access/caller.ts'
import type { Circumstances } from '../access/circumstances.ts'
import { createDeny, openDiagnostic } from '../access/denial.ts'
import { type Rights, unbound } from '../access/rights.ts'
import { tagsWithin } from '../access/tags-within.ts'
import type { OperationContext } from '../apis/context.ts'
import type { Operation } from '../apis/operation.ts'
import type { Access, ParsedRequest } from '../declare/operation.ts'
import type { RawParams } from '../declare/params.ts'
import type { Scope } from '../model/scope.ts'
import { StoreClosed } from '../store/errors.ts'
import {
  committedRepositories,
  createRepositories,
  createUnits,
  type Repositories,
  type Units,
  writeUnit,
} from '../store/repositories.ts'
import type { Store } from '../store/store.ts'
import type { Audit } from './audit.ts'
import type { Trace } from './audit-trace.ts'
import type { FrontDoorOptions } from './options.ts'

/** One authenticated request, as far as it matters to what is run. */
export interface Call {
  readonly caller: Caller
  readonly rights: Rights
  readonly requestId: string
  /** When the request had been read, on the clock of the timers. */
  readonly began: number
  /** Where clients reach this server: host name and port. */
  readonly endpoint: string
  readonly circumstances: Circumstances
  /** What it is about, as policies name it. */
  readonly resources: readonly string[]
  /** Of an operation that writes: what the call is about and what it changes. */
  readonly trace: Trace | undefined
}

/** The parameters of a request the caller may make, and what part of a list it may see. */
export interface Checked {
  readonly values: ParsedRequest['values']
  readonly scope: Scope | undefined
  /**
   * Of a call that the tags of an instance decided: decides again by those that the unit of work finds, so that a tag which is
   * being taken away cannot decide any more. Throws when they do not allow it.
   */
  readonly askAgain?: (within: TagsWithin) => Promise<void>
}

/** Runs the operation as it meets the store, and records what became of it. Throws what it throws. */
export function run(
  options: FrontDoorOptions,
  operation: Operation,
  { values, scope, askAgain }: Checked,
  call: Call,
  audit: Audit,
): Promise<Readonly<Record<string, unknown>>> {
  const { store, sealer } = options
  const { trace } = call
  const given = givenTo(options, operation, call, scope)
  const context = (repositories: Repositories) => contextOf(given, repositories)
  const inUnit = (repositories: Repositories) => {
    const work = () => operation.run(context(repositories), values)
    return askAgain === undefined ? work() : askAgain(tagsWithin(repositories)).then(work)
  }
  switch (operation.transaction) {
    case 'read':
      return recorded(store, audit, () => store.read((db) => inUnit(createRepositories(db, sealer))))
    case 'listing':
      return recorded(store, audit, () => operation.run(context(committedRepositories(store, sealer)), values))
    case 'write':
      return writeUnit(
        options,
        (repositories) => {
          const work = () => inUnit(repositories)
          return trace === undefined ? work() : trace.observe(repositories, work, true)
        },
        audit,
        operation.keepsTo?.(values),
      )
    case 'device':
      return recorded(
        store,
        audit,
        async () => {
          if (trace !== undefined) await store.read((db) => trace.identify(createRepositories(db, sealer)))
          return operation.run(context(committedRepositories(store, sealer)), values)
        },
        (error) => again(options, () => given.report(error, 'what was done to a gateway could not be recorded yet')),
      )
  }
}

type Given = ReturnType<typeof givenTo>

/** Member by member: of so many, a spread costs every call ten microseconds and an assignment one. */
function contextOf(given: Given, repositories: Repositories): Given & OperationContext {
  return {
    caller: given.caller,
    requestId: given.requestId,
    now: given.now,
    shop: given.shop,
    adminPasswordMaxAgeMs: given.adminPasswordMaxAgeMs,
    began: given.began,
    ids: given.ids,
    adminPasswords: given.adminPasswords,
    gateways: given.gateways,
    mailer: given.mailer,
    outbox: given.outbox,
    sendAlert: given.sendAlert,
    report: given.report,
    unit: given.unit,
    endpoint: given.endpoint,
    deny: given.deny,
    mayCaller: given.mayCaller,
    accessOf: given.accessOf,
    scope: given.scope,
    diagnosticIn: given.diagnosticIn,
    circumstances: given.circumstances,
    fail: given.fail,
    fleet: repositories.fleet,
    networks: repositories.networks,
    remoteUsers: repositories.remoteUsers,
    enterpriseCodes: repositories.enterpriseCodes,
    sizeOrders: repositories.sizeOrders,
    addresses: repositories.addresses,
    acls: repositories.acls,
    qoses: repositories.qoses,
    flowLogs: repositories.flowLogs,
    applicationPackages: repositories.applicationPackages,
    resourceGroups: repositories.resourceGroups,
    upgradePolicies: repositories.upgradePolicies,
    boxes: repositories.boxes,
    inspections: repositories.inspections,
    healthChecks: repositories.healthChecks,
    probeTasks: repositories.probeTasks,
    diagnoses: repositories.diagnoses,
    routes: repositories.routes,
    gatewayConfigs: repositories.gatewayConfigs,
    gatewayHistory: repositories.gatewayHistory,
    deviceNetworks: repositories.deviceNetworks,
    series: repositories.series,
    accessPoints: repositories.accessPoints,
    ram: repositories.ram,
    audit: repositories.audit,
    alerts: repositories.alerts,
    sessions: repositories.sessions,
    consoleSessions: repositories.consoleSessions,
    jobs: repositories.jobs,
  } satisfies Required<Given & OperationContext>
}

/** What an operation is given besides what it finds and changes in the store. */
export function givenTo(
  options: FrontDoorOptions,
  operation: Operation,
  {
    caller,
    requestId,
    began,
    endpoint,
    circumstances,
    trace,
    rights = unbound,
  }: Omit<Call, 'rights' | 'resources' | 'trace'> & Partial<Pick<Call, 'trace' | 'rights'>>,
  scope?: Scope,
): Omit<OperationContext, keyof Repositories> & { readonly fail: Operation['refusal'] } {
  const { sealer, ids, adminPasswords, gateways, mailer, outbox, logger } = options
  const now = options.businessClock()
  const report: OperationContext['report'] = (err, consequence) =>
    logger.error({ err, requestId, action: operation.name, account: caller.accountId }, consequence)
  return {
    caller,
    requestId,
    now,
    shop: options.shop,
    adminPasswordMaxAgeMs: options.adminPasswordMaxAgeMs,
    began,
    ids,
    adminPasswords,
    gateways,
    mailer,
    outbox,
    async sendAlert(channel, message) {
      options.flow.admitAlertTest(message.accountId)
      return options.sendAlert(channel, message)
    },
    report,
    endpoint,
    circumstances,
    scope,
    accessOf: (action: string) => operationIn(options.apis, action)?.access,
    deny: createDeny(sealer),
    mayCaller: (action, about) =>
      options.authorise(questionOf(options.apis, { action, about, caller, rights, circumstances })),
    diagnosticIn: (message: string) => openDiagnostic(sealer, message),
    fail: operation.refusal,
    unit: trace === undefined ? createUnits(options) : tracedUnits(createUnits(options), trace),
  }
}

/** Units whose changes are in the trace once they are durable, whatever becomes of the call after them. */
function tracedUnits({ read, write }: Units, trace: Trace): Units {
  return {
    read,
    async write(work) {
      const value = await write((repositories) => trace.observe(repositories, () => work(repositories), false))
      trace.keep()
      return value
    },
  }
}

/**
 * What writes nothing of its own, or writes as it goes: the record follows, and no answer goes before it. `onUnrecorded`:
 * what was done cannot be called a failure; it resolves when the record is to be tried again.
 */
async function recorded<T>(
  store: Store,
  audit: Audit,
  work: () => Promise<T>,
  onUnrecorded: (error: unknown) => Promise<void> = (error) => Promise.reject(error),
): Promise<T> {
  let value: T
  try {
    value = await work()
  } catch (error) {
    await store.record(audit({ error }))
    throw error
  }
  const entry = audit({ value })
  for (;;) {
    try {
      await store.record(entry)
      return value
    } catch (error) {
      // The server is being stopped: whoever waits hears nothing any more.
      if (error instanceof StoreClosed) throw error
      await onUnrecorded(error)
    }
  }
}

const againMs = 1000

/** No answer is better than a wrong one: a password that was changed is in force, whatever becomes of its record. */
function again({ timers = systemTimers }: FrontDoorOptions, tell: () => void): Promise<void> {
  tell()
  return pause(timers, againMs)
}

/** RAM does not tell actions apart by their case. */
function operationIn(apis: FrontDoorOptions['apis'], action: string): Operation | undefined {
  const wanted = action.toLowerCase()
  for (const { operations } of apis.values()) {
    for (const operation of operations.values()) if (operation.access.action.toLowerCase() === wanted) return operation
  }
  return undefined
}

const noParams: RawParams = new Map()

/** Whether the caller may call what has this action, as the front door would ask; of one that no operation has, on `*`. */
function questionOf(
  apis: FrontDoorOptions['apis'],
  { action, about, ...who }: Pick<AccessQuestion, 'caller' | 'rights' | 'circumstances'> & WhatOf,
): AccessQuestion {
  const operation = operationIn(apis, action)
  const access = operation?.access ?? {
    action: action as Access['action'],
    level: 'Write',
    resource: '*',
    dependent: [],
  }
  // A call of what is granted on `*` only is about `*`, whatever it names.
  const resources = access.resource === '*' || about.length === 0 ? ['*'] : about
  return { ...who, operation: { access, params: operation?.params ?? {} }, raw: noParams, resources, about }
}

interface WhatOf {
  readonly action: string
  readonly about: readonly string[]
}
