import { writeFileSync } from 'node:fs'
import type { Machine } from '../../linux/box.ts'
import { enrolmentKeyOf, prepareGateway, startAgent } from '../../linux/fault-world.ts'
import type { Service } from '../../linux/service.ts'
import { purchase } from '../../support/signed-request.ts'
import { limit, until } from '../../support/time.ts'
import type { Segment } from '../bench.ts'
import { reaches } from '../ping.ts'
import type { World } from '../world.ts'

/** Gateways of one network, each with a block of its own, that are prepared and not yet started. */
export interface Fleet {
  readonly members: readonly Member[]
  /** Starts all at once. @returns how long it took until the last was reached from there, in milliseconds */
  start(from: Machine): Promise<number>
  stop(): Promise<void>
}

export interface Member {
  readonly serial: string
  readonly instance: string
  readonly gateway: Machine
  readonly lan: Segment
  /** Of its block, of a /24. */
  readonly network: string
  /** Its address in its block. */
  readonly address: string
}

const setupFile = '/etc/opensag/network.json'

/** @param bandwidth Mbit/s of each */
export async function prepareFleet(world: World, ccn: string, count: number, bandwidth = 50): Promise<Fleet> {
  const members: Member[] = []
  const services: Service[] = []
  for (let number = 0; number < count; number++) members.push(await prepare(number))

  async function prepare(number: number): Promise<Member> {
    const { bench, api, place } = world
    const serial = `sag-${number}`
    const SmartAGId = String(
      (await api.call('CreateSmartAccessGateway', { ...purchase, MaxBandWidth: String(bandwidth) }))['SmartAGId'],
    )
    const gateway = await bench.machine()
    await bench.plugIntoInternet(gateway)
    const lan = await bench.segment()
    await bench.plug(gateway, 'lan', lan)
    await prepareGateway(gateway, place, await enrolmentKeyOf(place, serial))
    writeFileSync(gateway.path(setupFile), JSON.stringify({ lan: 'lan', wan: 'wan' }))
    await api.call('BindSerialNumber', { SmartAGId, SerialNumber: serial })
    await api.call('ActivateSmartAccessGateway', { SmartAGId })
    const network = `172.16.${number}`
    await api.call('ModifySmartAccessGateway', { SmartAGId, CidrBlock: `${network}.0/24` })
    await api.call('BindSmartAccessGateway', { SmartAGId, CcnId: ccn })
    return { serial, instance: SmartAGId, gateway, lan, network, address: `${network}.1` }
  }

  return {
    members,
    async start(from) {
      const begun = performance.now()
      for (const { gateway, serial } of members) {
        services.push(startAgent(gateway, world.place, serial, ['--network', setupFile]))
      }
      await Promise.all(
        members.map(({ serial, address }) =>
          until(`${serial} is reached`, () => reaches(from, address), limit(60_000 + count * 2000)),
        ),
      )
      return performance.now() - begun
    },
    async stop() {
      await Promise.all(services.map((service) => service.stop()))
    },
  }
}
