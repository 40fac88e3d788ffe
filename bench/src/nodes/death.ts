import { setTimeout as pause } from 'node:timers/promises'
import { connectedGateways } from '../gateways.ts'
import { signedForm } from '../sign.ts'
import { type SteadyCalls, startSteadyCalls } from './steady-calls.ts'
import { createOwnerBook, type Strained, watchNodes } from './watch.ts'
import type { Node, World } from './world.ts'

export interface DeathOptions {
  /** Reads, and as many writes, a second. */
  readonly perSecond: number
  /** Before it and after all are back. */
  readonly calmMs: number
  /** All are back by then, or this fails. */
  readonly withinMs: number
}

export interface Death {
  /** Gateways that the killed node had. */
  readonly lost: number
  /** From the kill until the rows say of every gateway that a node which lives has it. */
  readonly backMs: number
  readonly survivors: readonly Strained[]
  /** Gateways that each survivor has in the end: by its own word, and by the rows. */
  readonly held: readonly { readonly said: number; readonly recorded: number }[]
  /** Epochs of gateways that two nodes had. */
  readonly twice: readonly string[]
  readonly calls: Awaited<ReturnType<SteadyCalls['end']>>
  /** Password changes afterwards, each of another gateway, by every survivor in turn. */
  readonly reached: { readonly asked: number; readonly ofTheLost: number; readonly failed: readonly string[] }
}

const lookMs = 500

/** Kills the last node while callers read and write, and waits until every gateway is back. */
export async function killOne(world: World, { perSecond, calmMs, withinMs }: DeathOptions): Promise<Death> {
  const { nodes, gateways } = world
  const [victim, survivors] = [nodes.at(-1) as Node, nodes.slice(0, -1)]
  const book = createOwnerBook(world)
  let isOver = false
  const watched = watchNodes(survivors, () => isOver)
  const calls = startSteadyCalls(world, perSecond)
  try {
    await calls.enter('before')
    await pause(calmMs)
    const lost = (await book.look()).of(victim.id)
    await calls.enter('during')
    const killedAt = performance.now()
    await victim.peer.kill()
    let owners = await book.look()
    const recorded = (): readonly number[] => survivors.map(({ id }) => owners.held.get(id) ?? 0)
    const back = (): number => recorded().reduce((sum, held) => sum + held, 0)
    while (back() < gateways) {
      if (performance.now() - killedAt > withinMs) throw new Error(`Only ${back()} of ${gateways} gateways came back.`)
      await pause(lookMs)
      owners = await book.look()
    }
    const backMs = performance.now() - killedAt
    await calls.enter('after')
    const reached = await reachSome(world, survivors, lost)
    await pause(calmMs)
    owners = await book.look()
    const said = await Promise.all(survivors.map(async ({ data }) => (await connectedGateways(data)) ?? 0))
    const held = recorded().map((own, index) => ({ recorded: own, said: said[index] ?? 0 }))
    isOver = true
    const strained = await watched
    return { lost: lost.size, backMs, survivors: strained, held, twice: book.twice, calls: await calls.end(), reached }
  } finally {
    isOver = true
    await Promise.allSettled([watched, calls.end()])
  }
}

/** A gateway has to answer here, by the bus where another node has it. */
async function reachSome({ samples, account }: World, survivors: readonly Node[], lost: ReadonlySet<string>) {
  const failed: string[] = []
  for (const [index, { serial, instance }] of samples.entries()) {
    const { peer } = survivors[index % survivors.length] as Node
    const params = { SmartAGId: instance, SmartAGSn: serial, Password: `Reached_${index}_again` }
    const answer = await fetch(`http://127.0.0.1:${peer.port}/`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: signedForm(account, 'ModifySAGAdminPassword', params),
    })
    const text = await answer.text()
    if (!answer.ok) failed.push(`${serial}: ${answer.status} ${text}`)
  }
  return { asked: samples.length, ofTheLost: samples.filter(({ serial }) => lost.has(serial)).length, failed }
}
