import { z } from 'zod'
import { mostPops, popAddress } from '../model/network.ts'
import { createFleet } from '../store/fleet/create-fleet.ts'
import { readPopConfig } from '../store/pops/pop-config.ts'
import { addPop, findPops, listPops, type StoredPop, startRemoval } from '../store/pops/pops.ts'
import { tunnelsOf } from '../store/pops/reports.ts'
import { command, OperatorRefusal } from './command.ts'
import { addToInventory, newEnrolmentKey, serial } from './devices.ts'
import { popEnrolmentCommand } from './enrolment-command.ts'
import { moment } from './moment.ts'
import { caInput, serverInput, serverUrl } from './server-url.ts'
import { tellAllNetworks } from './unit.ts'

/** Until it connects and says which one it is. */
const versionBefore = '0.0.0.0'

export const popAdd = command({
  name: 'pop add',
  about:
    'Add a point of presence, which ends the tunnels of gateways. Prints once the command that enrols it; gateways build a tunnel to it as soon as they hear of it.',
  input: z.object({
    serial: serial.optional().describe('Serial number; unique in the whole system (default: a new one)'),
    endpoint: z
      .ipv4('write an IPv4 address, such as 203.0.113.7')
      .describe('IPv4 address at which gateways reach it (UDP ports 500 and 4500)'),
    server: serverInput('the point of presence'),
    ca: caInput('the point of presence'),
  }),
  makes: ['serial'],
  async run(context, input) {
    const { store, sealer, wallClock, random } = context
    const server = serverUrl(context, input.server, 'the point of presence')
    const enrolmentKey = newEnrolmentKey(random)
    const { serial = `pop${random(5).toString('hex')}`, endpoint, ca } = input
    const at = wallClock()
    const number = await store.write(async (tx) => {
      const pops = await findPops(tx)
      if (pops.length >= mostPops)
        throw new OperatorRefusal(`There are ${pops.length} points of presence already; more are not supported yet.`)
      if (pops.some((pop) => pop.endpoint === endpoint))
        throw new OperatorRefusal(`Another point of presence has the address ${endpoint}.`)
      const device = {
        serial,
        model: 'pop',
        version: versionBefore,
        enrolmentKey,
        resettable: false,
        createdAt: at,
      } as const
      await addToInventory(createFleet(tx, sealer), device)
      const number = await addPop(tx, { serial, endpoint, at })
      if (number === undefined) throw new OperatorRefusal('There is no free number for another device of the network.')
      return number
    })
    await tellAllNetworks(context)
    return {
      serial,
      number,
      endpoint,
      enrolmentKey: enrolmentKey.reveal(),
      enrolmentCommand: popEnrolmentCommand({ server, serial, enrolmentKey, ca }),
    }
  },
  text: ({ serial, enrolmentCommand }) => `The point of presence is ${serial}.

Run this on its machine. The enrolment key in it is shown once and serves once:

${enrolmentCommand}`,
})

export const popList = command({
  name: 'pop list',
  about: 'List the points of presence: address, whether each is online, and which configuration it holds.',
  input: z.object({}),
  run: async ({ store }) => (await store.read(listPops)).map(shown),
})

export const popShow = command({
  name: 'pop show',
  about: 'Show what a point of presence should hold: each network, its members, and whether their tunnels are up.',
  input: z.object({ serial: serial.describe('Serial number') }),
  positional: ['serial'],
  async run({ store, clock }, input) {
    const pop = (await store.read(listPops)).find(({ serial }) => serial === input.serial)
    const desired = await readPopConfig(store, input.serial, clock.now())
    if (pop === undefined || desired?.config.pop === undefined) throw unknownPop(input.serial)
    const { networks, peers } = desired.config.pop
    const tunnels = await store.read((db) => tunnelsOf(db, input.serial))
    return {
      ...shown({ ...pop, revision: desired.revision }),
      peers: peers.map(({ serial, endpoint }) => ({ serial, endpoint })),
      networks: networks.map(({ ccn, interworking, members }) => ({
        ccn,
        interworking,
        members: members.map(({ serial, address, backup, routing, prefixes }) => ({
          serial,
          tunnelAddress: address,
          tunnel: tunnels.get(serial) ?? 'unknown',
          backup,
          routing,
          prefixes: prefixes.join(','),
        })),
      })),
    }
  },
})

export const popRemove = command({
  name: 'pop remove',
  about:
    'Remove a point of presence: gateways end their tunnels to it, and it leaves the inventory. The other one, if there is one, takes over.',
  input: z.object({ serial: serial.describe('Serial number') }),
  positional: ['serial'],
  async run(context, input) {
    const isThere = await context.store.write((tx) => startRemoval(tx, input.serial, context.wallClock()))
    if (!isThere) throw unknownPop(input.serial)
    await tellAllNetworks(context)
    await context.disconnect(input.serial)
    return { serial: input.serial, removed: true }
  },
})

function shown(pop: StoredPop): Readonly<Record<string, unknown>> {
  return {
    serial: pop.serial,
    number: pop.number,
    endpoint: pop.endpoint,
    tunnelAddress: popAddress(pop.number),
    enrolled: pop.isEnrolled,
    online: pop.isOnline,
    version: pop.version,
    desiredRevision: pop.revision,
    heldRevision: pop.appliedRevision,
    onTrial: pop.isOnTrial,
    lastSeen: moment(pop.lastSeenAt),
  }
}

function unknownPop(serial: string): OperatorRefusal {
  return new OperatorRefusal(`There is no point of presence ${serial}.`)
}
