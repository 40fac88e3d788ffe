import { startGateway } from '@opensag/agent/simulation'
import { Secret } from '@opensag/protocol'
import {
  createAdminPasswords,
  createFleet,
  createGatewayCommands,
  openChannelOf,
  type PasswordOutcome,
} from '@opensag/server/simulation'
import { createSharedBus } from '../nodes/bus.ts'
import { createNodeBus, type NodeBus } from './bus.ts'
import type { Life } from './time.ts'
import { createWire, type Wire } from './wire.ts'
import {
  asOld,
  type Box,
  type Call,
  type GatewayRun,
  loggerOf,
  type Node,
  type ServerRun,
  type World,
} from './world.ts'

const heartbeatMs = 15_000

const notThereYet = {
  store: undefined,
  opened: undefined,
  channel: undefined,
  passwords: undefined,
  commands: undefined,
  closing: false,
}

/** The server starts on a node. */
export function startNode(world: World, node: Node): boolean {
  if (node.run !== undefined || node.isGone) return false
  const life: Life = { alive: true, name: node.name, storeCut: node.storeCut }
  const bus = world.nats === undefined ? ownBus(world, life) : createSharedBus(world, world.nats, life, node)
  const run: ServerRun = Object.assign(life, { ...notThereYet, bus })
  node.run = run
  void serve(world, node, run).catch((error: unknown) => {
    // It could not start: the process ends, and is started again.
    world.log?.(node.name, `does not start: ${error instanceof Error ? error.message : 'for some reason'}`)
    if (run.alive) stopRun(node, run)
  })
  return true
}

/** Every other node is asked by itself. */
function ownBus(world: World, life: Life): NodeBus {
  return createNodeBus({
    life,
    timers: world.time.timersOf(life),
    others: () =>
      world.nodes.flatMap(({ run }) =>
        run !== undefined && run !== life && run.alive ? [{ life: run, bus: run.bus }] : [],
      ),
    post: (mail) => void world.mails.push(mail),
  })
}

async function serve(world: World, node: Node, run: ServerRun): Promise<void> {
  const store = await world.database.open(run)
  run.store = store
  const logger = loggerOf(world, node.name)
  const wallClock = (): number => world.time.now() + node.offset
  const timers = world.time.timersOf(run)
  const { sealer, random } = world
  const parts = { store, bus: run.bus, sealer, wallClock, timers, random, logger }
  const isShared = world.nats !== undefined
  const opened = await openChannelOf({ heartbeatMs, isShared }, { ...parts, nodeId: node.name })
  // No two programs of one node run at a time here.
  void opened.copied.then((error) => world.defects.push(error))
  run.opened = opened
  run.channel = opened.channel
  run.passwords = createAdminPasswords(parts)
  run.commands = createGatewayCommands(parts)
}

function stopRun(node: Node, run: ServerRun): void {
  run.alive = false
  if (node.run === run) node.run = undefined
}

/** `gently`: its machine goes on, so that the other ends of its connections hear of it. */
export async function killNode(
  world: World,
  node: Node,
  { gently, survives }: { readonly gently: boolean; readonly survives: boolean },
): Promise<boolean> {
  const { run } = node
  if (run === undefined) return false
  run.frozen = false
  stopRun(node, run)
  await world.database.kill(run, survives)
  world.mails = world.mails.filter((mail) => mail.to.alive)
  for (const wire of world.wires) {
    if (wire.server !== run) continue
    if (gently) wire.leave('server')
    else wire.cut({ gateway: false, server: false })
  }
  return true
}

/** The server stops in order: it tells its gateways, records them as offline, and ends. */
export function closeNode(world: World, node: Node): boolean {
  const { run } = node
  if (run?.opened === undefined || run.closing || run.frozen === true) return false
  run.closing = true
  void run.opened
    .close()
    .then(() => run.bus.close())
    .catch((error: unknown) => world.log?.(node.name, `does not stop in order: ${String(error)}`))
    .then(async () => {
      if (run.alive) await killNode(world, node, { gently: true, survives: false })
    })
  return true
}

