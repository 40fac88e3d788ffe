// Whether a parameter does anything: the same call is made in two equal worlds, with and without another value of it.
import { createHash } from 'node:crypto'
import type { Caller } from '../../access/caller.ts'
import { Refusal } from '../../declare/index.ts'
import { orderDetails } from '../../store/fleet/order-details.ts'
import { copyTestStore, openTestStore } from '../../store/testing/database.suite.ts'
import type { Operation } from '../operation.ts'
import { allOperations } from '../registry.ts'
import type { Answer, Params } from './front-door.suite.ts'
import { type Harness, openHarnessOn } from './harness-on.suite.ts'
import { alike, lookAt, looksAlike, type Observe, type Observers, type Sight } from './observers.suite.ts'

/**
 * Another value of a parameter: instead of the one of the row, or with others beside it in both calls; null leaves it out,
 * `follow` takes what the answer to a page of one entry has under that name.
 */
export type Other =
  | string
  | null
  | { readonly to: Readonly<Record<string, string | null>>; readonly beside?: Params }
  | { readonly follow: 'Marker' | 'NextToken' | 'Since'; readonly by: Params }

export interface Row {
  readonly operation: Operation
  /** A call that is done in the world of the test, or refused with this code. */
  readonly base: Params
  readonly refused?: string
  /** By parameter; what is not here has a value in {@link elsewhere}. */
  readonly other?: Readonly<Record<string, Other>>
  readonly caller?: Caller
  /** What must be different of the world, for both calls. */
  prepare?(world: Harness): Promise<void>
}

export function named(name: string): Operation {
  const found = allOperations.find((operation) => operation.name === name)
  if (found === undefined) throw new Error(`There is no operation ${name}.`)
  return found
}

export function row(
  name: string,
  base: Params,
  other: Readonly<Record<string, Other>> = {},
  more: Partial<Row> = {},
): Row {
  return { operation: named(name), base, other, ...more }
}

/** Names of what is not there, and a region where nothing is. */
export const elsewhere: Readonly<Record<string, string>> = {
  RegionId: 'cn-hangzhou',
  SmartAGId: 'sag-nothing',
  SagId: 'sag-nothing',
  SagInsId: 'sag-nothing',
  SmartAGSn: 'sagnothing',
  Sn: 'sagnothing',
  SagSn: 'sagnothing',
  SerialNumber: 'sagnothing',
  SmartAGUid: '1210123456000000',
  CcnId: 'ccn-nothing',
  CcnInstanceId: 'ccn-nothing',
  AclId: 'acl-nothing',
  QosId: 'qos-nothing',
  VbrId: 'vbr-nothing',
  VbrInstanceId: 'vbr-nothing',
  VbrRegionId: 'cn-hangzhou',
  UserName: 'nobody',
  Username: 'nobody',
  GroupName: 'nobodies',
  RoleName: 'no-role',
  PolicyName: 'no-policy',
  PolicyType: 'System',
  PageNumber: '2',
  PageSize: '1',
  MaxItems: '1',
  MaxResults: '1',
}

/**
 * Parameters that name something, prove something or decide whether it may be: a call may be refused for another value.
 * Another value of any other has to be accepted.
 */
const deciding =
  /^(\w*(RegionId|Id|Uid|Ids|Sn|SerialNumber)|(User|Group|Role|Policy)Name|ServiceName|Username|PolicyType|AddressType|Address|EnterpriseCode|VersionCode|ResourceUid|RoleArn|CrossAccount|Examples|Marker|NextToken|All|Tag|VersionType|OldPassword|OwnPassword|RotateStrategy|CascadingDelete)$/

/** Why a parameter of the row does not pass; undefined when something follows from it. */
export type Complaint = string | undefined

export interface Trial {
  /** Where the world lies that every call begins with. */
  readonly template: string
  readonly observers: Observers
}

/** What is to be said against the parameters of a row, in their order. */
export async function complaintsAbout(trial: Trial, row: Row): Promise<readonly string[]> {
  const calls = createCalls(trial, row)
  const names = Object.entries(row.operation.params).flatMap(([name, { state }]) => (state.isIgnored ? [] : [name]))
  const complaints: string[] = []
  try {
    for (const name of names) {
      const complaint = await complaintAbout(row, name, calls)
      if (complaint !== undefined) complaints.push(`${name}: ${complaint}`)
    }
  } finally {
    await calls.end()
  }
  return complaints
}

async function complaintAbout(row: Row, name: string, calls: Calls): Promise<Complaint> {
  const given = row.other ?? {}
  const other = name in given ? given[name] : elsewhere[name]
  if (other === undefined) return 'no other value'
  const { to, beside } = await valuesOf(row, name, other, calls)
  const before = { ...row.base, ...beside }
  const changed = Object.entries({ ...before, ...to }).filter(([, value]) => value !== null)
  const [one, another] = [await calls.of(before), await calls.of(Object.fromEntries(changed) as Params)]
  if (one.code !== row.refused) return `the call of the row is answered ${one.code}`
  if (another.code !== undefined && another.code !== row.refused && !deciding.test(name))
    return `refused ${another.code}`
  if (!alike([one.code, one.answer], [another.code, another.answer])) return undefined
  return (await calls.lookAlike(one, another)) ? 'nothing' : undefined
}

