import { setTimeout as pause } from 'node:timers/promises'
import type { SimulatedFleet } from '@opensag/agent'
import { Secret } from '@opensag/protocol'
import type { FaultyBox } from './faulty-box.ts'
import type { Fault, OpenSag, TestGateway } from './types.ts'

/** A gateway as the server has it. */
export interface AddedGateway {
  readonly name: string
  readonly instanceId: string
  readonly serial: string
  readonly model: string
}

export interface GatewayContext {
  readonly fleet: SimulatedFleet
  readonly box: FaultyBox
  readonly operator: OpenSag['operator']
}

/** A gateway for a test, which also says whether anything is wrong with it. */
export interface OwnGateway extends TestGateway {
  isWhole(): boolean
}

interface Known {
  readonly serial: string
  readonly online: boolean
  readonly version: string
}

const patienceMs = 30_000

export function testGateway(added: AddedGateway, { fleet, box, operator }: GatewayContext): OwnGateway {
  const { serial } = added
  const faults = new Set<Fault>()
  const shown = () => fleet.list().find((one) => one.serial === serial)

  /** Until the server has noticed. */
  async function known(as: (device: Known) => boolean): Promise<void> {
    const begun = performance.now()
    for (;;) {
      const devices = (await operator('device list')) as readonly Known[]
      if (devices.some((device) => device.serial === serial && as(device))) return
      if (performance.now() - begun > patienceMs) throw new Error(`The server has not noticed what ${added.name} does.`)
      await pause(2)
    }
  }

  async function power(on: boolean): Promise<void> {
    await fleet.power(serial, on)
    await known(({ online }) => online === on)
  }

  const gateway: OwnGateway = {
    ...added,
    isWhole: () => faults.size === 0,
    isOnline: () => shown()?.online ?? false,
    localConsole: () => shown()?.localConsole,
    async accepts(password) {
      const hash = await box.parts.vault.current()
      return hash !== undefined && box.parts.vault.verify(Secret.of(password), hash)
    },
    async powerOff() {
      faults.add('no-power')
      await power(false)
    },
    async powerOn() {
      faults.delete('no-power')
      await power(true)
    },
    async setFirmware(version) {
      await fleet.setVersion(serial, version)
      await known((device) => device.online && device.version === version)
    },
    async break(fault) {
      faults.add(fault)
      if (fault === 'no-power') return gateway.powerOff()
      if (fault === 'edited') return fleet.edit(serial, { hostname: 'edited-by-hand' })
      box.break(fault)
    },
    async repair() {
      box.repair()
      faults.clear()
      // One that could not write has closed its connection.
      await power(true)
    },
  }
  return gateway
}
