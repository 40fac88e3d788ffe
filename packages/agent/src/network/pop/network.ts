import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Timers } from '@opensag/protocol'
import type { Logger } from 'pino'
import { z } from 'zod'
import { openBird } from '../bird.ts'
import { lastMetric } from '../marks.ts'
import { hasOwnTable } from '../own-table.ts'
import { openSystem } from '../system.ts'
import { asKnown, type HeldLinks, heldBy, type LinkSteps, noLinks, observeLinks, stepsTo } from './links.ts'
import type { Machine } from './machine.ts'
import { isolatedMark, isolatedTable, learntMark, learntTable, namespaceOf } from './names.ts'
import type { WantedNetwork } from './wanted.ts'

/** The namespace of one cloud connect network. */
export interface HeldNetwork {
  /** Takes away what is not wanted any more: before anything is added to any network. */
  withdraw(wanted: WantedNetwork): Promise<void>
  /** Makes it as it is wanted. What is as it was is not touched. */
  establish(wanted: WantedNetwork): Promise<void>
  /** Looks at what is there, and makes it as it is wanted, whatever others have done to it. */
  mend(wanted: WantedNetwork): Promise<void>
  /** Interfaces of its attachments that the machine does not have; once it has, {@link HeldNetwork.mend} takes them. */
  missing(): readonly string[]
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
const lookups = [
  { mark: isolatedMark, table: isolatedTable },
  { mark: learntMark, table: learntTable },
]

const rulesSchema = z.array(z.object({ priority: z.int(), fwmark: z.string().optional() }))

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
  let missing: readonly string[] = []

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
    // One that runs still is in a namespace that nobody finds any more.
    await bird.remove()
    await machine.addNamespace(namespace)
    isThere = true
    held = undefined
    await lay()
  }

  /** What all else in a namespace stands on. What of it is there stays. */
  async function lay(): Promise<void> {
    await system.run(['sysctl', '-q', '-e', '-w', ...settings])
    const rules = rulesSchema.parse(await system.ipJson('rule', 'show'))
    const isRule = (table: number, mark: number): boolean =>
      rules.some(({ priority, fwmark }) => priority === table && Number(fwmark) === mark)
    await system.ip([
      'link set lo up',
      ...lookups.flatMap(({ mark, table }) => [
        ...(isRule(table, mark) ? [] : [`rule add fwmark ${mark} lookup ${table} pref ${table}`]),
        `route replace unreachable default table ${table} metric ${lastMetric}`,
      ]),
    ])
  }

  /** Of what is wanted, the attachments that the machine has. */
  async function within(wanted: WantedNetwork, before: HeldLinks): Promise<WantedNetwork> {
    const outside = wanted.attachments.filter((one) => !before.attachments.has(one.interface))
    const there = outside.length === 0 ? [] : await machine.interfaces()
    const absent = outside.filter((one) => !there.includes(one.interface))
    for (const { ccn, interface: name } of absent) {
      if (missing.includes(name)) continue
      logger.error({ ccn, interface: name }, 'The interface of an attachment is not there: it is taken when it comes.')
    }
    missing = absent.map((one) => one.interface)
    return { ...wanted, attachments: wanted.attachments.filter((one) => !absent.includes(one)) }
  }

  function stepsOf(
    before: HeldLinks,
    wanted: Pick<WantedNetwork, 'links' | 'attachments'>,
    up: readonly string[] = [],
  ): LinkSteps {
    return stepsTo(before, wanted, { namespace, home: machine.home, queue: machine.queue, up })
  }

  async function withdraw(wanted: WantedNetwork): Promise<void> {
    if (!isThere) return
    await carryOut(async (before) => {
      const { takeAway } = stepsOf(before, wanted)
      // The rules first, so that what is on its way meets the ones that are wanted.
      if (takeAway.length > 0) await filterBy(wanted.filter)
      await system.ip(takeAway)
      return takeAway.length === 0 ? before : without(before, wanted)
    })
  }

  async function establish(wanted: WantedNetwork): Promise<void> {
    if (!isThere) await make()
    await filterBy(wanted.filter)
    await carryOut(async (before) => {
      const possible = await within(wanted, before)
      const isComing = possible.attachments.some((one) => !before.attachments.has(one.interface))
      const up = isComing ? await machine.interfacesUp() : []
      const { home, inside, tc } = stepsOf(before, possible, up)
      await machine.system.ip(home)
      await system.ip(inside)
      await system.tc(tc)
      return heldBy(possible, up, before)
    })
    await bird.configure(`${head}${wanted.bird}`)
  }

  /** Nothing is believed of what was done before. */
  async function look(): Promise<void> {
    if (!(await machine.networks()).includes(number)) {
      isThere = false
      held = noLinks
      filter = undefined
      return
    }
    await lay()
    if (!(await hasOwnTable(system))) filter = undefined
    held = asKnown(await observeLinks(system), held)
  }

  return {
    withdraw,
    establish,
    async mend(wanted) {
      if (isThere) await look()
      await withdraw(wanted)
      await establish(wanted)
    },
    missing: () => missing,
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
      missing = []
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
  const { links, attachments } = heldBy(wanted, [], before)
  return {
    links: new Map([...before.links].filter(([name, { key }]) => links.get(name)?.key === key)),
    attachments: new Map([...before.attachments].filter(([name]) => attachments.has(name))),
  }
}
