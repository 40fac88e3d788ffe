import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { systemTimers } from '@opensag/protocol'
import type { Logger } from 'pino'
import { openBoxSecrets } from '../../box/box-secrets.ts'
import type { Certification } from '../../connection-certification.ts'
import type { Disk } from '../../disk.ts'
import { engineOf } from '../applications/engine.ts'
import { openIpsec, removeIpsec } from '../ipsec/ipsec.ts'
import { describeLacks, hasFairQueue, hasTags, lacksOf, type Needs } from '../machine.ts'
import { holdFolder, removeEmpty } from '../run-folder.ts'
import { openSystem } from '../system.ts'
import { openGatewayNetwork } from './gateway-network.ts'
import type { GatewayNetwork } from './network-parts.ts'
import { removeGatewayNetwork } from './remove.ts'
import { resolverFiles } from './resolvers.ts'
import { checkInterfaces, type GatewaySetup } from './setup.ts'

export interface StartOptions {
  readonly serial: string
  readonly setup: GatewaySetup
  /** The data folder: keeps its keys and the certificate of the tunnels. */
  readonly disk: Disk
  /** Not on a disk. Made when missing. */
  readonly folder: string
  /** Of the local console; undefined: there is none. */
  readonly consolePort: number | undefined
  readonly certification: Pick<Certification, 'certify'>
  readonly logger: Logger
}

const needs: Needs = {
  programs: ['bird', 'conntrack', 'dnsmasq', 'ip', 'keepalived', 'nft', 'ping', 'tc'],
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
  checkInterfaces(setup, await system.interfaces())
  const places = placesIn(folder)
  const hold = await holdFolder(places.gateway)
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
      engine: await engineOf(system),
      queue: (await hasFairQueue()) ? 'fq_codel' : 'pfifo',
      hasTags: await hasTags(),
      consolePort: options.consolePort,
      resolverFiles,
      secrets: openBoxSecrets({ disk: options.disk, serial }),
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
  const hold = await holdFolder(places.gateway)
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
