import { type Secret, systemTimers } from '@opensag/protocol'
import type { Caller } from '../access/caller.ts'
import type { Circumstances } from '../access/circumstances.ts'
import { idsOfUnknownOwner, resources } from '../access/resources.ts'
import type { Rights } from '../access/rights.ts'
import type { RawParams } from '../declare/params.ts'
import { newRequestId } from '../request-id.ts'
import { type Audit, auditOf } from './audit.ts'
import { createTrace } from './audit-trace.ts'
import { checkedOf } from './dispatch.ts'
import type { FrontDoorOptions } from './options.ts'
import { type Call, run } from './run.ts'

/** A call that a server makes itself, in the name of somebody who asked for it before. */
export interface OwnCall {
  readonly action: string
  readonly params: Readonly<Record<string, string>>
  /** Beside them; whoever calls wipes them. */
  readonly secrets?: ReadonlyMap<string, Secret>
  /** As the journals of gateways and the audit trail name it. */
  readonly requestId?: string | undefined
  readonly caller: Caller
  /** As they are now. */
  readonly rights: Rights
  /** As they were when it was asked for; the time is that of now. */
  readonly circumstances: Omit<Circumstances, 'at'>
  /** What it is made for: a resource that its entry in the audit trail names beside its own. */
  readonly onBehalfOf: string
  /** Called before anything is asked of a gateway: of a call that fails without it, none has heard. */
  readonly onSent?: (() => void) | undefined
}

export type CallAs = (call: OwnCall) => Promise<void>

/**
 * Calls an operation of SmartAG or OpenSAG as the caller would: the same checks, the same policies, the same run, the same entry in the
 * audit trail. Nothing was sent, so nothing is signed or counted.
 *
 * @throws Refusal, as the API would answer
 */
export function createCallAs(options: FrontDoorOptions): CallAs {
  const { apis, wallClock, timers = systemTimers } = options
  return async ({ action, params: given, secrets, requestId, caller, rights, circumstances, onBehalfOf, onSent }) => {
    const api = [apis.get('2018-03-13'), apis.get('2026-12-01')].find((one) => one?.operations.has(action))
    const operation = api?.operations.get(action)
    if (api === undefined || operation === undefined) throw new Error(`There is no ${action}.`)
    const params: RawParams = Object.assign(new Map(Object.entries(given)), secrets === undefined ? {} : { secrets })
    const unknown = idsOfUnknownOwner(operation, params)
    const owners = unknown.length === 0 ? undefined : await options.ownersOf(unknown)
    const call: Call = {
      caller,
      rights,
      requestId: requestId ?? newRequestId(),
      began: timers.now(),
      endpoint: options.publicAddress?.address ?? options.endpoint,
      circumstances: { ...circumstances, at: wallClock(), through: 'job' },
      resources: resources(caller, operation, params, owners),
      trace: createTrace(api.product, operation, params, caller),
    }
    const entryOf = auditOf(api.product, operation, params, call)
    const audit: Audit = (outcome) => {
      const entry = entryOf(outcome)
      return { ...entry, resources: [...entry.resources, onBehalfOf] }
    }
    const checked = await checkedOf(operation, params, call, options, audit)
    await run(onSent === undefined ? options : noting(options, onSent), operation, checked, call, audit)
  }
}

function noting(options: FrontDoorOptions, onSent: () => void): FrontDoorOptions {
  const noted = <T extends object>(ports: T): T =>
    new Proxy(ports, {
      get(target, name) {
        const port: unknown = Reflect.get(target, name)
        if (typeof port !== 'function') return port
        return (...given: readonly unknown[]) => {
          onSent()
          return port.apply(target, given)
        }
      },
    })
  return { ...options, gateways: noted(options.gateways), adminPasswords: noted(options.adminPasswords) }
}
