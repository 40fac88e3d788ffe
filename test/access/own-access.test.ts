import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readyPolicy } from '../../packages/rules/src/index.ts'
import { createConsoleSession } from '../../packages/server/src/apis/opensag/create-console-session.ts'
import { evaluateOwnAccess } from '../../packages/server/src/apis/opensag/evaluate-own-access.ts'
import { listConsoleSessions } from '../../packages/server/src/apis/opensag/list-console-sessions.ts'
import { revokeConsoleSession } from '../../packages/server/src/apis/opensag/revoke-console-session.ts'
import type { Operation } from '../../packages/server/src/apis/operation.ts'
import { apis } from '../../packages/server/src/apis/registry.ts'
import { accountId, type Harness, openHarness, regionId } from '../../packages/server/src/apis/testing/harness.suite.ts'
import type { ClientKey } from '../../packages/server/src/rpc/testing/signing-client.suite.ts'
import { createSealer, type Sealer } from '../../packages/server/src/sealing/sealing.ts'
import { type AccessDoor, keyOf, openDoor, sessionKeyOf } from './door.ts'
import { addPerson, addRole, addSession, document } from './household.ts'

let world: Harness
let door: AccessDoor
let sealer: Sealer

beforeAll(async () => {
  world = await openHarness()
  sealer = createSealer(randomBytes(32))
  door = openDoor(world, sealer)
})
afterAll(() => world.close())

const [, opensag] = [...apis.entries()].find(([, { product }]) => product === 'OpenSAG') ?? []

function call(operation: Operation, key: ClientKey, request: Readonly<Record<string, string>> = {}) {
  if (opensag === undefined) throw new Error('There is no API of OpenSAG.')
  return door.call(opensag, operation, request, key)
}

async function decisions(key: ClientKey, ...questions: readonly (readonly [action: string, resource?: string])[]) {
  const asked = Object.fromEntries(
    questions.flatMap(([action, resource], index) => [
      [`Question.${index + 1}.ActionName`, action],
      ...(resource === undefined ? [] : [[`Question.${index + 1}.ResourceName`, resource]]),
    ]),
  )
  const { status, body } = await call(evaluateOwnAccess, key, asked)
  expect({ status, body }).toMatchObject({ status: 200 })
  return body['Decisions'] as readonly Readonly<Record<string, string>>[]
}

const arn = (id: string) => `acs:smartag:${regionId}:${accountId}:smartag/${id}`

describe('a caller who asks what it may do', () => {
  test('is told so for each call: allowed, allowed in part, denied with what is missing', async () => {
    const on = { instances: ['sag-mine'], networks: [], tags: [] }
    const key = keyOf(await addPerson(world, sealer, accountId, 'asker', readyPolicy({ role: 'operator', on })))
    expect(
      await decisions(
        key,
        ['smartag:ModifySmartAccessGateway', arn('sag-mine')],
        ['smartag:ModifySmartAccessGateway', arn('sag-other')],
        ['opensag:ListFleet'],
        ['smartag:RebootSmartAccessGateway', arn('sag-mine')],
        ['opensag:ListConsoleSessions'],
        ['opensag:ManageConsoleSessions'],
      ),
    ).toEqual([
      expect.objectContaining({ Effect: 'Allow', Reason: 'Allowed' }),
      expect.objectContaining({
        Effect: 'Deny',
        Reason: 'ImplicitDeny',
        MissingAction: 'smartag:ModifySmartAccessGateway',
        MissingResource: arn('sag-other'),
      }),
      expect.objectContaining({ Effect: 'Allow', Reason: 'AllowedInPart' }),
      // It is granted on * only.
      expect.objectContaining({ Effect: 'Deny', MissingResource: '*' }),
      expect.objectContaining({ Effect: 'Allow' }),
      expect.objectContaining({ Effect: 'Deny', MissingAction: 'opensag:ManageConsoleSessions' }),
    ])
  })

  test('is told of an express denial, and of one by the policy of its session', async () => {
    const both = [document('Allow', '*', '*'), document('Deny', 'smartag:Reboot*', '*')]
    const key = keyOf(await addPerson(world, sealer, accountId, 'barred', ...both))
    expect(await decisions(key, ['smartag:RebootSmartAccessGateway'], ['ram:CreateUser'])).toMatchObject([
      { Effect: 'Deny', Reason: 'ExplicitDeny' },
      { Effect: 'Allow' },
    ])
    const id = await addRole(world, accountId, 'wide', document('Allow', '*', '*'))
    const session = await addSession(world, sealer, {
      accountId,
      basis: {},
      role: { id, sessionName: 'x' },
      policy: document('Allow', 'smartag:Describe*', '*'),
    })
    expect(await decisions(sessionKeyOf(session), ['smartag:DescribeRegions'], ['ram:CreateUser'])).toMatchObject([
      { Effect: 'Allow' },
      { Effect: 'Deny' },
    ])
  })
})

describe('sessions of the console', () => {
  test('of others are listed and ended by whoever may manage them, and end at once', async () => {
    const worker = keyOf(await addPerson(world, sealer, accountId, 'worker'))
    const begun = (await call(createConsoleSession, worker)).body['Credentials'] as Readonly<Record<string, string>>
    const session = {
      accessKeyId: begun['AccessKeyId'] ?? '',
      secret: begun['AccessKeySecret'] ?? '',
      securityToken: begun['SecurityToken'] ?? '',
    }
    expect((await call(listConsoleSessions, session)).body).toMatchObject({
      Sessions: [{ SessionId: session.accessKeyId, UserName: 'worker', IsCurrent: true }],
    })
    const refused = await call(listConsoleSessions, worker, { AllUsers: 'true' })
    expect(refused).toMatchObject({
      status: 403,
      body: { Code: 'Forbidden', AccessDeniedDetail: { AuthAction: 'opensag:ManageConsoleSessions' } },
    })

    const right = document('Allow', 'opensag:ManageConsoleSessions', '*')
    const manager = keyOf(await addPerson(world, sealer, accountId, 'manager', right))
    const all = await call(listConsoleSessions, manager, { AllUsers: 'true' })
    expect(all.body).toMatchObject({ Sessions: [{ SessionId: session.accessKeyId, UserName: 'worker' }] })
    expect(all.payload).not.toContain(session.secret)
    expect(all.payload).not.toContain(session.securityToken)
    expect((await call(revokeConsoleSession, manager, { SessionId: session.accessKeyId })).status).toBe(200)
    expect((await call(listConsoleSessions, session)).body).toMatchObject({ Code: 'InvalidAccessKeyId.NotFound' })
  })
})
