import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { systemTimers } from '@opensag/protocol'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { Certification } from '../../connection-certification.ts'
import type { Disk } from '../../disk.ts'
import { type FolderLock, lockFolder } from '../../folder-lock.ts'
import { removeEmpty } from '../empty-folder.ts'
import { openIpsec, removeIpsec } from '../ipsec/ipsec.ts'
import { describeLacks, hasFairQueue, lacksOf, type Needs } from '../machine.ts'
import { openSystem } from '../system.ts'
import { type GatewayNetwork, openGatewayNetwork } from './gateway-network.ts'
import { removeGatewayNetwork } from './remove.ts'
import { checkInterfaces, type GatewaySetup } from './setup.ts'

/** Where a gateway keeps the files of its daemons. */
export const gatewayFolder = '/run/opensag'

export interface StartOptions {
  readonly serial: string
  readonly setup: GatewaySetup
  /** The data folder: keeps the certificate of the tunnels. */
  readonly disk: Disk
  /** Not on a disk. Made when missing. */
  readonly folder: string
  /** Of the local console; undefined: there is none. */
  readonly consolePort: number | undefined
  readonly certification: Pick<Certification, 'certify'>
  readonly logger: Logger
}

const needs: Needs = {
  programs: ['bird', 'conntrack', 'dnsmasq', 'ip', 'nft', 'tc'],
  capabilities: ['CAP_NET_ADMIN', 'CAP_NET_RAW', 'CAP_SYS_ADMIN'],
  kernel: ['vxlan', 'nftables', 'htb', 'routing rules'],
}

/**
 * Makes a machine the gateway of a branch; what it is configured as comes by `apply`.
 * @throws when the machine lacks something, says what cures it; when another gateway runs here already
 */
export async function startGatewayNetwork(options: StartOptions): Promise<GatewayNetwork> {
  const { serial, setup, folder, certification, logger } = options
  const lacks = await lacksOf(needs)
  if (lacks.length > 0) {
    throw new Error(`This machine cannot carry the network of a gateway:\n${describeLacks(lacks)}`)
  }
  const system = openSystem()
  const links = z.array(z.object({ ifname: z.string() })).parse(await system.ipJson('link', 'show'))
  checkInterfaces(
    setup,
    links.map(({ ifname }) => ifname),
  )
  const places = placesIn(folder)
  const hold = await holdOf(places.gateway)
  try {
    const ipsec = await openIpsec({
      folder: places.ipsec,
      certify: (spki) => certification.certify(spki),
      disk: options.disk,
      timers: systemTimers,
      logger,
    })
    const network = await openGatewayNetwork({
      serial,
      setup,
      folder: places.gateway,
      system,
      ipsec,
      queue: (await hasFairQueue()) ? 'fq_codel' : 'pfifo',
      consolePort: options.consolePort,
      timers: systemTimers,
      logger,
    })
    return {
      ...network,
      async close() {
        await network.close()
        await hold.release()
      },
    }
  } catch (error) {
    await hold.release()
    throw error
  }
}

/**
 * Takes everything away that a gateway has made on this machine. Nothing of it there is no error.
 * @throws when it is running
 */
export async function takeGatewayAway(folder: string, logger: Logger): Promise<void> {
  const places = placesIn(folder)
  const hold = await holdOf(places.gateway)
  try {
    await removeGatewayNetwork(openSystem(), places.gateway, () => removeIpsec(places.ipsec), logger)
  } finally {
    await hold.release()
  }
  await rm(places.gateway, { recursive: true, force: true })
  await removeEmpty(folder)
}

function placesIn(folder: string): { readonly gateway: string; readonly ipsec: string } {
  return { gateway: join(folder, 'gateway'), ipsec: join(folder, 'ipsec') }
}

/** Of two that run on one machine each would take away what is the other's. */
async function holdOf(folder: string): Promise<FolderLock> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return lockFolder(folder)
}