/** The program of a gateway starts. */
export function startBox(world: World, box: Box): boolean {
  if (box.run !== undefined) return false
  const run: GatewayRun = { alive: true, enrolmentKey: box.enrolmentKey, gateway: undefined, online: false }
  box.run = run
  const logger = loggerOf(world, box.name)
  void startGateway({
    serial: box.serial,
    model: 'sag-1000',
    version: '2.3.1.1',
    serverUrl: 'wss://simulated/channel',
    enrolmentKey: box.enrolmentKey,
    disk: box.disk.diskOf(run),
    vault: box.disk.vaultOf(run),
    serviceIp: '192.0.2.7',
    logger,
    wallClock: () => world.time.now() + box.offset,
    timers: world.time.timersOf(run),
    random: world.random,
    restart: () => () => {
      if (run.alive && killBox(world, box)) startBox(world, box)
    },
    onState(state) {
      run.online = state.is === 'online'
      world.log?.(box.name, state.is)
    },
    open: () => connect(world, box, run).opened,
  }).then(
    (gateway) => {
      run.gateway = gateway
    },
    (error: unknown) => {
      world.log?.(box.name, `does not start: ${error instanceof Error ? error.message : 'for some reason'}`)
      if (run.alive) killBox(world, box)
    },
  )
  return true
}

/** What was being written stays as it is. The other end hears of it while the machine goes on. */
export function killBox(world: World, box: Box, gently = true): boolean {
  const { run } = box
  if (run === undefined) return false
  run.alive = false
  box.run = undefined
  box.disk.abandon()
  for (const wire of world.wires) {
    if (wire.gateway !== run) continue
    if (gently) wire.leave('gateway')
    else wire.cut({ gateway: false, server: false })
  }
  return true
}

function connect(world: World, box: Box, run: GatewayRun): Wire {
  const server = nodeFor(world, box)
  const wire = createWire({
    name: `link${++world.names}`,
    gateway: run,
    server: server ?? { alive: false },
    onFrame: (name, direction, data) => {
      world.trace(`${name} ${direction}`)
      world.trace(data)
    },
    rewrite: (message) => (box.isOld ? asOld(message) : message),
  })
  world.log?.(box.name, `opens ${wire.name} to ${world.nodes.find((node) => node.run === server)?.name ?? 'nobody'}`)
  world.wires.push(wire)
  if (server?.channel === undefined) wire.cut({ gateway: true, server: false })
  else server.channel.accept(wire.socket, '192.0.2.7')
  return wire
}

/** The one it is led to, or another one that serves. */
function nodeFor(world: World, box: Box): ServerRun | undefined {
  for (let index = 0; index < world.nodes.length; index++) {
    const run = world.nodes[(box.route + index) % world.nodes.length]?.run
    if (run?.alive && run.channel !== undefined && !run.closing && run.frozen !== true) return run
  }
  return undefined
}

/** As the operation does: only a device that counts as connected is asked. */
export function call(world: World, node: Node, serial: string): boolean {
  const { run } = node
  if (run?.passwords === undefined || run.store === undefined || run.closing || run.frozen) return false
  const { passwords, store } = run
  const name = `call${world.calls.length + 1}`
  const one: Call = { name, serial, password: `Password_${name}`, node: run, outcome: undefined, isLeft: false }
  world.calls.push(one)
  void store
    .read((db) => createFleet(db).device(serial))
    .then(async (device): Promise<PasswordOutcome | 'offline'> => {
      if (device?.connected !== true) return 'offline'
      const password = Secret.of(one.password)
      const asked = { device, password, accountId: '1', principal: 'acs:ram::1:root', requestId: name }
      return passwords.change({ ...asked, began: world.time.now() })
    })
    .then(
      (outcome) => answered(world, one, outcome),
      () => answered(world, one, 'error'),
    )
  return true
}

function answered(world: World, one: Call, outcome: string): void {
  if (!one.node.alive) return
  one.outcome = outcome
  world.log?.(one.name, `is answered ${outcome}`)
}
