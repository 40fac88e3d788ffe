import { randomBytes } from 'node:crypto'
import { Secret } from '@opensag/protocol'
import { createIds } from '../../packages/server/src/apis/ids.ts'
import { addAcl, addAclRule } from '../../packages/server/src/apis/testing/acl.suite.ts'
import { addPackage } from '../../packages/server/src/apis/testing/dpi.suite.ts'
import type { Harness } from '../../packages/server/src/apis/testing/harness-on.suite.ts'
import { addJob } from '../../packages/server/src/apis/testing/jobs.suite.ts'
import { accountId, regionId } from '../../packages/server/src/apis/testing/names.suite.ts'
import {
  addCcn,
  addDnat,
  addFlowLog,
  addHealthCheck,
  addProbeTask,
  addSnat,
  addVbr,
  change,
} from '../../packages/server/src/apis/testing/networks.suite.ts'
import { addCar, addPolicy, addQos } from '../../packages/server/src/apis/testing/qos.suite.ts'
import { addApp, addUser, addSession as connect } from '../../packages/server/src/apis/testing/remote-users.suite.ts'
import type { Sealer } from '../../packages/server/src/sealing/sealing.ts'
import type { Target } from '../../packages/server/src/store/access/attachments.ts'
import { type AccessKeyPair, keepAccessKey, newAccessKeyPair } from '../../packages/server/src/store/access/keys.ts'
import { createRam } from '../../packages/server/src/store/access/ram.ts'
import type { SessionCredentials } from '../../packages/server/src/store/access/session-credentials.ts'
import { type NewSession, StsSessions } from '../../packages/server/src/store/access/sts-sessions.ts'
import { Alerts } from '../../packages/server/src/store/alerts/alerts.ts'
import { writeAlertChanges } from '../../packages/server/src/store/alerts/changes.ts'

/** What an account can have, by what parameters name it with. */
export interface Things {
  readonly account: string
  readonly instance: string
  readonly app: string
  readonly device: string
  readonly ccn: string
  readonly cen: string
  readonly vbr: string
  readonly snat: string
  readonly dnat: string
  readonly acl: string
  readonly aclRule: string
  readonly qos: string
  readonly qosCar: string
  readonly qosPolicy: string
  readonly flowLog: string
  readonly alert: string
  readonly alertChannel: string
  readonly alertRule: string
  readonly healthCheck: string
  readonly probeTask: string
  readonly applicationPackage: string
  readonly clientUser: string
  readonly job: string
  readonly user: string
  readonly group: string
  readonly role: string
  readonly roleArn: string
  readonly policy: string
  readonly accessKey: string
  /** The serial number of a second factor, bound to nobody. */
  readonly mfaDevice: string
  /** Of the user. */
  readonly consoleSession: string
  /** Of the user. */
  readonly securityKey: string
}
export type Kind = keyof Things

/** An account with one of everything. All texts people wrote contain `mark`, so that an answer that shows one is found. */
export interface Household {
  readonly things: Things
  readonly root: AccessKeyPair
  readonly mark: string
}

/** Longer than any text of ours, and in none of the identifiers requests name. */
export function markOf(account: string): string {
  return `private-${account.slice(-6)}`
}

