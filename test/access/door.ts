import { randomBytes } from 'node:crypto'
import { pino } from 'pino'
import { createAuthorise } from '../../packages/server/src/access/authorise.ts'
import { createCompiledPolicies } from '../../packages/server/src/access/compiled-policies.ts'
import { createCredentialSource } from '../../packages/server/src/access/credentials.ts'
import { createDeny } from '../../packages/server/src/access/denial.ts'
import { createIds } from '../../packages/server/src/apis/ids.ts'
import { apis } from '../../packages/server/src/apis/registry.ts'
import type { Harness } from '../../packages/server/src/apis/testing/harness.suite.ts'
import type { Api, Operation } from '../../packages/server/src/declare/index.ts'
import { dispatch } from '../../packages/server/src/rpc/dispatch.ts'
import { defaultLimits } from '../../packages/server/src/rpc/limits.ts'
import type { FrontDoorOptions } from '../../packages/server/src/rpc/options.ts'
import { type ClientKey, signV1, urlencoded } from '../../packages/server/src/rpc/testing/signing-client.suite.ts'
import type { Sealer } from '../../packages/server/src/sealing/sealing.ts'
import type { AccessKeyPair } from '../../packages/server/src/store/access/keys.ts'
import type { SessionCredentials } from '../../packages/server/src/store/access/session-credentials.ts'
import { createOwnersOf } from '../../packages/server/src/store/resource-owners.ts'

export type Request = Readonly<Record<string, string>>

export interface Reply {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
  /** As it went out. */
  readonly payload: string
}

/** The front door in this process, before a real store: everything of a call but the socket. */
export interface AccessDoor {
  readonly failures: string[]
  call(api: Api, operation: Operation, request: Request, as: ClientKey): Promise<Reply>
  /** Exactly these parameters, signed or not. */
  send(params: Request): Promise<Reply>
}

export const source = '198.51.100.7'

export function keyOf({ accessKeyId, accessKeySecret }: AccessKeyPair): ClientKey {
  return { accessKeyId, secret: accessKeySecret.reveal() }
}

export function sessionKeyOf(session: SessionCredentials): ClientKey {
  return { ...keyOf(session), securityToken: session.securityToken.reveal() }
}

export function openDoor({ store, now: at }: Harness, sealer: Sealer): AccessDoor {
  const failures: string[] = []
  const now = (): number => at
  const options: FrontDoorOptions = {
    store,
    apis,
    authorise: createAuthorise(createCompiledPolicies(store), createDeny(sealer)),
    ownersOf: createOwnersOf(store),
    credentials: createCredentialSource(store, sealer),
    noteUse: () => {},
    flow: { admitSource: () => {}, admitUser: () => {}, admitAlertTest: () => {} },
    wallClock: now,
    isFenced: () => false,
    refusesWrites: () => false,
    noteFailure: () => {},
    businessClock: now,
    shop: true,
    ids: createIds(randomBytes),
    adminPasswords: { change: async () => 'accepted' },
    gateways: {
      reboot: async () => 'done',
      upgrade: async () => 'done',
      synchronise: async () => 'done',
      ask: async () => 'done',
      tool: async () => ({ is: 'busy' }),
    },
    mailer: { send: async () => {} },
    sendAlert: async () => undefined,
    tellGateways: () => {},
    sealer,
    logger: pino({ level: 'error' }, { write: (line: string) => void failures.push(line) }),
    endpoint: 'sag.example:7240',
  }

  async function send(params: Request): Promise<Reply> {
    const request = {
      method: 'POST',
      target: `/?${urlencoded(params)}`,
      headers: { host: options.endpoint },
      distinct: () => ({}),
      body: Buffer.alloc(0),
      secure: false,
      source,
    }
    const { status, payload } = await dispatch(request, options, defaultLimits)
    return { status, payload, body: JSON.parse(payload) }
  }

  return {
    failures,
    send,
    call: ({ version }, { name }, request, as) =>
      send(signV1(as, { ...request, Action: name, Version: version }, { now: at })),
  }
}
