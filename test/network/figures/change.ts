import type { Machine } from '../../linux/box.ts'
import { until } from '../../support/time.ts'
import { sh } from '../bench.ts'
import { startPing } from '../ping.ts'
import type { World } from '../world.ts'
import type { Member } from './fleet.ts'

/**
 * A call changes the block of a gateway; how long, from when it was sent, until another branch or a cloud has an answer from a host in the new
 * block, in milliseconds. The host has had its address all the time: a lease has times of its own.
 *
 * @param host Behind that gateway.
 * @param block The new one, such as `172.17.1`, of a /24.
 */
export async function changeToPing(
  world: World,
  member: Member,
  host: Machine,
  from: Machine,
  block: string,
): Promise<number> {
  await sh(host, `ip addr add ${block}.10/24 dev lan; ip route replace default via ${block}.1`)
  const ping = startPing(from, `${block}.10`, 0.01)
  const begun = Date.now()
  await world.api.call('ModifySmartAccessGateway', { SmartAGId: member.instance, CidrBlock: `${block}.0/24` })
  const answeredAt = await until('the new block answers', () => ping.firstAnswered() > 0 && ping.firstAnswered())
  await ping.stop()
  await sh(host, `ip addr del ${block}.10/24 dev lan`)
  return answeredAt - begun
}