export async function settle(world: Harness, sealer: Sealer, owner: string = accountId): Promise<Household> {
  const mark = markOf(owner)
  const tail = owner.slice(-4)
  const given = { accountId: owner, name: mark, description: mark, regionId } as const
  const instance = await world.addInstance({ ...given, id: `sag-aaaaaaaaaaaaaa${tail}` })
  const device = await world.addDevice(instance, { serial: `sag7000${tail}` })
  const app = await addApp(world, { ...given, id: `sag-bbbbbbbbbbbbbb${tail}` })
  const clientUser = `remote${tail}`
  await addUser(world, app, clientUser, { mail: `${mark}@example.com` })
  await connect(world, app, clientUser)
  const cen = `cen-cccccccccccccc${tail}`
  const ccn = await addCcn(world, {
    accountId: owner,
    name: mark,
    range: '10.0.0.0/8',
    snatRange: '10.255.0.0/24',
    cenId: cen,
  })
  const vbr = await addVbr(world, { accountId: owner, cenId: cen })
  await addSnat(world, instance, '192.168.7.0/24', '10.255.0.7')
  const snat = await world.store.read(async (db) => {
    const row = await db.selectFrom('snat_entry').select('id').where('instance_id', '=', instance).executeTakeFirst()
    if (row === undefined) throw new Error('There is no SNAT entry.')
    return row.id
  })
  const dnat = await addDnat(world, instance, '10.255.0.8')
  const flowLog = await addFlowLog(
    world,
    { id: `fl-ffffffffffffff${tail}`, accountId: owner, name: mark, description: mark },
    instance,
  )
  const acl = await addAcl(world, { accountId: owner, name: mark })
  const aclRule = await addAclRule(world, acl, { name: mark, description: mark })
  const healthCheck = await addHealthCheck(world, instance, {
    id: `hc-hhhhhhhhhhhhhh${tail}`,
    name: mark,
    description: mark,
  })
  const probeTask = await addProbeTask(world, instance, device, {
    id: `probe-tttttttttttttt${tail}`,
    name: mark,
    domain: `${mark}.example.com`,
  })
  const qos = await addQos(world, { accountId: owner, name: mark, description: mark })
  const qosCar = await addCar(world, qos, { name: mark, description: mark })
  const qosPolicy = await addPolicy(world, qos, { name: mark, description: mark })
  const applicationPackage = await addPackage(world, { accountId: owner, id: `abwp-pppppppppppppp${tail}`, name: mark })
  const job = await addJob(world, [instance], { id: `job-jjjjjjjjjjjjjj${tail}`, account_id: owner, creator: mark })
  const people = await settlePeople(world, sealer, owner, mark)
  const root = await addKey(world, sealer, owner)
  const things = {
    account: owner,
    instance,
    app,
    device,
    ccn,
    cen,
    vbr,
    snat,
    dnat,
    flowLog,
    ...(await settleAlerts(world, sealer, owner, mark)),
    acl,
    aclRule,
    healthCheck,
    probeTask,
    applicationPackage,
    qos,
    qosCar,
    qosPolicy,
    clientUser,
    job,
    ...people,
  }
  return { things, root, mark }
}

async function settleAlerts(
  { store }: Harness,
  sealer: Sealer,
  owner: string,
  mark: string,
): Promise<Pick<Things, 'alert' | 'alertChannel' | 'alertRule'>> {
  const tail = owner.slice(-4)
  const [alert, channel, rule] = [`alert-aaaaaaaa${tail}`, `ac-cccccccc${tail}`, `ar-rrrrrrrr${tail}`]
  const kind = 'GatewayOffline' as const
  await store.write(async (tx) => {
    const alerts = new Alerts(tx, sealer)
    const target = Secret.of(`${mark}@example.com`)
    await alerts.channels.add({
      ...{ id: channel, accountId: owner, name: mark, kind: 'Mail', language: 'en', target, secret: undefined },
      createdAt: 0,
    })
    await alerts.rules.set({
      ...{ id: rule, accountId: owner, name: mark, kind, threshold: 5, instanceIds: undefined },
      ...{ channelIds: [channel], quiet: undefined, repeatMinutes: 0, isEnabled: true, createdAt: 0 },
    })
    const begun = {
      ...{ id: alert, accountId: owner, ruleId: rule, ruleName: mark, kind, cause: 'sag1', instanceId: 'sag-gone' },
      ...{ instanceName: mark, serial: undefined, event: undefined, state: 'Open' as const, since: 0, openedAt: 0 },
      ...{ acknowledgedAt: undefined, acknowledgedBy: undefined, closedAt: undefined, toldAt: undefined },
    } as const
    await writeAlertChanges(tx, { begun: [begun], opened: [], ended: [] }, 0)
  })
  return { alert, alertChannel: channel, alertRule: rule }
}

type People = Pick<
  Things,
  'user' | 'group' | 'role' | 'roleArn' | 'policy' | 'accessKey' | 'mfaDevice' | 'consoleSession' | 'securityKey'
>