async function valuesOf(row: Row, name: string, other: Other, calls: Calls) {
  if (other === null || typeof other === 'string') return { to: { [name]: other } }
  if ('to' in other) return other
  const { answer } = await calls.of({ ...row.base, ...other.by })
  return { to: { [name]: String(answer?.[other.follow]) }, beside: other.by }
}

interface Outcome {
  readonly code: string | undefined
  readonly answer: Answer | undefined
  readonly world: World
}

/** What is seen of the world after the call. */
type World = (observe: Observe) => Sight

interface Calls {
  of(params: Params): Promise<Outcome>
  lookAlike(one: Outcome, another: Outcome): Promise<boolean>
  end(): Promise<void>
}

/** Stands for what is seen of a call without another one. */
const atOnce: Observe = async function* () {}

async function* seenAtOnce(world: Harness, { answer }: Omit<Outcome, 'world'>): AsyncGenerator<unknown> {
  yield requestsOf(world)
  yield await world.store.read((db) => orderDetails(db, String(answer?.['OrderId'])))
}

/** A world that begins as the one that lies in the folder, and is the same each time. */
export function openCopy(template: string): Promise<Harness> {
  return openHarnessOn(async (folder) => {
    await copyTestStore(template, folder)
    return openTestStore(folder)
  }, predictable('call'))
}

/** Each call is made once, in a world of its own; those that change nothing share one. */
function createCalls({ template, observers }: Trial, row: Row): Calls {
  const worlds: Harness[] = []
  const outcomes = new Map<string, Promise<Outcome>>()
  let shared: Promise<Harness> | undefined

  async function open(): Promise<Harness> {
    const world = await openCopy(template)
    worlds.push(world)
    await row.prepare?.(world)
    return world
  }

  async function make(params: Params): Promise<Outcome> {
    if (row.operation.transaction === 'read') shared ??= open()
    const world = await (shared ?? open())
    const owner = world.caller
    world.caller = row.caller ?? owner
    const done = await attempt(world, row.operation, params)
    world.caller = owner
    const sights = new Map([[atOnce, lookAt(seenAtOnce(world, done))]])
    const seenBy: World = (observe) => {
      const known = sights.get(observe) ?? lookAt(observe(world))
      sights.set(observe, known)
      return known
    }
    return { ...done, world: seenBy }
  }

  return {
    of(params) {
      const key = JSON.stringify(params)
      const known = outcomes.get(key) ?? make(params)
      outcomes.set(key, known)
      return known
    },
    async lookAlike(one, another) {
      const look = async (observe: Observe): Promise<boolean> => looksAlike(one.world(observe), another.world(observe))
      if (!(await look(atOnce))) return false
      // What only reads changes nothing.
      for (const observe of row.operation.transaction === 'read' ? [] : observers.inOrder()) {
        if (await look(observe)) continue
        observers.toldApart(observe)
        return false
      }
      return true
    },
    async end() {
      for (const world of worlds) await world.close()
    },
  }
}

/** What a call does or is refused with. A defect is thrown. */
export async function attempt(world: Harness, operation: Operation, params: Params): Promise<Omit<Outcome, 'world'>> {
  try {
    return { code: undefined, answer: await world.call(operation, params) }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { code: error.code, answer: undefined }
  }
}

/** Sees what a call answers in a world. */
export async function* seeIn(
  world: Harness,
  name: string,
  params: Params,
): AsyncGenerator<unknown, Answer | undefined, void> {
  const { code, answer } = await attempt(world, named(name), params)
  yield [name, params, code ?? answer]
  return answer
}

function requestsOf({ gateways, passwords, mail, told }: Harness): unknown {
  return {
    gateways: gateways.requests,
    passwords: passwords.requests.map(({ device, accountId, password }) => [
      device.serial,
      accountId,
      password.reveal(),
    ]),
    mails: mail.sent.map(({ text, ...rest }) => ({ ...rest, text: text.reveal() })),
    told,
  }
}

/** The same bytes each time; another seed for what goes on in a world, or its ids were those of what is there. */
export function predictable(seed: 'template' | 'call'): (bytes: number) => Buffer {
  let count = 0
  return (bytes) => {
    const parts: Buffer[] = []
    for (let left = bytes; left > 0; left -= 32) {
      count += 1
      parts.push(createHash('sha256').update(`${seed} ${count}`).digest())
    }
    return Buffer.concat(parts).subarray(0, bytes)
  }
}
