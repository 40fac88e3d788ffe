import { type Secret, sourceOf } from '@opensag/protocol'
import type { Claimed } from '../access/failures.ts'
import { silentSince } from '../model/logon.ts'
import { recordConnection } from '../store/remote-users/client-sessions.ts'
import type { Reader } from '../store/store.ts'
import { type Admitted, admit } from './admit.ts'
import type { RemoteAccessContext } from './context.ts'
import { createCrowdLimit } from './crowd-limit.ts'
import { LogonRefusal, type RefusalCode } from './refusals.ts'
import type { LogonRequest, Target } from './requests.ts'
import { hashOfToken, newToken } from './tokens.ts'

/** A password check takes 19 MiB and tens of milliseconds of a processor. */
const mostAtOnce = 64

export interface Logon {
  readonly session: Admitted
  readonly token: Secret
}

/** `pop`: the point of presence that asks, for a session with a tunnel. */
export type LogOn = (request: LogonRequest, address: string | undefined, pop?: string) => Promise<Logon>

/** The account whose password somebody gave. */
export type Authenticate = (request: LogonRequest, address: string | undefined) => Promise<Account>

export interface Logons {
  /** @throws LogonRefusal */
  readonly logOn: LogOn
  /** Without a session. @throws LogonRefusal */
  readonly authenticate: Authenticate
}

/**
 * A remote user logs on.
 *
 * What can be told apart by text or time without the right password is only what the request itself says: everybody is
 * throttled by the names they give, one hash is checked whoever exists, and records of failures wait for no answer.
 */
export function createLogons(context: RemoteAccessContext): Logons {
  const oneOfMany = createCrowdLimit(mostAtOnce, () => new LogonRefusal('ServerBusy', 1))
  return {
    logOn: (request, address, pop) => oneOfMany(() => logOn(context, request, { address, pop })),
    authenticate: (request, address) => oneOfMany(() => authenticate(context, request, address)),
  }
}

async function authenticate(
  context: RemoteAccessContext,
  { target, userName, password, terminal }: LogonRequest,
  address: string | undefined,
): Promise<Account> {
  const { store, throttle, passwords } = context
  const source = boundedSource(address)
  const attempt = await throttle.begin([`${keyOf(target)} ${userName}`, sourceOf(address)], context.wallClock())
  const failed = (reason: RefusalCode, account?: Account): void =>
    context.noteFailure({ action: 'RemoteLogon', reason, source, claimed: account && claimedOf(account, userName) })
  if (!attempt.allowed) failed('TooManyAttempts')
  if (!attempt.allowed) throw new LogonRefusal('TooManyAttempts', Math.ceil(attempt.wait / 1000))

  const account = await store.read((db) => findAccount(db, target, userName))
  if (!(await passwords.check(account?.passwordHash, password)) || account === undefined) {
    failed('LogonFailed', account)
    const instanceId = account?.instanceId ?? ('instanceId' in target ? target.instanceId : undefined)
    if (instanceId !== undefined) {
      const refused = { instanceId, userName, event: 'refused', detail: 'LogonFailed', terminal, source } as const
      const at = context.businessClock()
      context.aside(
        'recording a refused logon failed',
        store.write((tx) => recordConnection(tx, { ...refused, at })),
      )
    }
    throw new LogonRefusal('LogonFailed')
  }
  await attempt.succeeded()
  return account
}

async function logOn(
  context: RemoteAccessContext,
  request: LogonRequest,
  { address, pop }: { readonly address: string | undefined; readonly pop: string | undefined },
): Promise<Logon> {
  const { store, random } = context
  const { userName, terminal } = request
  const account = await authenticate(context, request, address)
  const token = newToken(random)
  const seenAt = context.wallClock()
  const claim = {
    ...account,
    userName,
    terminal,
    source: boundedSource(address),
    pop,
    sessionId: random(16).toString('hex'),
    tokenHash: hashOfToken(token),
    now: context.businessClock(),
    seenAt,
    silentAt: silentSince(context.heartbeat, seenAt),
  }
  const session = await store.write((tx) => admit(tx, claim))
  if (typeof session === 'string') throw new LogonRefusal(session)
  return { session, token }
}

export interface Account {
  readonly instanceId: string
  readonly accountId: string
  readonly passwordHash: string
}

function claimedOf({ accountId, instanceId }: Account, userName: string): Claimed {
  return {
    kind: 'RemoteUser',
    accountId,
    principal: `remote-user/${instanceId}/${userName}`,
    resource: `acs:smartag:*:${accountId}:smartag/${instanceId}`,
  }
}

/**
 * The account a name means. Behind an enterprise code several services can have one of that name: the first by instance
 * id counts, so that one hash is checked for everybody; the others are reached by their instance (C).
 */
async function findAccount(db: Reader, target: Target, userName: string): Promise<Account | undefined> {
  const accounts = db
    .selectFrom('instance')
    .innerJoin('client_user', 'client_user.instance_id', 'instance.id')
    .select([
      'client_user.instance_id as instanceId',
      'instance.account_id as accountId',
      'client_user.password_hash as passwordHash',
    ])
    .where('instance.kind', '=', 'app')
    .where('client_user.name', '=', userName)
  const wanted =
    'instanceId' in target
      ? accounts.where('instance.id', '=', target.instanceId)
      : accounts.where('instance.enterprise_code', '=', target.enterpriseCode)
  return wanted.orderBy('instance.id').limit(1).executeTakeFirst()
}

function keyOf(target: Target): string {
  return 'instanceId' in target ? target.instanceId : target.enterpriseCode
}

/** As the audit keeps it. A proxy may have been told anything. */
function boundedSource(address: string | undefined): string {
  return (address ?? 'unknown').replace(/[^0-9A-Za-z.:%_-]/g, '').slice(0, 64)
}
