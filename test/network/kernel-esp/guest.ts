import { writeFileSync } from 'node:fs'
import { release } from 'node:os'
import type { Machine } from '../../linux/box.ts'
import { program } from '../../linux/service.ts'
import { until } from '../../support/time.ts'
import { sh } from '../bench.ts'
import { startCapture } from '../capture.ts'
import { leaksAmong } from '../leaks.ts'
import { answered, untilReached } from '../ping.ts'
import { addressIn } from '../site.ts'
import { type Branch, openWorld, type PopOfWorld, type World } from '../world.ts'
import type { Facts, Sa } from './facts.ts'

const cloud = '10.10.0.10'
const step = (text: string): void => console.log(`${Math.round(performance.now() / 1000)} s: ${text}`)

/** Under a kernel that encrypts: builds a network, looks, and writes what it has seen into a file. */
async function main(file: string): Promise<void> {
  const world = await openWorld()
  try {
    writeFileSync(file, `${JSON.stringify(await look(world))}\n`)
  } finally {
    await world.close()
  }
}

async function look(world: World): Promise<Facts> {
  step('there is a server')
  const ccn = await world.addCcn('one')
  const pop = await world.addPop('pop-one', [{ ccn, network: '10.10.0' }])
  step('there is a point of presence')
  const one = await world.addBranch('sag-one', '172.16.1.0/24', ccn)
  step('there is a branch')
  try {
    return await lookAt(world, pop, one)
  } catch (error) {
    for (const { program } of [one, pop]) console.log(program.output().slice(-6000))
    for (const machine of [one.gateway, pop.machine, one.terminal.machine]) {
      console.log(
        await sh(
          machine,
          'ip -s xfrm state; ip xfrm policy; nft list ruleset; ip -br address; ip route show table all; ss -uanp; ps -e',
        ),
      )
    }
    throw error
  }
}

async function lookAt(world: World, pop: PopOfWorld, one: Branch): Promise<Facts> {
  const capture = await startCapture(world.bench.internet, 'inet')

  await untilReached(one.terminal.machine, cloud)
  step('the cloud is reached')
  const userSpaceDevices = (await Promise.all([one.gateway, pop.machine].map(tunDevices))).flat()
  const before = await sasOf(one.gateway)
  const pings = { count: 20, answered: await answered(one.terminal.machine, cloud, 20) }
  const after = await sasOf(one.gateway)
  const atPop = await sasOf(pop.machine)

  await world.modify(one, { CidrBlock: '172.16.20.0/24' })
  await addressIn(one, '172.16.20.')
  await untilReached(one.terminal.machine, cloud)
  const afterChange = await sasOf(one.gateway)
  step('a changed block is reached')

  // Without policies the kernel would send what is for the tunnel as it is.
  await sh(one.gateway, 'ip xfrm policy flush')
  const dropsBefore = await droppedByGuard(one.gateway)
  const answeredWithoutPolicies = await answered(one.terminal.machine, cloud, 5)
  const guarded = (await droppedByGuard(one.gateway)) - dropsBefore
  step('the guard was tried')

  const killed = await sasOf(one.gateway)
  const daemon = await charonOf(one.gateway)
  await sh(one.gateway, 'pkill -KILL -x charon')
  await until('another strongSwan runs', async () => ![daemon, ''].includes(await charonOf(one.gateway)))
  await untilReached(one.terminal.machine, cloud)
  step('packets flow with another strongSwan')

  const packets = await capture.stop()
  await one.program.stop()
  await sh(one.gateway, `'${process.execPath}' '${program}' agent --remove`)
  const left = await sasOf(one.gateway)
  const leftPolicies = (await sh(one.gateway, 'ip xfrm policy')).split('\n').filter((line) => line !== '')
  step('a gateway was taken away')
  return {
    kernel: release(),
    told: [one.program, pop.program].map((program) => /"esp":"([a-z-]+)"/.exec(program.output())?.[1]),
    gateway: one.wan,
    ...{ userSpaceDevices, before, pings, after, atPop, afterChange, answeredWithoutPolicies, guarded },
    leaks: leaksAmong(packets, world.place.host),
    encrypted: packets.filter(({ sourcePort }) => sourcePort === 4500).length,
    ...{ killed, left, leftPolicies },
  }
}

/** Security associations of the kernel, with what has passed them. */
async function sasOf(machine: Machine): Promise<readonly Sa[]> {
  const said = await sh(machine, 'ip -s xfrm state')
  return said.split(/^(?=src )/m).flatMap((text) => {
    const [, source, destination] = /^src (\S+) dst (\S+)/.exec(text) ?? []
    if (source === undefined || destination === undefined) return []
    const [, bytes, packets] = /lifetime current:\s+(\d+)\(bytes\), (\d+)\(packets\)/.exec(text) ?? []
    const [, cipher = ''] = /aead (\S+)/.exec(text) ?? []
    const [, spi = ''] = /spi (0x\w+)/.exec(text) ?? []
    const [, most] = /expire add: soft \d+\(sec\), hard (\d+)\(sec\)/.exec(text) ?? []
    return [
      { spi, mostSeconds: Number(most), source, destination, cipher, bytes: Number(bytes), packets: Number(packets) },
    ]
  })
}

/** The number of its strongSwan; empty: none runs. */
async function charonOf(machine: Machine): Promise<string> {
  return (await sh(machine, 'pgrep -x charon || true')).trim()
}

/** What strongSwan makes where it encrypts itself. */
async function tunDevices(machine: Machine): Promise<readonly string[]> {
  return (await sh(machine, 'ip -br link show type tun')).split('\n').filter((line) => line !== '')
}

async function droppedByGuard(machine: Machine): Promise<number> {
  const rules = await sh(machine, 'nft list chain inet opensag guard-output')
  return Number(/ipsec missing counter packets (\d+)/.exec(rules)?.[1])
}

await main(process.argv[2] ?? '')
