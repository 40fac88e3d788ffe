import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bindSmartAccessGateway } from '../../packages/server/src/apis/smartag/ccn/bind-smart-access-gateway.ts'
import { deleteCloudConnectNetwork } from '../../packages/server/src/apis/smartag/ccn/delete-cloud-connect-network.ts'
import { modifyCloudConnectNetwork } from '../../packages/server/src/apis/smartag/ccn/modify-cloud-connect-network.ts'
import { unbindSmartAccessGateway } from '../../packages/server/src/apis/smartag/ccn/unbind-smart-access-gateway.ts'
import { createSmartAccessGatewayClientUser } from '../../packages/server/src/apis/smartag/client-users/create-smart-access-gateway-client-user.ts'
import { bindSerialNumber } from '../../packages/server/src/apis/smartag/instances/bind-serial-number.ts'
import { modifySmartAccessGateway } from '../../packages/server/src/apis/smartag/instances/modify-smart-access-gateway.ts'
import { addSnatEntry } from '../../packages/server/src/apis/smartag/nat/add-snat-entry.ts'
import type { Harness } from '../../packages/server/src/apis/testing/harness.suite.ts'
import { admit } from '../../packages/server/src/remote-access/admit.ts'
import { meet, type Outcome } from './one-after-the-other.ts'
import { type Call, operationCall, type Place } from './place.ts'

const delay = fc.nat(6)
const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined })

