import { reenrolmentPrefix, Secret } from '@opensag/protocol'
import { z } from 'zod'
import { adminPasswordState, isDefaultPassword } from '../model/admin-password-state.ts'
import type { Device } from '../model/device.ts'
import { endings } from '../model/endings.ts'
import { createFleet } from '../store/fleet/create-fleet.ts'
import type { Fleet, NewDevice } from '../store/fleet/fleet.ts'
import { eventsOf } from '../store/gateways/events.ts'
import { takePasswordBack } from '../store/gateways/held-passwords.ts'
import { failChangesOf } from '../store/gateways/password-changes.ts'
import { takeOffline } from '../store/gateways/presence.ts'
import { trustGateways } from '../store/gateways/tickets.ts'
import { command, OperatorMistake, OperatorRefusal } from './command.ts'
import { moment } from './moment.ts'
import { inOneUnit } from './unit.ts'

export const models = ['sag-1000', 'sag-100wm', 'SCG5000', 'SCG5000-5G', 'sag-vcpe'] as const
export const serial = z.string().regex(/^[A-Za-z0-9-]{4,64}$/, 'a serial number is 4 to 64 letters, digits and hyphens')
export const version = z.string().regex(/^\d{1,5}(\.\d{1,5}){3}$/, 'a version has four parts, such as 2.3.1.1')

/** A device as the operator sees it. */
export function shown(device: Device): Readonly<Record<string, unknown>> {
  return {
    serial: device.serial,
    model: device.model,
    version: device.version,
    instanceId: device.instanceId ?? null,
    role: device.role ?? null,
    online: device.connected,
    locked: device.lockedSince !== undefined,
    enrolled: device.sealKey !== undefined,
    synStatus: device.synStatus,
    adminPassword: adminPasswordState(device) ?? null,
    adminPasswordChangedAt: moment(device.passwordChangedAt),
    localConsole: device.consoleUrl ?? null,
    lastSeen: moment(device.lastSeenAt),
  }
}

export const deviceList = command({
  name: 'device list',
  about:
    'List every device in the inventory: its instance, whether it is online, whether its administrator password was ever changed, the address of its local console.',
  input: z.object({
    defaultPassword: z
      .boolean()
      .default(false)
      .describe('Only gateways whose administrator password was never set or changed since they enrolled'),
  }),
  async run({ store }, { defaultPassword }) {
    const devices = await store.read((db) => createFleet(db).devices())
    // Points of presence have a list of their own.
    const gateways = devices.filter(({ model }) => model !== 'pop')
    return gateways.filter((device) => !defaultPassword || isDefaultPassword(device)).map(shown)
  },
})

export const deviceAdd = command({
  name: 'device add',
  about: 'Add a device to the inventory. Its enrolment key is shown once.',
  input: z.object({
    serial: serial.describe('Serial number; unique in the whole system'),
    model: z.enum(models).describe('Model'),
    version: version.default('2.3.1.1').describe('Firmware version until the gateway reports one'),
    noResetButton: z.boolean().default(false).describe('The physical reset button is disabled'),
    real: z.boolean().default(false).describe('Sandbox: do not simulate this gateway; a real one will enrol'),
  }),
  async run({ store, sealer, wallClock, random, simulation }, input) {
    const enrolmentKey = newEnrolmentKey(random)
    const { serial, model, version } = input
    const device = { serial, model, version, enrolmentKey, resettable: !input.noResetButton, createdAt: wallClock() }
    // Thousands may be added at once.
    await store.write((tx) => addToInventory(createFleet(tx, sealer), device), { gateway: serial })
    const simulated = simulation !== undefined && !input.real
    if (simulated) await simulation.add({ ...input, enrolmentKey })
    return { serial: input.serial, enrolmentKey: enrolmentKey.reveal(), simulated }
  },
})

