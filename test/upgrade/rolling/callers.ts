import { Agent } from 'node:https'
import { setTimeout as pause } from 'node:timers/promises'
import { type Body, type Params, sendBody, type Told } from '../../cluster/calls/api.ts'
import { logOn } from '../../support/local-console.ts'
import { signedBody } from '../../support/signed-request.ts'
import { until } from '../../support/time.ts'
import type { Gateway, Site } from './site.ts'

/** A call that was not answered with success. Times are of `performance.now()`. */
export interface Failed {
  readonly what: string
  readonly serial: string
  readonly told: Exclude<Told, { readonly is: 'success' }>
  readonly begunAt: number
  readonly endedAt: number
}

export interface Tally {
  readonly reads: number
  readonly writes: number
  readonly changes: number
  readonly failed: readonly Failed[]
  /** Answers that were not true. */
  readonly wrong: readonly string[]
}

export interface Callers {
  /** Runs this while nobody changes the password of that gateway. */
  without<T>(gateway: Gateway, work: () => Promise<T>): Promise<T>
  connected(gateway: Gateway): Promise<void>
  soFar(): Tally
  /** Resolves when each has made its last call, and looked at what is in force. */
  end(): Promise<Tally>
}

/** Milliseconds between two calls of a caller: the machine is to be loaded, not blocked. */
const pauseMs = 20

/**
 * Callers at the load balancer, until they are ended. Two for each gateway: one names its instance and reads the name, one
 * changes its password and logs on to its console. Every other one keeps its connection.
 */
export function startCallers({
  gateways,
  edge,
  credentials,
}: Pick<Site, 'gateways' | 'edge' | 'credentials'>): Callers {
  const counts = { reads: 0, writes: 0, changes: 0 }
  const failed: Failed[] = []
  const wrong: string[] = []
  const turns = new Map<Gateway, Promise<unknown>>()
  const kept = new Agent({ keepAlive: true, maxSockets: 1 })
  let isOver = false

  async function call(gateway: Gateway, action: string, more: Params, agent?: Agent): Promise<Told> {
    const body = signedBody(credentials, action, { SmartAGId: gateway.instance, ...more })
    const begunAt = performance.now()
    const told = await sendBody(`https://${edge.address}`, body, edge.ca, undefined, agent)
    const endedAt = performance.now()
    if (told.is !== 'success') failed.push({ what: action, serial: gateway.serial, told, begunAt, endedAt })
    return told
  }

  function without<T>(gateway: Gateway, work: () => Promise<T>): Promise<T> {
    const turn = (turns.get(gateway) ?? Promise.resolve()).then(work)
    turns.set(
      gateway,
      turn.catch(() => {}),
    )
    return turn
  }

  async function nameOf(gateway: Gateway, agent?: Agent): Promise<string> {
    for (;;) {
      const told = await call(gateway, 'DescribeSmartAccessGateways', {}, agent)
      counts.reads++
      if (told.is !== 'success') continue
      const { SmartAccessGateway: found } = told.body['SmartAccessGateways'] as { SmartAccessGateway: readonly Body[] }
      return String(found[0]?.['Name'])
    }
  }

  async function nameAndRead(gateway: Gateway, agent?: Agent): Promise<void> {
    let last = await nameOf(gateway, agent)
    for (let count = 1; !isOver; count++) {
      const Name = `name-${count}`
      const told = await call(gateway, 'ModifySmartAccessGateway', { Name }, agent)
      counts.writes++
      const possible = told.is === 'success' ? [Name] : told.is === 'failure' ? [last] : [last, Name]
      last = await nameOf(gateway, agent)
      if (!possible.includes(last)) wrong.push(`${gateway.serial} is called ${last} after ${JSON.stringify(told)}`)
      await pause(pauseMs)
    }
  }

  const accepts = async (gateway: Gateway, password: string): Promise<boolean> =>
    (await logOn(gateway.console(), password)) === 303

  async function connected(gateway: Gateway): Promise<void> {
    await until(`${gateway.serial} is connected`, async () => {
      const told = await call(gateway, 'DescribeSAGDeviceInfo', { SmartAGSn: gateway.serial })
      return told.is === 'success' && told.body['ControllerState'] === 'Normal'
    })
  }

  /** @returns the password that is in force */
  async function change(
    gateway: Gateway,
    old: string | undefined,
    wanted: string,
    agent?: Agent,
  ): Promise<string | undefined> {
    const params = { SmartAGSn: gateway.serial, Password: wanted }
    const told = await call(gateway, 'ModifySAGAdminPassword', params, agent)
    counts.changes++
    // Once it is connected again it accepts what was answered.
    if (told.is !== 'success') await connected(gateway)
    const isNewAtOnce = await accepts(gateway, wanted)
    const isOld = old !== undefined && !isNewAtOnce && (await accepts(gateway, old))
    // One of which nobody knows may come into force between the two questions.
    const isNew = isNewAtOnce || (told.is === 'unknown' && !isOld && (await accepts(gateway, wanted)))
    const isTrue = told.is === 'success' ? isNew : told.is === 'failure' ? !isNew && (old === undefined || isOld) : true
    const isOne = isNew || isOld || old === undefined
    if (!isTrue || !isOne)
      wrong.push(
        `${gateway.serial} has ${isNew ? 'the new' : isOld ? 'the old' : 'no'} password after ${JSON.stringify(told)}`,
      )
    return isNew ? wanted : old
  }

  async function changeAndLogOn(gateway: Gateway, agent?: Agent): Promise<void> {
    let before: string | undefined
    let now: string | undefined
    for (let count = 1; !isOver; count++) {
      const old: string | undefined = now
      now = await without(gateway, () => change(gateway, old, `Rolled_${gateway.serial}_${count}`, agent))
      if (now !== old) before = old
      await pause(pauseMs)
    }
    if (now !== undefined && !(await accepts(gateway, now)))
      wrong.push(`${gateway.serial} refuses its password in the end`)
    if (before !== undefined && (await accepts(gateway, before)))
      wrong.push(`${gateway.serial} accepts its last password in the end`)
  }

  const agentOf = (index: number): Agent | undefined => (index % 2 === 0 ? kept : undefined)
  const workers = gateways.flatMap((gateway, index) => [
    nameAndRead(gateway, agentOf(index)),
    changeAndLogOn(gateway, agentOf(index)),
  ])
  const done = Promise.all(workers)
  done.catch(() => {}) // told to whoever ends them

  const soFar = (): Tally => ({ ...counts, failed: [...failed], wrong: [...wrong] })
  return {
    without,
    connected,
    soFar,
    async end() {
      isOver = true
      await done
      kept.destroy()
      return soFar()
    },
  }
}