async function settlePeople(world: Harness, sealer: Sealer, owner: string, mark: string): Promise<People> {
  const tail = owner.slice(-4)
  const names = { user: `user${tail}`, group: `group${tail}`, role: `role${tail}`, policy: `policy${tail}` }
  const roleArn = `acs:ram::${owner}:role/${names.role}`
  const userId = `2000000000000${tail}1`
  await change(world, async ({ ram }) => {
    await ram.users.add({ id: userId, accountId: owner, name: names.user, comments: mark, createdAt: 0 })
    const group = { id: `g-dddddddddddd${tail}`, accountId: owner, name: names.group, createdAt: 0 }
    await ram.groups.add({ ...group, comments: mark })
    await ram.roles.add({
      id: `3000000000000${tail}1`,
      accountId: owner,
      name: names.role,
      description: mark,
      trustPolicy: trustOf(owner),
      maxSessionDuration: 3600,
      createdAt: 0,
    })
    await ram.policies.add({
      id: `4000000000000${tail}1`,
      accountId: owner,
      name: names.policy,
      description: mark,
      document: document('Allow', 'smartag:*', `acs:smartag:*:*:smartag/${mark}`),
      examples: undefined,
      createdAt: 0,
    })
  })
  const key = await addKey(world, sealer, owner, userId)
  await world.store.write((tx) =>
    createRam(tx, sealer).mfaDevices.add(owner, `phone${tail}`, Secret.of('00'.repeat(20)), 0),
  )
  const basis = { accessKeyId: key.accessKeyId, userId }
  const { accessKeyId: consoleSession } = await addSession(world, sealer, { accountId: owner, basis })
  const mfaDevice = `acs:ram::${owner}:mfa/phone${tail}`
  const securityKey = `sk-eeeeeeeeeeee${tail}`
  await change(world, ({ ram }) =>
    ram.securityKeys.add({
      ...{ id: securityKey, accountId: owner, userId, name: mark, credentialId: mark, publicKey: mark, rpId: mark },
      ...{ transports: [], counter: 0, createdAt: 0 },
    }),
  )
  return { ...names, roleArn, accessKey: key.accessKeyId, mfaDevice, consoleSession, securityKey }
}

export function document(effect: 'Allow' | 'Deny', action: string, resource: string | readonly string[]): string {
  return JSON.stringify({ Version: '1', Statement: [{ Effect: effect, Action: action, Resource: resource }] })
}

function trustOf(owner: string): string {
  const statement = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { RAM: `acs:ram::${owner}:root` } }
  return JSON.stringify({ Version: '1', Statement: [statement] })
}

/** A user of the account with one policy, or with none, and the key it signs with. */
export async function addPerson(
  world: Harness,
  sealer: Sealer,
  owner: string,
  name: string,
  ...documents: readonly string[]
): Promise<AccessKeyPair> {
  const id = `5${name}`
  await change(world, ({ ram }) => ram.users.add({ id, accountId: owner, name, createdAt: 0 }))
  await attachAll(world, owner, { kind: 'user', id }, name, documents)
  return addKey(world, sealer, owner, id)
}

/** Temporary keys of an account's user or role, which hang on what is given. */
export async function addSession(
  { store, now }: Harness,
  sealer: Sealer,
  session: Pick<NewSession, 'accountId' | 'basis' | 'role' | 'policy'> & { readonly expiresAt?: number },
): Promise<SessionCredentials> {
  const { expiresAt = now + 60 * 60 * 1000, ...given } = session
  const credentials = { ...createIds(randomBytes).sessionCredentials(), expiresAt }
  await store.write((tx) =>
    new StsSessions(tx, sealer).add({ ...given, credentials, begunBy: 'this test', createdAt: now }),
  )
  return credentials
}

/** A role of the account with these policies. */
export async function addRole(
  world: Harness,
  owner: string,
  name: string,
  ...documents: readonly string[]
): Promise<string> {
  const id = `7${name}`
  await change(world, async ({ ram }) => {
    const facts = { description: undefined, trustPolicy: trustOf(owner), maxSessionDuration: 3600, createdAt: 0 }
    await ram.roles.add({ id, accountId: owner, name, ...facts })
  })
  await attachAll(world, owner, { kind: 'role', id }, name, documents)
  return id
}

async function attachAll(
  world: Harness,
  owner: string,
  target: Target,
  name: string,
  documents: readonly string[],
): Promise<void> {
  await change(world, async ({ ram }) => {
    for (const [index, text] of documents.entries()) {
      const policy = { id: `6${name}${index}`, accountId: owner, name: `of-${name}-${index}`, createdAt: 0 }
      await ram.policies.add({ ...policy, description: undefined, document: text, examples: undefined })
      await ram.attachments.attach(owner, { type: 'Custom', name: policy.name }, target, 0)
    }
  })
}

async function addKey({ store }: Harness, sealer: Sealer, owner: string, userId?: string): Promise<AccessKeyPair> {
  const pair = newAccessKeyPair(randomBytes)
  await store.write((tx) => keepAccessKey(tx, sealer, pair, { accountId: owner, userId }, 0))
  return pair
}
