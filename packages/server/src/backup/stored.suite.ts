import { Secret } from '@opensag/protocol'
import { createSealer } from '../sealing/sealing.ts'
import { createFleet } from '../store/fleet/create-fleet.ts'
import { enrolGateway } from '../store/gateways/gateways.ts'
import { saveHeldPassword } from '../store/gateways/held-passwords.ts'
import { journalPasswordChange } from '../store/gateways/password-changes.ts'
import { saveTickets } from '../store/gateways/tickets.ts'
import { startSession } from '../store/remote-users/client-sessions.ts'
import type { Writer } from '../store/store.ts'

export const at = Date.UTC(2026, 10, 28, 12)
export const hour = 3_600_000
export const accountId = '1210123456123456'
const sealer = createSealer(Buffer.alloc(32))

/** A store with two gateways, users, keys, sessions and changes, of which some are under way at `at`. */
export async function fillStore(tx: Writer): Promise<void> {
  await tx.insertInto('account').values({ id: accountId, name: 'one', created_at: 0 }).execute()
  const named = { account_id: accountId, created_at: 0, updated_at: 0 }
  await tx
    .insertInto('ram_user')
    .values({
      id: 'u1',
      name: 'bob',
      ...named,
      display_name: null,
      mobile_phone: null,
      email: null,
      comments: null,
      last_login_at: null,
    })
    .execute()
  for (const [id, userId, status] of [
    ['LTAI1', null, 'Active'],
    ['LTAI2', 'u1', 'Active'],
    ['LTAI3', 'u1', 'Inactive'],
  ] as const) {
    await tx
      .insertInto('access_key')
      .values({
        id,
        account_id: accountId,
        secret_sealed: '',
        status,
        created_at: Number(id.slice(4)),
        user_id: userId,
        last_used_at: null,
      })
      .execute()
  }
  await tx
    .insertInto('ram_attachment')
    .values({
      account_id: accountId,
      target_kind: 'user',
      target_id: 'u1',
      policy_type: 'System',
      policy_name: 'AdministratorAccess',
      attached_at: 0,
    })
    .execute()
  for (const [id, expiresAt] of [
    ['STS.live', at + hour],
    ['STS.over', at],
  ] as const) {
    await tx
      .insertInto('sts_session')
      .values({
        id,
        account_id: accountId,
        secret_sealed: '',
        token_hash: '',
        created_at: 0,
        expires_at: expiresAt,
        access_key_id: 'LTAI1',
        user_id: null,
        profile_tag: null,
        role_id: null,
        session_name: null,
        policy: null,
        begun_by: '',
      })
      .execute()
  }
  await fillFleet(tx)
}

async function fillFleet(tx: Writer): Promise<void> {
  const fleet = createFleet(tx, sealer)
  const instanceId = 'sag-1'
  await fleet.addInstance({
    id: instanceId,
    accountId,
    regionId: 'cn-shanghai',
    kind: 'hardware',
    spec: 'sag-1000',
    haType: 'no_backup',
    maxBandwidth: 50,
    orderId: 'o1',
    alreadyHaveSag: true,
    periodMonths: 12,
    createdAt: 1,
  })
  await tx.updateTable('instance').set({ security_lock_threshold: 60, connection_audit: 1 }).execute()
  for (const serial of ['sag1', 'sag2', 'sag3']) {
    await fleet.addDevice({
      serial,
      model: 'sag-1000',
      version: '2.3.1.1',
      resettable: true,
      createdAt: 0,
      enrolmentKey: Secret.of('key'),
    })
  }
  await tx.updateTable('device').set({ instance_id: instanceId, last_seen_at: 1000 }).execute()
  for (const serial of ['sag1', 'sag2']) {
    await enrolGateway(tx, serial, { signKey: 'sign', sealKey: 'seal', at: 1 })
    await saveTickets(tx, serial, { ticket: 'now', ticketNext: 'next' })
  }
  await saveHeldPassword(tx, 'sag1', { changeId: 'done', sealKey: 'seal', deposit: 'd', generation: 4 }, 2)
  await tx.updateTable('device').set({ node: 'n' }).where('serial', '=', 'sag1').execute()
  for (const [id, outcome] of [
    ['done', 'succeeded'],
    ['open', 'requested'],
  ] as const) {
    const change = {
      id,
      serial: 'sag1',
      instanceId,
      accountId,
      principal: '',
      requestId: '',
      requestedAt: 1,
      generation: 4,
    }
    await journalPasswordChange(tx, change)
    await tx.updateTable('password_change').set({ outcome }).where('id', '=', id).execute()
  }
  const session = {
    id: 's1',
    instanceId,
    userName: 'alice',
    address: 1,
    onlineAt: 1,
    lastSeenAt: at,
    terminal: '',
    source: '',
  }
  await startSession(tx, session, 'hash')
}
