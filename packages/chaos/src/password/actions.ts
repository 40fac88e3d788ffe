import type { Action } from '../schedule.ts'
import { deliverBus, deliverDown, deliverUp } from './delivery.ts'
import { gatewayDies, gatewayLosesPower, gatewayStarts, gatewayWorks } from './gateway.ts'
import { gatewayLosesLink } from './gateway-steps.ts'
import {
  breakDisk,
  breakStore,
  breaks,
  callerGoes,
  callsAgain,
  dials,
  onBus,
  onQueue,
  onTurn,
  repeat,
  serverNotices,
  serverWorks,
  somebodyCalls,
  swap,
  waitsNoLonger,
  withBox,
} from './happenings.ts'
import { quietWhile } from './heal.ts'
import { nodeDies, nodeStarts, nodeStops, nodeSweeps } from './node.ts'
import { byHand, clone, comesAsWell, local, replace, reportsAgain, rollBack, takeImage, trust } from './people.ts'
import {
  copyStore,
  installNewer,
  installOlder,
  restoreStore,
  runOlderServer,
  takeBack,
  upgradeServer,
} from './restore.ts'
import type { World } from './world.ts'

/** Everything that can happen to a password on its way. */
export const actions: readonly Action<World>[] = [
  { name: 'a quiet while passes', weight: 2, isFault: false, run: quietWhile },
  // What the parties do.
  {
    name: 'gateway dials',
    weight: 60,
    isFault: false,
    run: (world, choice) => withBox(world, choice >> 1, (box) => dials(world, box, choice & 1)),
  },
  {
    name: 'gateway works',
    weight: 160,
    isFault: false,
    run: (world, choice) => withBox(world, choice, (box) => gatewayWorks(world, box)),
  },
  { name: 'server works', weight: 200, isFault: false, run: serverWorks },
  { name: 'message reaches gateway', weight: 110, isFault: false, run: (world, choice) => deliverDown(world, choice) },
  { name: 'message reaches server', weight: 130, isFault: false, run: (world, choice) => deliverUp(world, choice) },
  { name: 'message between nodes arrives', weight: 60, isFault: false, run: deliverBus },
  {
    name: 'somebody calls',
    weight: 30,
    isFault: false,
    run: somebodyCalls,
  },
  {
    name: 'program starts',
    weight: 40,
    isFault: false,
    run: (world, choice) => withBox(world, choice, (box) => gatewayStarts(world, box)),
  },
  {
    name: 'node starts',
    weight: 30,
    isFault: false,
    run: (world, choice) => nodeStarts(world, world.nodes[choice & 1] as World['nodes'][0]),
  },
  {
    name: 'gateway reports again',
    weight: 3,
    isFault: false,
    run: (world, choice) => withBox(world, choice, reportsAgain),
  },
  // What clocks do: every time-out may come at any moment, early or late.
  { name: 'deadline passes', weight: 5, isFault: true, run: (world, choice) => onTurn(world, choice, 'deadline') },
  { name: 'turn lapses', weight: 4, isFault: true, run: (world, choice) => onTurn(world, choice, 'lapse') },
  {
    name: 'waiting gets too long',
    weight: 4,
    isFault: true,
    run: (world, choice) => onTurn(world, choice, 'impatient'),
  },
  { name: 'node waits no longer', weight: 6, isFault: true, run: waitsNoLonger },
  {
    name: 'node sweeps',
    weight: 6,
    isFault: true,
    run: (world, choice) => nodeSweeps(world, world.nodes[choice & 1] as World['nodes'][0]),
  },
  // What the network does.
  {
    name: 'gateway notices a loss',
    weight: 8,
    isFault: true,
    run: (world, choice) => withBox(world, choice, (box) => gatewayLosesLink(world, box)),
  },
  { name: 'server notices a loss', weight: 8, isFault: true, run: serverNotices },
  { name: 'connection breaks with all that is under way', weight: 5, isFault: true, run: breaks },
  {
    name: 'message to gateway is repeated',
    weight: 3,
    isFault: true,
    run: (world, choice) => onQueue(world, choice, 'down', repeat),
  },
  {
    name: 'message to server is repeated',
    weight: 3,
    isFault: true,
    run: (world, choice) => onQueue(world, choice, 'up', repeat),
  },
  {
    name: 'messages to gateway change places',
    weight: 3,
    isFault: true,
    run: (world, choice) => onQueue(world, choice, 'down', swap),
  },
  {
    name: 'messages to server change places',
    weight: 3,
    isFault: true,
    run: (world, choice) => onQueue(world, choice, 'up', swap),
  },
  {
    name: 'message between nodes is lost',
    weight: 4,
    isFault: true,
    run: (world, choice) => onBus(world, choice, 'lost'),
  },
  {
    name: 'message between nodes is repeated',
    weight: 3,
    isFault: true,
    run: (world, choice) => onBus(world, choice, 'repeated'),
  },
  // What breaks.
  {
    name: 'program is killed',
    weight: 6,
    isFault: true,
    run: (world, choice) => withBox(world, choice, (box) => gatewayDies(world, box)),
  },
  {
    name: 'power is cut',
    weight: 7,
    isFault: true,
    run: (world, choice) => withBox(world, choice >> 3, (box) => gatewayLosesPower(world, box, choice & 7)),
  },
  {
    name: 'disk is full',
    weight: 7,
    isFault: true,
    run: (world, choice) => withBox(world, choice, (box) => breakDisk(box, 'full')),
  },
  {
    name: 'disk does not sync',
    weight: 7,
    isFault: true,
    run: (world, choice) => withBox(world, choice, (box) => breakDisk(box, 'unsynced')),
  },
  {
    name: 'node is killed',
    weight: 5,
    isFault: true,
    run: (world, choice) => nodeDies(world, world.nodes[choice & 1] as World['nodes'][0]),
  },
  { name: 'store fails a write', weight: 5, isFault: true, run: (world) => breakStore(world, 'before') },
  { name: 'store fails after a write', weight: 5, isFault: true, run: (world) => breakStore(world, 'after') },
  { name: 'caller goes away', weight: 2, isFault: true, run: callerGoes },
  // What people do.
  {
    name: 'somebody presses the reset button',
    weight: 8,
    isFault: true,
    run: (world, choice) => withBox(world, choice, (box) => local(world, box, 'reset')),
  },
  {
    name: 'somebody sets a first password',
    weight: 4,
    isFault: true,
    run: (world, choice) => withBox(world, choice, (box) => local(world, box, 'first')),
  },
  {
    name: 'somebody changes it by hand',
    weight: 1,
    isFault: true,
    run: (world, choice) => withBox(world, choice, (box) => byHand(world, box)),
  },
  {
    name: 'image is taken',
    weight: 5,
    isFault: true,
    theme: 'restore',
    run: (world, choice) => withBox(world, choice, (box) => takeImage(world, box)),
  },
  { name: 'disk is rolled back', weight: 4, isFault: true, theme: 'restore', run: rollBack },
  { name: 'gateway is cloned', weight: 3, isFault: true, run: clone },
  { name: 'gateway is replaced', weight: 1, isFault: true, run: replace },
  { name: 'another box comes with the same enrolment key', weight: 1, isFault: true, run: comesAsWell },
  { name: 'operator trusts the gateway', weight: 3, isFault: true, theme: 'restore', run: (world) => trust(world) },
  // What is restored, and what is of another version. New actions come at the end.
  { name: 'store is copied', weight: 2, isFault: false, theme: 'restore', run: copyStore },
  {
    name: 'store is restored in order',
    weight: 3,
    isFault: true,
    theme: 'restore',
    run: (world, choice) => restoreStore(world, choice, true),
  },
  {
    name: 'an older copy of the store is put in place',
    weight: 3,
    isFault: true,
    theme: 'restore',
    run: (world, choice) => restoreStore(world, choice, false),
  },
  { name: 'operator takes a password back', weight: 4, isFault: true, theme: 'restore', run: takeBack },
  { name: 'caller leaves at its time-out and calls again', weight: 3, isFault: true, run: callsAgain },
  {
    name: 'node is stopped in order',
    weight: 4,
    isFault: true,
    run: (world, choice) => nodeStops(world, world.nodes[choice & 1] as World['nodes'][0]),
  },
  {
    name: 'gateway runs an older program',
    weight: 20,
    isFault: true,
    theme: 'restore',
    run: (world, choice) => withBox(world, choice, (box) => installOlder(world, box)),
  },
  {
    name: 'gateway gets the newer program',
    weight: 2,
    isFault: true,
    theme: 'restore',
    run: (world, choice) => withBox(world, choice, (box) => installNewer(world, box)),
  },
  { name: 'server is of an older version', weight: 20, isFault: true, theme: 'restore', run: runOlderServer },
  { name: 'server is brought up to date', weight: 2, isFault: true, theme: 'restore', run: upgradeServer },
]
