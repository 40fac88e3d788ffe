import { bindSmartAccessGateway } from '../../packages/server/src/apis/smartag/ccn/bind-smart-access-gateway.ts'
import { unbindSmartAccessGateway } from '../../packages/server/src/apis/smartag/ccn/unbind-smart-access-gateway.ts'
import { createSmartAccessGatewayClientUser } from '../../packages/server/src/apis/smartag/client-users/create-smart-access-gateway-client-user.ts'
import { deleteSmartAccessGatewayClientUser } from '../../packages/server/src/apis/smartag/client-users/delete-smart-access-gateway-client-user.ts'
import { modifySagAdminPassword } from '../../packages/server/src/apis/smartag/device-access/modify-sag-admin-password.ts'
import { describeSmartAccessGatewayAttribute } from '../../packages/server/src/apis/smartag/instances/describe-smart-access-gateway-attribute.ts'
import { modifySmartAccessGateway } from '../../packages/server/src/apis/smartag/instances/modify-smart-access-gateway.ts'
import { regionId } from '../../packages/server/src/apis/testing/names.suite.ts'
import { admit } from '../../packages/server/src/remote-access/admit.ts'
import { createRepositories } from '../../packages/server/src/store/repositories.ts'
import type { Probe } from './ratio.ts'
import { ccnId, firstBlock, instanceId, serialOf, targetsOf, type World } from './world.ts'

/** The calls whose cost must not depend on the size of the fleet, each turn for another instance. */
export function hotCalls(world: World): Readonly<Record<string, Probe>> {
  const { members, unbound, apps } = targetsOf(world.size)
  const network = (index: number) => ({ RegionId: regionId, CcnId: ccnId, SmartAGId: instanceId(index) })
  const bind = (turn: number) => world.call(bindSmartAccessGateway, network(pick(unbound, turn)))
  const unbind = (turn: number) => world.call(unbindSmartAccessGateway, network(pick(unbound, turn)))
  const user = (turn: number) => ({
    RegionId: regionId,
    SmartAGId: instanceId(pick(apps, turn)),
    UserName: `newcomer${turn}`,
  })

  return {
    'ModifySmartAccessGateway with a name': {
      // Or the first call of each instance would also write the configuration that no operation has made so far.
      before: (turn) =>
        world.store.write((tx) => createRepositories(tx).gatewayConfigs.refresh(instanceId(pick(members, turn)))),
      timed: (turn) =>
        world.call(modifySmartAccessGateway, {
          RegionId: regionId,
          SmartAGId: instanceId(pick(members, turn)),
          Name: `renamed-${turn}`,
        }),
    },
    'ModifySmartAccessGateway with a block in a CCN': {
      timed: (turn) =>
        world.call(modifySmartAccessGateway, {
          RegionId: regionId,
          SmartAGId: instanceId(pick(members, turn)),
          // With the block that its remote web address lies in.
          CidrBlock: `${firstBlock(pick(members, turn))},10.${100 + (turn % 90)}.${turn % 256}.0/26`,
        }),
    },
    BindSmartAccessGateway: { timed: bind, after: unbind },
    UnbindSmartAccessGateway: { before: bind, timed: unbind },
    'CreateSmartAccessGatewayClientUser without the hash': {
      timed: (turn) =>
        world.call(createSmartAccessGatewayClientUser, {
          ...user(turn),
          Password: 'Passw0rd-x',
          UserMail: 'newcomer@example.com',
          ClientIp: '172.16.12.34',
        }),
      after: (turn) => world.call(deleteSmartAccessGatewayClientUser, user(turn)),
    },
    DescribeSmartAccessGatewayAttribute: {
      timed: (turn) =>
        world.call(describeSmartAccessGatewayAttribute, {
          RegionId: regionId,
          SmartAGId: instanceId(pick(members, turn)),
        }),
    },
    ModifySAGAdminPassword: {
      timed: (turn) =>
        world.call(modifySagAdminPassword, {
          RegionId: regionId,
          SmartAGId: instanceId(pick(members, turn)),
          SmartAGSn: serialOf(pick(members, turn)),
          Password: 'Passw0rd_x',
        }),
    },
    'a logon that is given a free address': {
      timed: (turn) => logOn(world, instanceId(pick(apps, turn)), turn),
      after: () =>
        world.store.write((tx) => tx.deleteFrom('client_session').where('id', '=', 'the newcomer').execute()),
    },
  }
}

async function logOn(world: World, app: string, turn: number): Promise<void> {
  // Of those who are neither online nor have a fixed address.
  const userName = `worker00${21 + (turn % 9) + 10 * (turn % 7)}`
  const session = await world.store.write((tx) =>
    admit(tx, {
      instanceId: app,
      userName,
      passwordHash: 'the hash',
      terminal: 'Linux',
      source: '192.0.2.1',
      sessionId: 'the newcomer',
      tokenHash: 'token of the newcomer',
      now: world.now,
      seenAt: world.now,
      silentAt: 0,
    }),
  )
  if (typeof session === 'string') throw new Error(`The logon of ${userName} was refused: ${session}`)
}

function pick(indexes: readonly number[], turn: number): number {
  const index = indexes[turn % indexes.length]
  if (index === undefined) throw new Error('There is no instance of this kind.')
  return index
}
