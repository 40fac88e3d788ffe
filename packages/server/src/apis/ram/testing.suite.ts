// Support for the tests of RAM's operations: puts users, groups, policies and roles straight into the store.
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { codeOfStep, stepAt } from '../../access/totp.ts'
import { smartAgRole } from '../../model/service-linked-roles.ts'
import type { Target } from '../../store/access/attachments.ts'
import type { RamGroup } from '../../store/access/groups.ts'
import type { KeyOwner } from '../../store/access/keys.ts'
import type { NamedTable } from '../../store/access/named.ts'
import type { CustomPolicy } from '../../store/access/policies.ts'
import { createRam, type Ram } from '../../store/access/ram.ts'
import type { RamRole } from '../../store/access/roles.ts'
import type { RamUser } from '../../store/access/users.ts'
import type { Operation } from '../operation.ts'
import type { Harness } from '../testing/harness-on.suite.ts'
import { accountId } from '../testing/names.suite.ts'
import { createAccessKey } from './access-keys/create-access-key.ts'
import { bindMfaDevice as bind } from './mfa-devices/bind-mfa-device.ts'
import { createVirtualMfaDevice } from './mfa-devices/create-virtual-mfa-device.ts'
import { createServiceLinkedRole } from './roles/create-service-linked-role.ts'

export const document = '{"Version":"1","Statement":[{"Effect":"Allow","Action":"smartag:Describe*","Resource":"*"}]}'
export const otherDocument = document.replace('Allow', 'Deny')
export const trust = JSON.stringify({
  Version: '1',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { RAM: [`acs:ram::${accountId}:root`] } }],
})
/** When the world of a test began, as RAM writes it. */
export const began = '2024-01-31T12:00:00Z'

/** Changes things the way operations do, without one. */
export function change<T>({ store }: Harness, work: (ram: Ram) => Promise<T>): Promise<T> {
  return store.write((tx) => work(createRam(tx)))
}

export function look<T>({ store }: Harness, work: (ram: Ram) => Promise<T>): Promise<T> {
  return store.read((db) => work(createRam(db)))
}

async function present<T>(found: Promise<T | undefined>): Promise<T> {
  const value = await found
  if (value === undefined) throw new Error('What was put into the store is not there.')
  return value
}

/** The id of something that is put into the store: 18 digits, as real ones have, and the same in every world. */
export function idOf(kind: 'user' | 'group' | 'role' | 'policy', name: string, account = accountId): string {
  const hash = createHash('sha256').update(`${kind} ${account} ${name}`).digest()
  return `2${String(hash.readBigUInt64BE() % 10n ** 17n).padStart(17, '0')}`
}

export interface Placed {
  readonly accountId?: string
}

export function addUser(world: Harness, name = 'alice', { accountId: account = accountId }: Placed = {}) {
  return change(world, async ({ users }): Promise<RamUser> => {
    await users.add({ id: idOf('user', name, account), accountId: account, name, createdAt: world.now })
    return present(users.user(account, name))
  })
}

/** A key of the user `alice`, who is added when she is not there. */
export async function addKey(world: Harness): Promise<{ readonly id: string; readonly owner: KeyOwner }> {
  const user = (await look(world, ({ users }) => users.user(accountId, 'alice'))) ?? (await addUser(world))
  const { AccessKey } = await world.call(createAccessKey, { UserName: user.name })
  return { id: (AccessKey as { AccessKeyId: string }).AccessKeyId, owner: { accountId, userId: user.id } }
}

export function addGroup(world: Harness, name = 'Dev-Team', { accountId: account = accountId }: Placed = {}) {
  return change(world, async ({ groups }): Promise<RamGroup> => {
    await groups.add({ id: idOf('group', name, account), accountId: account, name, createdAt: world.now })
    return present(groups.group(account, name))
  })
}

/** A role that belongs to a service, with its policy. */
export async function addLinkedRole(world: Harness): Promise<{ readonly RoleName: string }> {
  await world.call(createServiceLinkedRole, { ServiceName: smartAgRole.serviceName })
  return { RoleName: smartAgRole.roleName }
}

export function addRole(world: Harness, name = 'GatewayAdmin', { accountId: account = accountId }: Placed = {}) {
  return change(world, async ({ roles }): Promise<RamRole> => {
    await roles.add({
      id: idOf('role', name, account),
      accountId: account,
      name,
      description: undefined,
      trustPolicy: trust,
      maxSessionDuration: 3600,
      createdAt: world.now,
    })
    return present(roles.role(account, name))
  })
}

