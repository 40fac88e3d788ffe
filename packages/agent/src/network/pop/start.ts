import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Secret, systemTimers } from '@opensag/protocol'
import type { Logger } from 'pino'
import type { ConnectionState } from '../../connection.ts'
import { createCertification } from '../../connection-certification.ts'
import { createLogOnConnection } from '../../connection-log-ons.ts'
import type { Disk } from '../../disk.ts'
import { type Gateway, startGateway } from '../../gateway.ts'
import { createFileVault } from '../../vault-file.ts'
import { openIpsec, removeIpsec } from '../ipsec/ipsec.ts'
import { describeLacks, lacksOf, type Needs } from '../machine.ts'
import { openRemoteAccess } from '../openvpn/remote-access.ts'
import { holdFolder, removeEmpty } from '../run-folder.ts'
import { wanAddress } from '../wan.ts'
import { openMachine } from './machine.ts'
import { openPop, removePop } from './pop.ts'
import { applyWithUsers } from './remote-users.ts'
import { checkWan, type PopSetup } from './setup.ts'

export interface StartPopOptions {
  readonly serial: string
  /** Of its program, four parts. */
  readonly version: string
  readonly serverUrl: string
  readonly ca?: string | undefined
  readonly enrolmentKey?: Secret | undefined
  readonly setup: PopSetup
  readonly disk: Disk
  /** Not on a disk: for the files of daemons. Made when missing. */
  readonly folder: string
  readonly logger: Logger
  readonly onState?: ((state: ConnectionState) => void) | undefined
}

const needs: Needs = {
  programs: ['bird', 'ip', 'nft', 'sysctl', 'tc'],
  capabilities: ['CAP_NET_ADMIN', 'CAP_NET_RAW', 'CAP_SYS_ADMIN'],
  kernel: ['vxlan', 'nftables', 'htb', 'routing rules'],
}

/**
 * The program `opensag pop`. It is enrolled and connected as a gateway is, and what it is configured as it holds.
 * @throws when this machine lacks something, says what cures it; when another one runs here already.
 */
export async function startPop(options: StartPopOptions): Promise<Pick<Gateway, 'stop'>> {
  const { serial, version, serverUrl, setup, disk, folder, logger } = options
  const lacks = await lacksOf(needs)
  if (lacks.length > 0) throw new Error(`This machine cannot be a point of presence:\n${describeLacks(lacks)}`)
  const machine = await openMachine()
  await checkWan(setup, machine)
  const places = placesIn(folder)
  const lock = await holdFolder(places.pop)
  try {
    const certification = createCertification()
    const ipsec = await openIpsec({
      folder: places.ipsec,
      certify: (spki) => certification.certify(spki),
      disk,
      logger,
    })
    const logOns = createLogOnConnection({ random: randomBytes, timers: systemTimers })
    const remoteAccess = await openRemoteAccess({
      folder: places.openvpn,
      address: () => wanAddress(machine.system, setup.wan),
      logOns,
      random: randomBytes,
      timers: systemTimers,
      logger,
    })
    const pop = await openPop({
      serial,
      setup,
      ipsec,
      onAddress: () => remoteAccess.moved(),
      folder: places.pop,
      machine,
      timers: systemTimers,
      logger,
    })
    ipsec.onCredentials(() => {
      const leaf = ipsec.credentials()
      if (leaf === undefined) return
      remoteAccess
        .certified(leaf)
        .catch((error: unknown) => logger.error({ err: error }, 'Remote users cannot be shown the new certificate.'))
    })
    const gateway = await startGateway({
      serial,
      model: 'pop',
      version,
      serverUrl,
      ca: options.ca,
      enrolmentKey: options.enrolmentKey,
      disk,
      // It has no password that anybody could set.
      vault: createFileVault({ disk }),
      resettable: false,
      applyConfig: (marked) => applyWithUsers({ pop, remoteAccess, prefix: machine.prefix }, marked?.config.pop),
      certification,
      logOns,
      logger,
      onState: options.onState,
    })
    return {
      async stop() {
        await gateway.stop()
        await remoteAccess.close()
        await pop.close()
        await lock.release()
      },
    }
  } catch (error) {
    await lock.release()
    throw error
  }
}

/** Takes everything away that `opensag pop` has made on this machine. @throws when it is running */
export async function takePopAway(folder: string, logger: Logger): Promise<void> {
  const places = placesIn(folder)
  const lock = await holdFolder(places.pop)
  try {
    await removeIpsec(places.ipsec)
    await rm(places.openvpn, { recursive: true, force: true })
    await removePop({ folder: places.pop, machine: await openMachine(), timers: systemTimers, logger })
  } finally {
    await lock.release()
  }
  await rm(places.pop, { recursive: true, force: true })
  await removeEmpty(folder)
}

function placesIn(folder: string): Readonly<Record<'pop' | 'ipsec' | 'openvpn', string>> {
  return { pop: join(folder, 'pop'), ipsec: join(folder, 'ipsec'), openvpn: join(folder, 'openvpn') }
}