/** Calls that meet on the same things, at one node or at several: always as if one had come after the other. */
export function meetings(nodes: () => readonly Harness[]): void {
  /** Plays random meetings of so many calls; `check` sees each outcome. */
  async function play(
    call: (index: number) => fc.Arbitrary<Call>,
    count: number,
    prepare: (place: Place) => Promise<void>,
    check: (outcome: Outcome) => void = () => {},
  ): Promise<void> {
    const calls = fc.tuple(...Array.from({ length: count }, (_, index) => call(index)))
    const delays = fc.array(delay, { minLength: count, maxLength: count })
    await fc.assert(
      fc.asyncProperty(calls, delays, async (given, waits) => {
        check(await meet(nodes(), { prepare, calls: given, delays: waits }))
      }),
      { numRuns: 15 },
    )
  }

  const done = (outcome: Outcome): number => outcome.answers.filter((answer) => answer === 'done').length

  test('all changes of a call on an instance are made, or none, whatever else changes it', async () => {
    const changes = fc.record({
      SmartAGId: fc.constant('<branch>'),
      Name: optional(fc.constantFrom('first', 'second')),
      Description: optional(fc.constantFrom('one', 'two')),
      CidrBlock: optional(fc.constantFrom('10.0.0.0/24', '10.0.1.0/24,10.0.2.0/24', '11.0.0.0/24')),
      RoutingStrategy: optional(fc.constantFrom('static', 'dynamic')),
      SecurityLockThreshold: optional(fc.constantFrom('60', '120')),
      'SnatEntries.1.CidrBlock': optional(fc.constantFrom('192.168.0.0/24', '192.168.1.0/24')),
    })
    // Each alone is allowed, and whichever comes second is not.
    const rivals = fc.constantFrom({ RoutingStrategy: 'dynamic' }, { CidrBlock: '10.0.3.0/24' })
    const change = fc.oneof(
      changes,
      rivals.map((rival) => ({ SmartAGId: '<branch>', ...rival })),
    )
    await play(
      () => change.map((params) => operationCall(modifySmartAccessGateway, params)),
      3,
      async (place) => {
        await place.ccn('network', { range: '10.0.0.0/8', snatRange: '10.9.0.0/24' })
        await place.instance('branch', { ccn: 'network', blocks: '10.0.7.0/24' })
      },
    )
  })

  test('of instances that claim overlapping blocks in a network exactly one gets its block', async () => {
    const block = fc.constantFrom('10.0.0.0/16', '10.0.0.0/24', '10.0.0.0/28', '10.0.0.0/8')
    await play(
      (index) =>
        block.map((CidrBlock) => operationCall(modifySmartAccessGateway, { SmartAGId: `<${index}>`, CidrBlock })),
      3,
      async (place) => {
        await place.ccn('network', { range: '10.0.0.0/8' })
        for (const label of ['0', '1', '2']) await place.instance(label, { ccn: 'network' })
      },
      (outcome) => {
        expect(done(outcome)).toBe(1)
        expect(outcome.answers.filter((answer) => answer === 'SAG.CidrOverlap')).toHaveLength(2)
      },
    )
  })

  test('of two instances that bring overlapping blocks into a network one is bound', async () => {
    await play(
      (index) => fc.constant(operationCall(bindSmartAccessGateway, { CcnId: '<network>', SmartAGId: `<${index}>` })),
      2,
      async (place) => {
        await place.ccn('network')
        for (const label of ['0', '1']) await place.instance(label, { blocks: `10.0.${label}.0/24,10.1.0.0/24` })
      },
      (outcome) => expect(done(outcome)).toBe(1),
    )
  })

  test('a serial number is bound once', async () => {
    await play(
      (index) =>
        fc.constant(operationCall(bindSerialNumber, { SmartAGId: `<${index % 2}>`, SerialNumber: '<device>' })),
      3,
      async (place) => {
        await place.device('device')
        for (const label of ['0', '1']) await place.instance(label, { kind: 'hardware' })
      },
    )
  })

  test('an instance never has more devices than it can have, nor two active ones', async () => {
    await play(
      (index) => fc.constant(operationCall(bindSerialNumber, { SmartAGId: '<branch>', SerialNumber: `<${index}>` })),
      3,
      async (place) => {
        await place.instance('branch')
        for (const label of ['0', '1', '2']) await place.device(label)
      },
      (outcome) => expect(done(outcome)).toBe(2),
    )
  })

  test('accounts are created up to the limit, each name and each fixed address once', async () => {
    const account = fc.record({
      SmartAGId: fc.constant('<app>'),
      UserName: fc.constantFrom('first-user', 'second-user', 'third-user'),
      Password: fc.constant('Passw0rd.x'),
      UserMail: fc.constant('user@example.com'),
      ClientIp: optional(fc.constantFrom('10.9.0.10', '10.9.0.11')),
    })
    await play(
      () => account.map((params) => operationCall(createSmartAccessGatewayClientUser, params)),
      3,
      (place) => place.instance('app', { kind: 'app', userCount: 2, dataPlan: 5, blocks: '10.9.0.0/24' }),
      (outcome) => expect(done(outcome)).toBeLessThanOrEqual(2),
    )
  })

  test('a SNAT address that two instances of a network claim becomes one of them’s', async () => {
    await play(
      (index) =>
        fc.record({ fixed: fc.boolean() }).map(({ fixed }) =>
          operationCall(modifySmartAccessGateway, {
            SmartAGId: `<${index}>`,
            'SnatEntries.1.CidrBlock': '192.168.0.0/24',
            'SnatEntries.1.SnatIp': fixed ? '10.9.0.1' : undefined,
          }),
        ),
      2,
      async (place) => {
        await place.ccn('network', { range: '10.0.0.0/8', snatRange: '10.9.0.0/24' })
        for (const label of ['0', '1']) await place.instance(label, { ccn: 'network' })
      },
      ({ state }) => {
        const addresses = [...state.matchAll(/snat_ip\W+(\d+)/g)].map(([, address]) => address)
        expect(new Set(addresses).size).toBe(addresses.length)
      },
    )
  })

  test('SNAT entries of one instance never overlap', async () => {
    const range = fc.constantFrom('192.168.0.0/24', '192.168.0.0/16', '192.168.1.0/24')
    await play(
      () =>
        range.map((CidrBlock) => operationCall(addSnatEntry, { SmartAGId: '<branch>', CidrBlock, SnatIp: '10.9.0.1' })),
      3,
      (place) => place.instance('branch'),
    )
  })

  test('an instance is bound to a network as it was before its range changed, or as it is since', async () => {
    const reshape = fc.record({
      CcnId: fc.constant('<network>'),
      CidrBlock: optional(fc.constantFrom('10.0.0.0/8', '10.1.0.0/16', '172.16.0.0/12')),
      SnatCidrBlock: optional(fc.constantFrom('10.1.0.0/24', '10.9.0.0/24')),
    })
    const join = fc.constant(operationCall(bindSmartAccessGateway, { CcnId: '<network>', SmartAGId: '<branch>' }))
    const leave = fc.constant(operationCall(unbindSmartAccessGateway, { CcnId: '<network>', SmartAGId: '<branch>' }))
    await play(
      (index) =>
        index === 0
          ? join
          : index === 1
            ? reshape.map((params) => operationCall(modifyCloudConnectNetwork, params))
            : fc.oneof(
                leave,
                reshape.map((params) => operationCall(modifyCloudConnectNetwork, params)),
              ),
      3,
      async (place) => {
        await place.ccn('network', { range: '10.0.0.0/8' })
        await place.instance('branch', { blocks: '10.1.0.0/24' })
      },
    )
  })

  test('a network is deleted or has a member, never both', async () => {
    const bind = operationCall(bindSmartAccessGateway, { CcnId: '<network>', SmartAGId: '<branch>' })
    const remove = operationCall(deleteCloudConnectNetwork, { CcnId: '<network>' })
    await play(
      (index) => fc.constant(index === 0 ? bind : remove),
      2,
      async (place) => {
        await place.ccn('network')
        await place.instance('branch', { blocks: '10.1.0.0/24' })
      },
      (outcome) => expect(done(outcome)).toBe(1),
    )
  })

  test('an address of a pool is given to one of those who log on', async () => {
    await play(
      (index) => fc.constant(logOn(`user-000${index}`)),
      3,
      async (place) => {
        await place.ccn('network', { range: '10.0.0.0/8' })
        // Room for two.
        await place.instance('app', {
          kind: 'app',
          userCount: 5,
          dataPlan: 5,
          blocks: '10.9.0.0/30,10.8.0.0/30',
          ccn: 'network',
        })
        for (const index of [0, 1, 2]) await addUser(place, `user-000${index}`)
      },
      (outcome) => expect(outcome.answers.filter((answer) => answer === 'PoolExhausted')).toHaveLength(1),
    )
  })
}

async function addUser(place: Place, name: string): Promise<void> {
  const user = { instance_id: place.id('app'), name, mail: 'user@example.com', bandwidth: 2000, client_ip: null }
  const rest = { password_hash: 'the hash', state: 'enabled', created_at: 0, password_changed_at: 0 } as const
  await place.world.store.write((tx) =>
    tx
      .insertInto('client_user')
      .values({ ...user, ...rest, traffic_bytes: 0, traffic_month: 0 })
      .execute(),
  )
}

let sessions = 0

function logOn(userName: string): Call {
  return async (place, node) => {
    sessions += 1
    const sessionId = `session-${sessions}`
    const admitted = await node.store.write((tx) =>
      admit(tx, {
        instanceId: place.id('app'),
        userName,
        passwordHash: 'the hash',
        terminal: 'Linux',
        source: '192.0.2.1',
        sessionId,
        tokenHash: `token of ${sessionId}`,
        now: node.now,
        seenAt: node.now,
        silentAt: 0,
      }),
    )
    return typeof admitted === 'string' ? admitted : admitted.address
  }
}