export function addPolicy(
  world: Harness,
  name = 'Gateway-Operator',
  { accountId: account = accountId, examples }: Placed & { readonly examples?: string } = {},
) {
  return change(world, async ({ policies }): Promise<CustomPolicy> => {
    await policies.add({
      id: idOf('policy', name, account),
      accountId: account,
      name,
      description: undefined,
      document,
      examples,
      createdAt: world.now,
    })
    return present(policies.policy(account, name))
  })
}

/** Versions beside the first, none of them the default. */
export async function addVersions(world: Harness, policy: CustomPolicy, count: number): Promise<void> {
  const version = { document: otherDocument, setAsDefault: false, examples: undefined, createdAt: world.now }
  for (let added = 0; added < count; added += 1)
    await change(world, ({ policies }) => policies.addVersion(policy, version))
}

export function attach(
  world: Harness,
  target: Target,
  name = 'Gateway-Operator',
  type: 'Custom' | 'System' = 'Custom',
): Promise<void> {
  return change(world, ({ attachments }) => attachments.attach(accountId, { type, name }, target, world.now))
}

export const toUser = ({ id }: RamUser): Target => ({ kind: 'user', id })
export const toGroup = ({ id }: RamGroup): Target => ({ kind: 'group', id })
export const toRole = ({ id }: RamRole): Target => ({ kind: 'role', id })

/** As many rows as are given, for the limits. */
export async function fill({ store }: Harness, table: NamedTable, count: number): Promise<void> {
  const more = {
    ram_user: {},
    ram_group: {},
    ram_role: { trust_policy: trust, max_session_duration: 3600 },
    ram_policy: { last_version: 1 },
  }[table]
  const rows = Array.from({ length: count }, (_, index) => ({
    id: `filler ${index}`,
    account_id: accountId,
    name: `filler-${index}`,
    created_at: 0,
    updated_at: 0,
    ...more,
  }))
  await store.write(async (tx) => {
    for (let at = 0; at < count; at += 500) {
      await tx
        .insertInto(table)
        .values(rows.slice(at, at + 500) as never)
        .execute()
    }
  })
}

/** That the names among the parameters are checked, each with its own codes. */
export function testNames(
  operation: Operation,
  world: () => Harness,
  given: Readonly<Record<string, string>>,
  ...params: readonly string[]
): void {
  test.each(
    params.flatMap((param) => [
      [`InvalidParameter.${param}.InvalidChars`, param, 'no\u0007/name'],
      [`InvalidParameter.${param}.Length`, param, 'a'.repeat(129)],
    ]),
  )('%s', async (code, param, value) => {
    expect(await world().refused(operation, { ...given, [param]: value })).toBe(code)
  })
}

/** That a text may be as long as its limit, in characters, and no longer. */
export function testLength(
  operation: Operation,
  world: () => Harness,
  given: Readonly<Record<string, string>>,
  param: string,
  most: number,
): void {
  test(`InvalidParameter.${param}.Length: more than ${most} characters`, async () => {
    const long = '网😀'.repeat(most)
    const characters = [...long]
    const asked = (count: number) => ({ ...given, [param]: characters.slice(0, count).join('') })
    expect(await world().refused(operation, asked(most + 1))).toBe(`InvalidParameter.${param}.Length`)
    await expect(world().call(operation, asked(most))).resolves.toBeDefined()
  })
}

/** A second factor as its owner has it: what an authenticator shows, `steps` of 30 seconds from now. */
export interface Authenticator {
  readonly serial: string
  code(steps: number): string
}

export async function addMfaDevice(world: Harness, name = 'phone'): Promise<Authenticator> {
  const { VirtualMFADevice } = await world.call(createVirtualMfaDevice, { VirtualMFADeviceName: name })
  const { SerialNumber, Base32StringSeed } = VirtualMFADevice as Record<string, string>
  const seed = fromBase32(Base32StringSeed ?? '')
  return { serial: SerialNumber ?? '', code: (steps) => codeOfStep(seed, stepAt(world.wallNow) + steps) }
}

/** Binds it with the codes of the step before and of now. */
export async function bindMfaDevice(world: Harness, UserName: string, { serial, code }: Authenticator): Promise<void> {
  const codes = { AuthenticationCode1: code(-1), AuthenticationCode2: code(0) }
  await world.call(bind, { SerialNumber: serial, UserName, ...codes })
}

/** What an authenticator makes of a seed that is typed. */
export function fromBase32(text: string): Buffer {
  const bits = [...text].map((digit) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(digit).toString(2).padStart(5, '0'))
  return Buffer.from((bits.join('').match(/[01]{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}
