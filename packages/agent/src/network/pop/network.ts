import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Timers } from '@opensag/protocol'
import type { Logger } from 'pino'
import { openBird } from '../bird.ts'
import { lastMetric } from '../marks.ts'
import { openSystem } from '../system.ts'
import { type HeldLinks, heldBy, type LinkSteps, noLinks, observeLinks, stepsTo } from './links.ts'
import type { Machine } from './machine.ts'
import { isolatedMark, isolatedTable, learntMark, learntTable, namespaceOf } from './names.ts'
import type { WantedNetwork } from './wanted.ts'

/** The namespace of one cloud connect network. */
export interface HeldNetwork {
  /** Takes away what is not wanted any more: before anything is added to any network. */
  withdraw(wanted: WantedNetwork): Promise<void>
  /** Makes it as it is wanted. What is as it was is not touched. */
  establish(wanted: WantedNetwork): Promise<void>
  /** Takes all of it away. */
  remove(): Promise<void>
  /** Ends its daemons; links, routes and rules stay. */
  close(): Promise<void>
}

export interface NetworkOptions {
  readonly number: number
  /** It is there already: from the process before this one. */
  readonly isThere: boolean
  readonly machine: Machine
  /** For the files of daemons. */
  readonly folder: string
  readonly timers: Timers
  readonly logger: Logger
}

/** Settings of the kernel in a namespace. Sources are looked at by nftables: paths may be asymmetric. */
const settings = [
  'net/ipv4/ip_forward=1',
  'net/ipv4/conf/all/rp_filter=0',
  'net/ipv4/conf/default/rp_filter=0',
  'net/ipv4/conf/all/send_redirects=0',
  'net/ipv4/conf/default/send_redirects=0',
  'net/ipv4/conf/all/accept_redirects=0',
  'net/ipv4/conf/default/accept_redirects=0',
  'net/ipv6/conf/all/disable_ipv6=1',
  'net/ipv6/conf/default/disable_ipv6=1',
]

/** A mark leads to a table that has no more than what BIRD puts there. */
const foundation = [
  'link set lo up',
  ...[
    [isolatedMark, isolatedTable],
    [learntMark, learntTable],
  ].flatMap(([mark, table]) => [
    `rule add fwmark ${mark} lookup ${table} pref ${table}`,
    `route add unreachable default table ${table} metric ${lastMetric}`,
  ]),
]

export function holdNetwork(options: NetworkOptions): HeldNetwork {
  const { number, machine, folder, timers, logger } = options
  const namespace = namespaceOf(number, machine.prefix)
  const system = openSystem(namespace)
  const bird = openBird({ name: namespace, folder, system, timers, logger })
  const log = join(folder, `${namespace}.routing.log`)
  /** A neighbour that errs again and again fills two files and no more. */
  const head = `# Written by opensag pop. Changes are lost.
log "${log}" 100000 "${log}.1" { warning, error, fatal, bug };
`
  let isThere = options.isThere
  /** Undefined: to be looked up, because a step has failed or another process has left it. */
  let held: HeldLinks | undefined = isThere ? undefined : noLinks
  let filter: string | undefined

  async function heldNow(): Promise<HeldLinks> {
    held ??= await observeLinks(system)
    return held
  }

  /** From then on nothing is known until all of it is done. */
  async function carryOut(work: (before: HeldLinks) => Promise<HeldLinks>): Promise<void> {
    const before = await heldNow()
    held = undefined
    held = await work(before)
  }

  async function make(): Promise<void> {
    await machine.addNamespace(namespace)
    isThere = true
    held = undefined
    await system.run(['sysctl', '-q', '-e', '-w', ...settings])
    // One that was cut off while it was made has some of it.
    for (const line of foundation) await system.ip([line]).catch(ifNotThere)
  }

  /** Of what is wanted, the attachments that the machine has. */
  async function within(wanted: WantedNetwork, before: HeldLinks): Promise<WantedNetwork> {
    const missing = wanted.attachments.filter((one) => !before.attachments.has(one.interface))
    if (missing.length === 0) return wanted
    const there = await machine.interfaces()
    const absent = missing.filter((one) => !there.includes(one.interface))
    for (const one of absent) {
      logger.error({ ccn: one.ccn, interface: one.interface }, 'The interface of an attachment is not there.')
    }
    return { ...wanted, attachments: wanted.attachments.filter((one) => !absent.includes(one)) }
  }

  const stepsOf = (before: HeldLinks, wanted: Pick<WantedNetwork, 'links' | 'attachments'>): LinkSteps =>
    stepsTo(before, wanted, { namespace, home: machine.home, queue: machine.queue })

  return {
    async withdraw(wanted) {
      if (!isThere) return
      await carryOut(async (before) => {
        const { takeAway } = stepsOf(before, wanted)
        // The rules first, so that what is on its way meets the ones that are wanted.
        if (takeAway.length > 0) await filterBy(wanted.filter)
        await system.ip(takeAway)
        return takeAway.length === 0 ? before : without(before, wanted)
      })
    },
    async establish(wanted) {
      if (!isThere) await make()
      await filterBy(wanted.filter)
      await carryOut(async (before) => {
        const possible = await within(wanted, before)
        const { home, inside, tc } = stepsOf(before, possible)
        await machine.system.ip(home)
        await system.ip(inside)
        await system.tc(tc)
        return heldBy(possible)
      })
      await bird.configure(`${head}${wanted.bird}`)
    },
    async remove() {
      await bird.remove()
      for (const path of [log, `${log}.1`]) await rm(path, { force: true })
      if (isThere) {
        await carryOut(async (before) => {
          await system.ip(stepsOf(before, { links: [], attachments: [] }).takeAway)
          return noLinks
        })
        await machine.deleteNamespace(namespace)
      }
      isThere = false
      held = noLinks
      filter = undefined
    },
    close: () => bird.close(),
  }

  async function filterBy(script: string): Promise<void> {
    if (script === filter) return
    await system.nft(script)
    filter = script
  }
}

/** What is left when everything is gone that differs. */
function without(before: HeldLinks, wanted: WantedNetwork): HeldLinks {
  const { links, attachments } = heldBy(wanted)
  return {
    links: new Map([...before.links].filter(([name, { key }]) => links.get(name)?.key === key)),
    attachments: new Map([...before.attachments].filter(([name]) => attachments.has(name))),
  }
}

function ifNotThere(error: unknown): void {
  if (!/File exists/.test(String(error))) throw error
}
