import { trustGateways } from '@opensag/server/simulation'
import { reachAll } from '../nodes/reach.ts'
import { hasUnsettled, judgeEnd, judgeInstant } from './judge.ts'
import { killBox, startBox, startNode } from './programs.ts'
import { drained } from './time.ts'
import { type DeviceView, hashOfTicket, viewOf } from './view.ts'
import type { Box, World } from './world.ts'

const mostSteps = 6000
/** So many timers may run out before a world that is at peace has to be at rest. */
const mostTimers = 400
const trustEvery = 60

/** One thing that goes on by itself, without any clock; false when nothing does. */
export async function goOn(world: World): Promise<boolean> {
  const did =
    world.wires.some((wire) => wire.deliverUp() || wire.deliverDown()) ||
    world.boxes.some((box) => box.disk.instant(0)) ||
    world.database.answer(0) ||
    world.database.step(0) ||
    deliverMail(world, 0)
  if (did) await settled(world)
  return did
}

export function deliverMail(world: World, choice: number): boolean {
  const ready = world.mails.filter((one) => one.to.frozen !== true && one.isHeld?.() !== true)
  const mail = ready[choice % Math.max(1, ready.length)]
  if (mail === undefined) return false
  world.mails = world.mails.filter((other) => other !== mail)
  if (mail.to.alive) {
    world.log?.('mail', mail.about)
    mail.deliver()
  }
  return true
}

/** Everything that follows by itself from what has just happened, has. */
export async function settled(world: World): Promise<void> {
  await drained()
  world.wires = world.wires.filter(
    (wire) =>
      wire.up.length + wire.down.length > 0 ||
      (wire.gatewayOpen && wire.gateway.alive) ||
      (wire.serverOpen && wire.server.alive),
  )
}

/** What is under way goes on to its end; nobody waits for a clock for long. */
export async function quietWhile(world: World): Promise<void> {
  startAll(world, world.boxes)
  await settled(world)
  for (let timers = 0, steps = 0; timers < 8 && steps < 400; steps++) {
    judgeInstant(world)
    if (await goOn(world)) continue
    if (isAtRest(world, world.boxes)) return
    world.time.fireNext()
    await settled(world)
    timers++
  }
}

/** Nothing breaks any more. @throws Violation when not everything comes to rest, or not as it has to. */
export async function heal(world: World): Promise<void> {
  world.database.fault = 'none'
  reachAll(world)
  const survivors = survivorsOf(world)
  for (const box of world.boxes) {
    box.disk.fault = 'none'
    // Who gave it a new key restarts it.
    if (!survivors.includes(box) || box.run?.enrolmentKey !== box.enrolmentKey) killBox(world, box)
  }
  await settled(world)
  let timers = 0
  for (let steps = 0; steps < mostSteps && timers < mostTimers; steps++) {
    startAll(world, survivors)
    judgeInstant(world)
    if (await goOn(world)) continue
    if (isAtRest(world, survivors)) break
    world.time.fireNext()
    await settled(world)
    // One that stops looks ten times a second whether its gateways have moved, for up to twenty seconds.
    if (world.nodes.some(({ run }) => run?.closing === true)) continue
    // Only an operator can say which of several copies is the right one.
    if (++timers % trustEvery === 0 && world.setUp.rollBacks) await trust(world)
  }
  judgeEnd(world, survivors)
}

function startAll(world: World, boxes: readonly Box[]): void {
  for (const node of world.nodes) startNode(world, node)
  for (const box of boxes) startBox(world, box)
}

/** Of several copies the one that has the ticket of the row; while none is enrolled, who has the key to do so. */
function survivorsOf(world: World): readonly Box[] {
  const { devices } = viewOf(world)
  return [...devices.values()].map((device) => {
    const boxes = world.boxes.filter(({ serial }) => serial === device.serial)
    const invited = boxes.find((box) => box.enrolmentKey.reveal() === world.enrolmentKeys.get(device.serial))
    if (device.signKey === null) return invited ?? (boxes[0] as Box)
    return boxes.find((box) => hasNewest(box, device)) ?? invited ?? (boxes[0] as Box)
  })
}

function hasNewest({ disk, run }: Box, { ticket }: DeviceView): boolean {
  const text = disk.files.get('ticket.json')?.visible
  if (text === undefined) return false
  const { ticket: newest } = JSON.parse(text) as { ticket?: string }
  return newest !== undefined && hashOfTicket(newest) === ticket && run !== undefined
}

async function trust(world: World): Promise<void> {
  const { devices } = viewOf(world)
  const store = world.nodes.find(({ run }) => run?.channel !== undefined)?.run?.store
  if (store === undefined) return
  for (const { serial, node } of devices.values()) {
    if (node !== null) continue
    world.log?.('the operator', `trusts ${serial}`)
    await world.database.commit(store, (tx) => trustGateways(tx, serial))
  }
}

/** A frame that was lost is missed with the next one, so what it should have settled takes until a clock sends that. */
function isInStep(box: Box, device: DeviceView | undefined): boolean {
  return box.run?.online === true && device?.connected === true && !hasUnsettled(box)
}

function isAtRest(world: World, survivors: readonly Box[]): boolean {
  const { devices, journal, nodes } = viewOf(world)
  return (
    !world.nodes.some(({ name, isGone }) => isGone && nodes.has(name)) &&
    survivors.every((box) => box.tampered || isInStep(box, devices.get(box.serial))) &&
    world.boxes.every(({ disk }) => !disk.isBusy()) &&
    !world.wires.some((wire) => wire.isHalfOpen()) &&
    !world.database.isBusy() &&
    world.mails.length === 0 &&
    world.calls.every(({ node, outcome }) => !node.alive || outcome !== undefined) &&
    ![...journal.values()].some(({ outcome }) => outcome === 'requested')
  )
}
