import { Secret } from '@opensag/protocol'
import { createFleet } from '@opensag/server/simulation'
import { fileOf } from '../disk-file.ts'
import type { Action } from '../schedule.ts'
import { copyOfFiles } from './disk.ts'
import { deliverMail, quietWhile } from './heal.ts'
import { call, closeNode, killBox, killNode, startBox, startNode } from './programs.ts'
import { viewOf } from './view.ts'
import { type Box, createBox, enrolmentKey, type Node, type World } from './world.ts'

export type Run = (world: World, choice: number) => boolean | Promise<boolean>
export type GlueAction = Action<World, boolean | Promise<boolean>>

export function goesOn(name: string, weight: number, run: Run): GlueAction {
  return { name, weight, isFault: false, run }
}

export function breaks(name: string, weight: number, run: Run): GlueAction {
  return { name, weight, isFault: true, run }
}

const hours = 3_600_000
const mostCalls = 2
/** The rest of `choice` says which of them; zero: the first, so that shrinking finds it. */
export function pick<T>(items: readonly T[], choice: number): T | undefined {
  return items[choice % Math.max(1, items.length)]
}

export const boxOf = (world: World, choice: number): Box => pick(world.boxes, choice) as Box
export const nodeOf = (world: World, choice: number): Node => pick(world.nodes, choice) as Node

