import { boxOf, type GlueAction, actions as glueActions, goesOn, nodeOf, pick, type Run } from '../glue/actions.ts'
import { killNode } from '../glue/programs.ts'
import { viewOf } from '../glue/view.ts'
import type { ServerRun, World } from '../glue/world.ts'
import { cutFromBus, cutFromStore, isCutFromBus, openBus, openStore, sharedOf, wake } from './reach.ts'

const theme = 'one owner'

function breaks(name: string, weight: number, run: Run): GlueAction {
  return { name, weight, isFault: true, theme, run }
}

const running = (world: World): readonly ServerRun[] => world.nodes.flatMap(({ run }) => run ?? [])
/** Of the bus and the store, beside what happens to one node. */
export const actions: readonly GlueAction[] = [
  ...glueActions,
  goesOn('a person changes a setting at a gateway', 1, (world, choice) => {
    const gateway = boxOf(world, choice).run?.gateway
    // Its disk may fail just then.
    gateway?.settings.edit({ hostname: `gateway${++world.names}` }).catch(() => {})
    return gateway !== undefined
  }),
  goesOn('an operation tells a gateway something', 1, (world, choice) => {
    const device = pick(
      [...viewOf(world).devices.values()].filter(({ connected }) => connected),
      choice >> 3,
    )
    const run = nodeOf(world, choice >> 1).run
    if (run?.commands === undefined || run.frozen === true || run.closing || device === undefined) return false
    const to = { serial: device.serial, began: world.time.now() }
    void ((choice & 1) === 1 ? run.commands.reboot(to) : run.commands.synchronise(to)).catch(() => {})
    return true
  }),
  goesOn('a node wakes', 2, (world, choice) => {
    const run = pick(
      running(world).filter(({ frozen }) => frozen === true),
      choice,
    )
    return run !== undefined && wake(run)
  }),
  goesOn('a way to the bus is open again', 2, (world, choice) => {
    const node = pick(world.nodes.filter(isCutFromBus), choice)
    return node !== undefined && openBus(world, node)
  }),
  goesOn('a way to the store is open again', 2, (world, choice) => {
    const node = pick(
      world.nodes.filter(({ storeCut }) => storeCut !== undefined),
      choice,
    )
    return node !== undefined && openStore(node)
  }),
  breaks('a node freezes', 2, (world, choice) => {
    const run = nodeOf(world, choice).run
    if (run === undefined || run.frozen === true) return false
    run.frozen = true
    return true
  }),
  breaks('a node breaks down for good', 1, async (world, choice) => {
    const node = nodeOf(world, choice >> 2)
    if (world.nodes.filter(({ isGone }) => !isGone).length < 2) return false
    const isKilled = await killNode(world, node, { gently: (choice & 1) === 1, survives: (choice & 2) === 2 })
    node.isGone = isKilled
    return isKilled
  }),
  // The node that holds it is not told.
  breaks('a gateway comes to another node', 3, (world, choice) => {
    const wire = pick(
      world.wires.filter(({ gatewayOpen, gateway }) => gatewayOpen && gateway.alive),
      choice >> 1,
    )
    const box = world.boxes.find(({ run }) => run === wire?.gateway)
    if (wire === undefined || box === undefined) return false
    box.route++
    // What it has sent before may still arrive where it was.
    if ((choice & 1) === 1) wire.cut({ gateway: true, server: false })
    else wire.forget()
    return true
  }),
  breaks('a node is cut off from the bus', 2, (world, choice) => cutFromBus(nodeOf(world, choice >> 2), world, choice)),
  breaks('a node is cut off from the store', 2, (world, choice) => {
    const node = nodeOf(world, choice >> 1)
    return node.storeCut === undefined && cutFromStore(world, node, choice & 1 ? 'fails' : 'hangs')
  }),
  breaks('a node is cut off from bus and store', 1, (world, choice) => {
    const node = nodeOf(world, choice >> 1)
    if (node.storeCut !== undefined || isCutFromBus(node)) return false
    cutFromBus(node, world, 0)
    return cutFromStore(world, node, choice & 1 ? 'fails' : 'hangs')
  }),
  breaks('a node waits for the store no longer', 1, (world, choice) => {
    const run = pick(
      running(world).filter(({ storeCut, frozen }) => storeCut === 'hangs' && frozen !== true),
      choice,
    )
    return run !== undefined && sharedOf(world).giveUp(run)
  }),
  breaks('the store fails over', 2, (world, choice) => sharedOf(world).failOver(choice)),
  breaks('the next read is answered late', 1, (world, choice) => {
    const { run } = nodeOf(world, choice)
    if (run === undefined) return false
    sharedOf(world).lateReads.add(run)
    return true
  }),
  breaks('a mail between nodes comes twice', 1, (world, choice) => {
    const mail = pick(
      world.mails.filter(({ isSure }) => isSure !== true),
      choice,
    )
    if (mail === undefined) return false
    world.mails.push({ ...mail })
    return true
  }),
]
