import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Machine } from '../linux/box.ts'
import {
  type Api,
  apiOf,
  enrolmentKeyOf,
  enrolmentKeyOfPop,
  freePort,
  type Place,
  prepareGateway,
  reachable,
  startAgent,
  startPop,
  startServer,
} from '../linux/fault-world.ts'
import { program, type Service } from '../linux/service.ts'
import { withRightsOf } from '../linux/unit-rights.ts'
import { makeCertificate } from '../support/certificate.ts'
import { purchase } from '../support/signed-request.ts'
import { until } from '../support/time.ts'
import { type Bench, openBench, type Segment, sh } from './bench.ts'
import { addTerminal, type Terminal } from './terminal.ts'
import { traceOf } from './trace.ts'

/** A server of OpenSAG and everything whose packets it decides about. Instances and networks are made by the public API. */
export interface World {
  readonly bench: Bench
  readonly api: Api
  readonly place: Place
  readonly server: Service
  /** @returns the id of a new cloud connect network, whose members may reach each other */
  addCcn(name: string): Promise<string>
  addPop(serial: string, clouds: readonly WantedCloud[]): Promise<PopOfWorld>
  /** An instance with its gateway and one terminal, in this network; `bought` otherwise than {@link purchase} says. */
  addBranch(serial: string, cidr: string, ccn: string, bought?: Readonly<Record<string, string>>): Promise<Branch>
  /** A second gateway for a branch, which stands by. */
  addStandby(branch: Branch, serial: string): Promise<GatewayOfWorld>
  /** Modifies an instance. */
  modify(branch: Branch, changes: Readonly<Record<string, string>>): Promise<void>
  close(): Promise<void>
}

/** A network of the cloud that a point of presence is attached to: `NETWORK.1` is its router, `NETWORK.10` a host. */
export interface WantedCloud {
  readonly ccn: string
  /** Three parts, of a /24. */
  readonly network: string
}

export interface PopOfWorld {
  readonly serial: string
  readonly machine: Machine
  /** Where it takes tunnels. */
  readonly endpoint: string
  /** What {@link traceOf} told before its program was first started. */
  readonly untouched: readonly string[]
  program: Service
  /** The hosts of the clouds, in their order. */
  readonly hosts: readonly Machine[]
  /** Starts the program anew when it was stopped. */
  start(): void
}

export interface Branch extends GatewayOfWorld {
  readonly lan: Segment
  readonly terminal: Terminal
}

/** A device of an instance, with its program. */
export interface GatewayOfWorld {
  readonly serial: string
  readonly instance: string
  readonly gateway: Machine
  /** Its address in the internet. */
  readonly wan: string
  /** What {@link traceOf} told before its program was first started. */
  readonly untouched: readonly string[]
  program: Service
  /** Starts the program anew when it was stopped. */
  start(): void
}

const setupFile = '/etc/opensag/network.json'
const networked = ['--network', setupFile]
/** So that what the units leave them is shown to be enough. */
const rightsOfAgent = withRightsOf('opensag-agent.service', 'opensag-agent-network.conf')
const rightsOfPop = withRightsOf('opensag-pop.service')

export async function openWorld(): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'opensag-network-'))
  const services: (() => Service)[] = []
  const bench = await openBench()
  const host = bench.internet.hostAddress
  makeCertificate(folder, host)
  const place: Place = { folder, host, port: await freePort(host) }
  const api = apiOf(place)
  // What is slow on a loaded machine, or while a fault lasts, must not make a gateway give up what it was told.
  const server = startServer(place, program, ['--config-confirm', '60'])
  services.push(() => server)

  async function close(): Promise<void> {
    await Promise.all(services.map((service) => service().stop()))
    await bench.close()
    rmSync(folder, { recursive: true, force: true })
  }

  /** A machine in the internet, enrolled by this key. */
  async function enrollable(keyFor: (address: string) => Promise<string>): Promise<[Machine, string]> {
    const machine = await bench.machine()
    const address = await bench.plugIntoInternet(machine)
    await prepareGateway(machine, place, await keyFor(address))
    return [machine, address]
  }

  /** Connected to its server as a device of an instance; `set` up by the API before it is. */
  async function addGateway(
    instance: string,
    lan: Segment,
    serial: string,
    set: () => Promise<unknown> = async () => undefined,
  ): Promise<GatewayOfWorld> {
    const [gateway, wan] = await enrollable(() => enrolmentKeyOf(place, serial))
    await bench.plug(gateway, 'lan', lan)
    writeFileSync(gateway.path(setupFile), JSON.stringify({ lan: 'lan', wan: 'wan' }))
    await api.call('BindSerialNumber', { SmartAGId: instance, SerialNumber: serial })
    await set()
    const run = (): Service => startAgent(gateway, place, serial, networked, rightsOfAgent)
    const made: GatewayOfWorld = {
      ...{ serial, instance, gateway, wan },
      untouched: await traceOf(gateway),
      program: run(),
      start() {
        made.program = run()
      },
    }
    services.push(() => made.program)
    await until(`${serial} is on line`, async () => (await api.state(instance, serial)) === 'Normal')
    return made
  }

  try {
    await reachable(api)
  } catch (error) {
    await close()
    throw error
  }

  return {
    bench,
    api,
    place,
    server,
    close,

    async addCcn(name) {
      const CcnId = String((await api.call('CreateCloudConnectNetwork', { Name: name }))['CcnId'])
      await api.call('ModifyCloudConnectNetwork', { CcnId, InterworkingStatus: 'enable' })
      return CcnId
    },

    async addPop(serial, clouds) {
      const [machine, endpoint] = await enrollable((address) => enrolmentKeyOfPop(place, serial, address))
      const hosts = await Promise.all(
        clouds.map(async ({ network }, index) => {
          const cloud = await bench.machine()
          await bench.cable(cloud, 'cloud', machine, `cloud${index}`)
          await sh(cloud, `ip addr add ${network}.10/24 dev cloud; ip route add default via ${network}.1`)
          return cloud
        }),
      )
      const attachments = clouds.map(({ ccn, network }, index) => {
        return { ccn, interface: `cloud${index}`, address: `${network}.1/24`, prefixes: [`${network}.0/24`] }
      })
      writeFileSync(machine.path(setupFile), JSON.stringify({ wan: 'wan', attachments }))
      const run = (): Service => startPop(machine, place, serial, networked, rightsOfPop)
      const pop: PopOfWorld = {
        serial,
        machine,
        endpoint,
        hosts,
        untouched: await traceOf(machine),
        program: run(),
        start() {
          pop.program = run()
        },
      }
      services.push(() => pop.program)
      return pop
    },

    async addBranch(serial, cidr, ccn, bought = {}) {
      const instance = String((await api.call('CreateSmartAccessGateway', { ...purchase, ...bought }))['SmartAGId'])
      const lan = await bench.segment()
      const terminal = await addTerminal(bench, lan)
      const gateway = await addGateway(instance, lan, serial, async () => {
        await api.call('ActivateSmartAccessGateway', { SmartAGId: instance })
        await api.call('ModifySmartAccessGateway', { SmartAGId: instance, CidrBlock: cidr })
        await api.call('BindSmartAccessGateway', { SmartAGId: instance, CcnId: ccn })
      })
      return Object.assign(gateway, { lan, terminal })
    },

    addStandby: ({ instance, lan }, serial) => addGateway(instance, lan, serial),

    async modify({ instance }, changes) {
      await api.call('ModifySmartAccessGateway', { SmartAGId: instance, ...changes })
    },
  }
}