export const actions: readonly GlueAction[] = [
  goesOn('a quiet while', 1, async (world) => {
    await quietWhile(world)
    return true
  }),
  goesOn('a frame arrives at the server', 20, (world, choice) => {
    return (
      pick(
        world.wires.filter(({ up, server }) => up.length > 0 && server.frozen !== true),
        choice,
      )?.deliverUp() ?? false
    )
  }),
  goesOn('a frame arrives at the gateway', 20, (world, choice) => {
    return (
      pick(
        world.wires.filter(({ down }) => down.length > 0),
        choice,
      )?.deliverDown() ?? false
    )
  }),
  goesOn('the store goes on', 24, (world, choice) => world.database.step(choice)),
  goesOn('the store answers', 20, (world, choice) => world.database.answer(choice)),
  goesOn('a disk goes on', 28, (world, choice) => {
    return (
      pick(
        world.boxes.filter(({ disk }) => disk.isBusy()),
        choice,
      )?.disk.instant(choice >> 1) ?? false
    )
  }),
  goesOn('a mail between nodes arrives', 14, (world, choice) => deliverMail(world, choice)),
  goesOn('a call', 5, (world, choice) => {
    if (world.calls.filter(({ outcome, node }) => node.alive && outcome === undefined).length >= mostCalls) return false
    // Mostly where it can come to something: where nobody is there, one call is like the other.
    const isOnline = (serial: string): boolean => world.boxes.some((box) => box.serial === serial && box.run?.online)
    const connected = [...viewOf(world).devices.values()].filter((device) => device.connected)
    const device = pick(connected, choice)
    if (device === undefined || (choice < 56 && !isOnline(device.serial))) return false
    return call(world, nodeOf(world, choice >> 1), device.serial)
  }),
  goesOn('the next timer runs out', 2, (world) => world.time.fireNext()),
  goesOn('a node starts', 3, (world, choice) => startNode(world, nodeOf(world, choice))),
  goesOn('a gateway starts', 3, (world, choice) => startBox(world, boxOf(world, choice))),
  goesOn('a gateway is led to another node', 1, (world, choice) => {
    if (world.nodes.length < 2) return false
    boxOf(world, choice).route++
    return true
  }),
  breaks('the clocks run on and nothing else does', 1, (world, choice) => {
    const until = world.time.now() + (1 + (choice % 4)) * 5000
    let fired = 0
    while (fired < 20 && (world.time.nextDue() ?? until) < until && world.time.fireNext()) fired++
    return fired > 0
  }),
  breaks('a connection is lost', 2, (world, choice) => {
    const wire = pick(world.wires, choice >> 2)
    if (wire === undefined) return false
    wire.cut({ gateway: (choice & 1) === 1, server: (choice & 2) === 2 })
    return true
  }),
  breaks('a frame is lost', 1, (world, choice) => {
    const wire = pick(world.wires, choice >> 1)
    return (choice & 1 ? wire?.up : wire?.down)?.shift() !== undefined
  }),
  breaks('a frame comes twice', 1, (world, choice) => {
    const wire = pick(world.wires, choice >> 1)
    const queue = choice & 1 ? wire?.up : wire?.down
    const [frame] = queue ?? []
    if (frame === undefined) return false
    queue?.unshift(frame)
    return true
  }),
  breaks('a gateway is killed', 1, (world, choice) => killBox(world, boxOf(world, choice))),
  breaks('a gateway loses power', 2, (world, choice) => {
    const box = boxOf(world, choice)
    if (!killBox(world, box, false)) return false
    box.disk.cutPower(choice >> 1)
    return true
  }),
  breaks('a disk fails the next write', 1, (world, choice) => {
    boxOf(world, choice >> 1).disk.fault = choice & 1 ? 'full' : 'unsynced'
    return true
  }),
  breaks('a node is killed', 2, (world, choice) =>
    killNode(world, nodeOf(world, choice >> 2), { gently: (choice & 1) === 1, survives: (choice & 2) === 2 }),
  ),
  breaks('a node stops in order', 1, (world, choice) => closeNode(world, nodeOf(world, choice))),
  breaks('a mail between nodes is lost', 1, (world, choice) => {
    const mail = pick(
      world.mails.filter(({ isSure }) => isSure !== true),
      choice,
    )
    world.mails = world.mails.filter((other) => other !== mail)
    return mail !== undefined
  }),
  breaks('the next commit fails', 1, (world, choice) => {
    world.database.fault = choice & 1 ? 'before' : 'after'
    return true
  }),
  breaks('a clock jumps', 1, (world, choice) => {
    const side = choice & 1 ? nodeOf(world, choice >> 3) : boxOf(world, choice >> 3)
    side.offset += (choice & 2 ? 1 : -1) * (choice & 4 ? 24 * 30 : 1) * hours
    return true
  }),
  breaks('an image of a disk is taken', 3, (world, choice) => {
    if (!world.setUp.rollBacks) return false
    const box = boxOf(world, choice)
    // One of before it enrolled is another gateway.
    if (box.disk.files.get('server.json')?.durable === undefined) return false
    world.images.push({ box, files: copyOfFiles(box.disk.files) })
    return true
  }),
  breaks('a disk is rolled back', 2, (world, choice) => {
    const image = pick(world.images, choice)
    if (image === undefined) return false
    const { box, files } = image
    killBox(world, box, false)
    box.disk = createBox(world, box.name, box.serial, copyOfFiles(files)).disk
    box.excused = viewOf(world).devices.get(box.serial)?.ticket ?? null
    return true
  }),
  breaks('a box is copied', 1, (world, choice) => {
    const image = pick(world.images, choice)
    if (image === undefined || world.boxes.length > 3) return false
    const { box, files } = image
    const copy = createBox(world, `copy${world.boxes.length} of ${box.name}`, box.serial, copyOfFiles(files))
    world.boxes.push(copy)
    return startBox(world, copy)
  }),
  breaks('a gateway is one of before', 1, (world, choice) => {
    // Without a deposit nothing can bring a disk that was rolled back up to date.
    if (world.setUp.rollBacks) return false
    const box = boxOf(world, choice)
    box.isOld = !box.isOld
    return true
  }),
  breaks('a caller leaves', 1, (world, choice) => {
    const one = pick(
      world.calls.filter(({ outcome, isLeft }) => outcome === undefined && !isLeft),
      choice,
    )
    if (one === undefined) return false
    one.isLeft = true
    return true
  }),
  breaks('the operator has a gateway enrol anew', 2, async (world, choice) => {
    const box = boxOf(world, choice)
    const store = world.nodes.find(({ run }) => run?.store !== undefined)?.run?.store
    if (store === undefined) return false
    const key = `${enrolmentKey}-${++world.names}`
    await world.database.commit(store, (tx) => createFleet(tx, world.sealer).resetIdentity(box.serial, Secret.of(key)))
    world.enrolmentKeys.set(box.serial, key)
    // Until one has enrolled and connected the row speaks of a connection that proves nothing; the next sweep ends it.
    for (const other of world.boxes) if (other.serial === box.serial) other.excused = null
    // Its program is given the key, which is a moment later for whatever it has sent before.
    if ((choice & 32) === 0) killBox(world, box)
    box.enrolmentKey = Secret.of(key)
    return true
  }),
  breaks("a gateway gets another one's record", 4, (world, choice) => {
    const from = boxOf(world, choice)
    const to = world.boxes.find(({ serial }) => serial !== from.serial)
    const record = from.disk.files.get('password-change.json')?.visible
    if (to === undefined || record === undefined) return false
    killBox(world, to, false)
    to.disk.files.set('password-change.json', fileOf<string | undefined>(record))
    to.tampered = true
    return true
  }),
]
