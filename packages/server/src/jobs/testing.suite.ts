// Support for tests of jobs: nodes that work on the jobs of a world, with gateways that the test tells what to do.
import { randomBytes } from 'node:crypto'
import { systemTimers } from '@opensag/protocol'
import { pino } from 'pino'
import { createAuthorise } from '../access/authorise.ts'
import { createCompiledPolicies } from '../access/compiled-policies.ts'
import { createDeny } from '../access/denial.ts'
import { createIds } from '../apis/ids.ts'
import { apis } from '../apis/registry.ts'
import type { Harness } from '../apis/testing/harness-on.suite.ts'
import { accountId } from '../apis/testing/names.suite.ts'
import { change } from '../apis/testing/networks.suite.ts'
import type { AdminPasswords, CommandOutcome, PasswordOutcome } from '../model/gateway-requests.ts'
import { createCallAs } from '../rpc/call-as.ts'
import type { FrontDoorOptions } from '../rpc/options.ts'
import { decidePasswordChange, journalPasswordChange } from '../store/gateways/password-changes.ts'
import { createOwnersOf } from '../store/resource-owners.ts'
import { advanceJobs, type JobContext } from './engine.ts'
import { createJobMemory } from './memory.ts'

export interface Gateways {
  /** What it was asked: `reboot sag1`. */
  readonly asked: string[]
  /** What a gateway does when it is asked. */
  answer: (request: string, serial: string) => Promise<CommandOutcome>
}

/** Its journal says the same as the real one's, in the same order; what is asked shows which password came. */
async function changePassword(
  { store, wallNow }: Harness,
  gateways: Gateways,
  { device, password, accountId, principal, requestId }: Parameters<AdminPasswords['change']>[0],
): Promise<PasswordOutcome> {
  const { serial, instanceId = '' } = device
  const request = `password ${serial} ${password.reveal()}`
  password.wipe()
  gateways.asked.push(request)
  const id = `change-${requestId}`
  const entry = { id, serial, instanceId, accountId, principal, requestId, requestedAt: wallNow, generation: 1 }
  await store.write((tx) => journalPasswordChange(tx, entry))
  const outcome = await gateways.answer(request, serial)
  const decision = outcome === 'done' ? 'succeeded' : 'failed'
  await store.write((tx) => decidePasswordChange(tx, { id, outcome: decision, at: wallNow }))
  return outcome === 'done' ? 'accepted' : outcome
}

export function createGateways(): Gateways {
  return { asked: [], answer: async () => 'done' }
}

export function openNode(world: Harness, gateways: Gateways, nodeId = 'node-1'): JobContext {
  const { store, sealer } = world
  const ask = (request: string, serial: string): Promise<CommandOutcome> => {
    gateways.asked.push(request)
    return gateways.answer(request, serial)
  }
  const reached = (outcome: CommandOutcome) => (outcome === 'refused' ? 'unreachable' : outcome)
  const options: FrontDoorOptions = {
    store,
    apis,
    authorise: createAuthorise(createCompiledPolicies(store), createDeny(sealer)),
    ownersOf: createOwnersOf(store),
    credentials: { byAccessKeyId: async () => undefined, byBearerToken: async () => undefined },
    noteUse: () => {},
    flow: { admitSource: () => {}, admitUser: () => {}, admitAlertTest: () => {} },
    wallClock: () => world.wallNow,
    isFenced: () => false,
    refusesWrites: () => false,
    noteFailure: () => {},
    businessClock: () => world.now,
    shop: true,
    timers: systemTimers,
    ids: createIds(randomBytes),
    adminPasswords: { change: (asked) => changePassword(world, gateways, asked) },
    gateways: {
      reboot: ({ serial }) => ask(`reboot ${serial}`, serial),
      upgrade: ({ serial }, to) => ask(`upgrade ${serial} ${to}`, serial),
      synchronise: async ({ serial }) => reached(await ask(`synchronise ${serial}`, serial)),
      tool: async () => 'unknown',
      ask: async ({ serial }) => reached(await ask(`ask ${serial}`, serial)),
    },
    mailer: { send: async () => {} },
    sendAlert: async () => undefined,
    tellGateways: () => {},
    sealer,
    logger: pino({ level: 'silent' }),
    endpoint: '127.0.0.1:7240',
  }
  const { wallClock, businessClock, logger, refusesWrites } = options
  const memory = createJobMemory()
  return {
    store,
    nodeId,
    callAs: createCallAs(options),
    memory,
    sealer,
    refusesWrites,
    wallClock,
    businessClock,
    logger,
  }
}

/** Looks at the jobs so many times. */
export async function look(node: JobContext, times = 1): Promise<void> {
  for (let time = 0; time < times; time++) await advanceJobs(node)
}

/** A user who may do what the document says, until the policy is detached. */
export async function addOperator(world: Harness, document: string): Promise<{ readonly id: string }> {
  const id = '200000000000000001'
  await change(world, async ({ ram }) => {
    await ram.users.add({ id, accountId, name: 'zhang', createdAt: 0 })
    const policy = { id: '400000000000000001', accountId, name: 'restarts', createdAt: 0 }
    await ram.policies.add({ ...policy, description: undefined, document, examples: undefined })
    await ram.attachments.attach(accountId, { type: 'Custom', name: 'restarts' }, { kind: 'user', id }, 0)
  })
  return { id }
}

/** Instances with a device each: `sag-0` with `sag0`, and so on. */
export async function addGateways(world: Harness, count: number): Promise<readonly string[]> {
  const ids: string[] = []
  for (let index = 0; index < count; index++) {
    const id = await world.addInstance({ id: `sag-${index}` })
    await world.addDevice(id, { serial: `sag${index}`, startedAt: 1, version: '2.3.0.0' })
    ids.push(id)
  }
  return ids
}

/** The only job, and how its items stand. */
export async function jobIn({ store }: Harness) {
  const job = await store.read((db) => db.selectFrom('job').selectAll().executeTakeFirstOrThrow())
  const items = await store.read((db) => db.selectFrom('job_item').selectAll().orderBy('position').execute())
  return { ...job, items: items.map(({ state, code }) => (code === null ? state : `${state} ${code}`)) }
}