export const deviceReenrol = command({
  name: 'device reenrol',
  about: 'Remove the identity a device enrolled with and create a new enrolment key, shown once.',
  input: z.object({ serial: serial.describe('Serial number') }),
  positional: ['serial'],
  async run(context, input) {
    const enrolmentKey = newEnrolmentKey(context.random)
    await inOneUnit(context, async ({ fleet, gatewayConfigs }) => {
      if (!(await fleet.device(input.serial))) throw unknownDevice(input.serial)
      await fleet.resetIdentity(input.serial, enrolmentKey)
      // They end its tunnels, until it has an identity again.
      await gatewayConfigs.tellPops()
    })
    await context.disconnect(input.serial)
    return { serial: input.serial, enrolmentKey: enrolmentKey.reveal() }
  },
})

export const deviceTrust = command({
  name: 'device trust',
  about:
    'After a restore from a backup: accept the next connection of a device whatever its ticket, with the keys it enrolled with.',
  input: z.object({
    serial: serial.optional().describe('Serial number'),
    all: z.boolean().default(false).describe('Every enrolled device that is offline'),
  }),
  positional: ['serial'],
  async run({ store }, input) {
    if ((input.serial === undefined) !== input.all) throw new OperatorMistake('Give either a serial number or --all.')
    return store.write(async (tx) => {
      if (input.serial !== undefined) {
        const device = await createFleet(tx).device(input.serial)
        if (device === undefined) throw unknownDevice(input.serial)
        if (device.sealKey === undefined)
          throw new OperatorRefusal(`${input.serial} has not enrolled: there is nothing to trust.`)
        if (device.connected) {
          throw new OperatorRefusal(
            `${input.serial} is connected; another copy of this gateway is being refused. See device events and device reenrol.`,
          )
        }
      }
      return { trusted: await trustGateways(tx, input.serial) }
    })
  },
})

export const deviceTakeBack = command({
  name: 'device take-back',
  about:
    'After the server was rolled back and accepted a later administrator password from a gateway (ServerRolledBack): return that gateway to the password this server knew.',
  input: z.object({ serial: serial.describe('Serial number') }),
  positional: ['serial'],
  async run({ store, wallClock, disconnect }, input) {
    const at = wallClock()
    const taken = await store.write(async (tx) => {
      const device = await createFleet(tx).device(input.serial)
      if (device === undefined) throw unknownDevice(input.serial)
      const taken = await takePasswordBack(tx, input.serial)
      if (taken === undefined) {
        throw new OperatorRefusal(
          `This server accepted no later password from ${input.serial}: there is nothing to take back.`,
        )
      }
      // It holds what is being taken back until it is connected again.
      await failChangesOf(tx, input.serial, at)
      await takeOffline(tx, input.serial, { at, reason: endings.passwordTakenBack })
      return taken
    })
    await disconnect(input.serial)
    return { serial: input.serial, ...taken }
  },
})

export const devicePower = command({
  name: 'device power',
  about: 'Power a simulated gateway on or off.',
  sandboxOnly: true,
  input: z.object({ serial: serial.describe('Serial number'), state: z.enum(['on', 'off']).describe('on or off') }),
  positional: ['serial', 'state'],
  async run({ simulation }, input) {
    if (!simulation?.has(input.serial)) throw new OperatorRefusal(`There is no simulated gateway ${input.serial}.`)
    await simulation.power(input.serial, input.state === 'on')
    return { serial: input.serial, power: input.state }
  },
})

export const deviceTarget = command({
  name: 'device target',
  about: 'Let a machine answer the probes of a simulated gateway, or not.',
  sandboxOnly: true,
  input: z.object({
    serial: serial.describe('Serial number'),
    address: z
      .string()
      .regex(/^[A-Za-z0-9.-]{1,253}$/, 'write an address or a name')
      .describe('Address or name that is probed'),
    state: z.enum(['answers', 'silent']).describe('answers or silent'),
  }),
  positional: ['serial', 'address', 'state'],
  async run({ simulation }, input) {
    if (!simulation?.has(input.serial)) throw new OperatorRefusal(`There is no simulated gateway ${input.serial}.`)
    await simulation.setAnswers(input.serial, input.address, input.state === 'answers')
    return { serial: input.serial, address: input.address, state: input.state }
  },
})

export const deviceRendered = command({
  name: 'device rendered',
  about:
    'Show what a Linux machine in the place of a simulated gateway would hand to nftables, ip, strongSwan, tc, BIRD, dnsmasq and keepalived for the configuration it holds.',
  sandboxOnly: true,
  input: z.object({ serial: serial.describe('Serial number') }),
  positional: ['serial'],
  async run({ simulation }, input) {
    if (!simulation?.has(input.serial)) throw new OperatorRefusal(`There is no simulated gateway ${input.serial}.`)
    return simulation.rendered(input.serial)
  },
  text: (all) => all.map(({ name, text }) => `=== ${name}\n${text}`).join('\n'),
})

export const deviceEdit = command({
  name: 'device edit',
  about: 'Change the inventory entry of a device, or (sandbox) the local settings of a simulated gateway.',
  input: z.object({
    serial: serial.describe('Serial number'),
    version: version.optional().describe('Firmware version; a simulated gateway then runs it'),
    model: z.enum(models).optional().describe('Model'),
    set: z
      .array(z.string().regex(/^[A-Za-z]\w*=.*$/, 'write name=value'))
      .optional()
      .describe('Sandbox: a change at the local console, as name=value'),
  }),
  positional: ['serial'],
  async run({ store, sealer, simulation }, input) {
    const { serial, model, version, set } = input
    if (set && !simulation?.has(serial)) throw new OperatorRefusal(`There is no simulated gateway ${serial}.`)
    await store.write(async (tx) => {
      const fleet = createFleet(tx, sealer)
      const device = await fleet.device(serial)
      if (device === undefined) throw unknownDevice(serial)
      if (device.model === 'pop' && model !== undefined)
        throw new OperatorRefusal(`${serial} is a point of presence, which has no other model.`)
      await fleet.editDevice(serial, { model, version })
    })
    if (version !== undefined && simulation?.has(serial)) await simulation.setVersion(serial, version)
    if (set) await simulation?.edit(serial, Object.fromEntries(set.map(splitAtFirst)))
    return store.read(async (db) => {
      const device = await createFleet(db).device(serial)
      return device === undefined ? {} : shown(device)
    })
  },
})

export const deviceEvents = command({
  name: 'device events',
  about:
    'List the events of a device: online, offline, a second device with its identity (DeviceHacked), its disk rolled back (DeviceRolledBack), this server rolled back (ServerRolledBack).',
  input: z.object({
    serial: serial.describe('Serial number'),
    most: z.coerce.number().int().min(1).max(1000).default(50).describe('How many, newest first'),
  }),
  positional: ['serial'],
  async run({ store }, { serial, most }) {
    const events = await store.read((db) => eventsOf(db, serial, most))
    return events.map(({ at, kind, detail }) => ({ at: new Date(at).toISOString(), kind, detail }))
  },
})

/** @throws OperatorRefusal when the serial number is taken. */
export async function addToInventory(fleet: Fleet, device: NewDevice): Promise<void> {
  if (await fleet.device(device.serial)) throw new OperatorRefusal(`The device ${device.serial} exists already.`)
  await fleet.addDevice(device)
}

export function newEnrolmentKey(random: (bytes: number) => Buffer): Secret {
  return Secret.of(random(24).toString('base64url'))
}

/** A gateway that is given it makes new keys for itself, and believes the server that knows it, whatever it pinned. */
export function newReenrolmentKey(random: (bytes: number) => Buffer): Secret {
  return Secret.of(`${reenrolmentPrefix}${random(24).toString('base64url')}`)
}

export function unknownDevice(serial: string): OperatorRefusal {
  return new OperatorRefusal(`The device ${serial} is not in the inventory.`)
}

function splitAtFirst(text: string): [string, string] {
  const at = text.indexOf('=')
  return [text.slice(0, at), text.slice(at + 1)]
}
