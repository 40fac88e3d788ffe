// The server's key and its successor under random weather: the rules of both sides, the gateway's own disk record and the
// operator's count, with preparations, switches, crashes inside each write, backups, restores, and a thief.
import { randomBytes } from 'node:crypto'
import {
  announced,
  believes,
  createKeyPair,
  type KeyPair,
  mostSuccessions,
  prepared,
  Secret,
  type ServerKeys,
  type Succession,
  startGatewayHandshake,
  startServerHandshake,
  switched,
  WrongServer,
} from '@opensag/protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Identity, openIdentity } from '../../packages/agent/src/connection-identity.ts'
import { createMemoryDisk, type Disk } from '../../packages/agent/src/disk.ts'
import { identityNews } from '../../packages/server/src/channel/tell-identity.ts'
import { followingOf } from '../../packages/server/src/model/server-succession.ts'
import { limit } from '../support/time.ts'

const gateways = 3
const serial = 'sag1'
const enrolmentKey = Secret.of('enrolment-key')

type Pinned = { readonly key: string; readonly successor?: string } | undefined

/** A gateway: its disk is all that a crash leaves. */
interface Box {
  readonly disk: Disk
  identity: Identity
}

interface Server {
  readonly keys: ServerKeys
  /** What each gateway reported last. */
  readonly reported: readonly Pinned[]
}

class PowerCut extends Error {}

/** `cut`: the write from now on at which the power goes, counted from 1, and whether it lands. */
function withCuts(disk: Disk, cut: { writes: number; lands: boolean }): Disk {
  return {
    ...disk,
    async write(name, content) {
      cut.writes--
      if (cut.writes === 0 && cut.lands) await disk.write(name, content)
      if (cut.writes <= 0) throw new PowerCut()
      await disk.write(name, content)
    },
  }
}

const never = { writes: Number.POSITIVE_INFINITY, lands: false }
const open = (disk: Disk): Promise<Identity> => openIdentity({ disk, serial, random: randomBytes })

const pinnedOf = (identity: Identity): Pinned => {
  const [key, successor] = [identity.serverKey(), identity.successor()]
  return key === undefined ? undefined : { key, ...(successor === undefined ? {} : { successor }) }
}

interface Peer {
  readonly present: KeyPair
  readonly chain: readonly Succession[]
  /** What it says on the sealed connection to a gateway that reports this. */
  news(pinned: Pinned, transcript: Buffer): ReturnType<typeof identityNews>
}

/** One connection to whoever has these keys. False: the gateway said nothing about itself. */
async function connect(identity: Identity, { present, chain, news }: Peer, reported: (pinned: Pinned) => void) {
  const there = startServerHandshake(present, randomBytes, [1], chain)
  const serverKey = identity.serverKey()
  const enrols = serverKey === undefined
  const { signing, sealing } = identity
  const successor = identity.successor()
  const proof = { serial, signing, sealing, serverKey, successor, enrolmentKey: enrols ? enrolmentKey : undefined }
  let here: ReturnType<typeof startGatewayHandshake>
  try {
    here = startGatewayHandshake(there.hello, proof, randomBytes)
  } catch (error) {
    if (error instanceof WrongServer) return false
    throw error
  }
  const welcome = there.receive(here.prove).welcome(enrols ? enrolmentKey : undefined)
  const result = here.receive(welcome.text)
  if (result.is !== 'welcomed') throw new Error('Refused.')
  if (enrols) await identity.pin(result.serverKey)
  else await identity.proved(result.serverKey)
  reported(pinnedOf(identity))
  // Until there is nothing to say: a successor that was taken may be the server's key by now.
  for (let turn = 0; turn < 3; turn++) {
    const message = news(pinnedOf(identity), welcome.transcript)
    if (message === undefined) break
    const taken =
      message.kind === 'successor'
        ? await identity.nameSuccessor(message)
        : await identity.switchTo(message, result.transcript)
    if (!taken) break
    reported(pinnedOf(identity))
  }
  return true
}

const gateway = fc.nat(gateways - 1)
const cut = fc.option(fc.record({ writes: fc.integer({ min: 1, max: 3 }), lands: fc.boolean() }))
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ is: fc.constant('prepare' as const) }) },
  { weight: 3, arbitrary: fc.record({ is: fc.constant('switch' as const), force: fc.boolean() }) },
  { weight: 10, arbitrary: fc.record({ is: fc.constant('connect' as const), gateway, cut }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('backup' as const) }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('restore' as const) }) },
)
const theft = fc.oneof(
  { weight: 1, arbitrary: fc.record({ is: fc.constant('steal' as const), both: fc.boolean() }) },
  {
    weight: 4,
    arbitrary: fc.record({ is: fc.constant('pose' as const), gateway, chained: fc.boolean(), which: fc.nat(5), cut }),
  },
)

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never
type Theft = typeof theft extends fc.Arbitrary<infer T> ? T : never

async function createWorld() {
  const boxes: Box[] = []
  for (let index = 0; index < gateways; index++) {
    const disk = createMemoryDisk()
    boxes.push({ disk, identity: await open(disk) })
  }
  let server: Server = {
    keys: { present: createKeyPair('Ed25519', randomBytes), next: undefined, chain: [] },
    reported: boxes.map(() => undefined),
  }
  let backup = server
  /** Every key that was ever the server's or prepared to be. */
  const genuine = new Set([server.keys.present.publicKey])
  const stolen: KeyPair[] = []
  let restores = 0
  let switches = 0

  function box(index: number): Box {
    const found = boxes[index]
    if (found === undefined) throw new Error('No such gateway.')
    return found
  }

  function peer(): Peer {
    const { keys } = server
    const identity = { keys, announced: announced(keys) }
    return {
      present: keys.present,
      chain: keys.chain,
      news: (pinned, transcript) => identityNews(identity, pinned, transcript),
    }
  }

  /** What is cut short is opened anew from the disk. */
  async function during(
    one: Box,
    { writes, lands }: { writes: number; lands: boolean },
    work: (identity: Identity) => Promise<unknown>,
  ): Promise<void> {
    const identity = await open(withCuts(one.disk, { writes, lands }))
    try {
      await work(identity)
    } catch (error) {
      if (!(error instanceof PowerCut)) throw error
    }
    one.identity = await open(one.disk)
  }

  function report(index: number, pinned: Pinned): void {
    server = { ...server, reported: server.reported.map((old, at) => (at === index ? pinned : old)) }
  }

  /** As `channel-identity switch` counts. */
  function isReady(): boolean {
    const { present, next, chain } = server.keys
    const keys = { present: present.publicKey, next: next?.publicKey, chain }
    return server.reported.every(
      (pinned) =>
        pinned === undefined || followingOf(keys, { key: pinned.key, successor: pinned.successor ?? null }) === 'ready',
    )
  }

  async function take(action: Step | Theft): Promise<void> {
    switch (action.is) {
      case 'prepare':
        server = { ...server, keys: prepared(server.keys, randomBytes) }
        genuine.add(server.keys.next?.publicKey ?? '')
        return
      case 'switch':
        if (server.keys.next === undefined || !(action.force || isReady())) return
        server = { ...server, keys: switched(server.keys) }
        switches++
        return
      case 'connect':
        await during(box(action.gateway), action.cut ?? never, async (identity) => {
          const spoke = await connect(identity, peer(), (pinned) => report(action.gateway, pinned))
          // Whatever was before: it ends with the key the server has now, and no key from before.
          if (spoke) expect(pinnedOf(identity)?.key).toBe(server.keys.present.publicKey)
        })
        return
      case 'backup':
        backup = server
        return
      case 'restore':
        server = backup
        restores++
        return
      case 'steal':
        stolen.push(server.keys.present, ...(action.both && server.keys.next ? [server.keys.next] : []))
        return
      case 'pose':
        return pose(action)
    }
  }

  /** With a stolen key, by itself or as the first of a chain to a key of his own; and he names a successor of his own. */
  async function pose({ gateway: index, chained, which, cut: cutAt }: Theft & { is: 'pose' }): Promise<void> {
    const key = stolen[which % Math.max(stolen.length, 1)]
    const one = box(index)
    const before = pinnedOf(one.identity)
    if (key === undefined || before === undefined) return
    const own = createKeyPair('Ed25519', randomBytes)
    const his = announced({ present: key, next: own, chain: [] })
    if (his === undefined) throw new Error('He cannot sign.')
    const him: Peer = chained
      ? { present: own, chain: [his], news: () => undefined }
      : { present: key, chain: [], news: () => ({ kind: 'successor', key: his.key, signature: his.signature }) }
    let spoke: boolean | undefined
    await during(one, cutAt ?? never, async (identity) => {
      spoke = await connect(identity, him, () => {})
    })
    const after = pinnedOf(one.identity)
    // A key that is not pinned opens nothing, whether it ever was the server's or not.
    if (before.key !== key.publicKey && before.successor !== key.publicKey) {
      expect({ spoke, after }).toEqual({ spoke: false, after: before })
    }
    // A successor that is pinned stays, whatever the key before it signs.
    if (before.key === key.publicKey && before.successor !== undefined) expect(after).toEqual(before)
  }

  /** It can be reached now, or as soon as the operator has switched to the key that is prepared. */
  function isReachable(pinned: Pinned & object): boolean {
    const { keys } = server
    const pins = { serverKey: pinned.key, successor: pinned.successor }
    const after = switched(keys)
    return believes(pins, keys.present.publicKey, keys.chain) || believes(pins, after.present.publicKey, after.chain)
  }

  return {
    take,
    check(): void {
      for (const one of boxes) {
        const pinned = pinnedOf(one.identity)
        if (pinned === undefined) continue
        if (stolen.length === 0) {
          expect(genuine).toContain(pinned.key)
          if (pinned.successor !== undefined) expect(genuine).toContain(pinned.successor)
        }
        if (stolen.length > 0 || switches > mostSuccessions || isReachable(pinned)) continue
        // Only a restore loses a gateway: it holds a key that was made after the backup.
        expect(restores).toBeGreaterThan(0)
        const { present, next, chain } = server.keys
        const known = new Set([present.publicKey, next?.publicKey, ...chain.flatMap(({ by, key }) => [by, key])])
        expect([pinned.key, pinned.successor].some((key) => key !== undefined && !known.has(key))).toBe(true)
      }
    },
  }
}

async function run(actions: readonly (Step | Theft)[]): Promise<void> {
  const world = await createWorld()
  for (let index = 0; index < gateways; index++) await world.take({ is: 'connect', gateway: index, cut: null })
  for (const action of actions) {
    await world.take(action)
    world.check()
  }
}

const lists = { minLength: 5, maxLength: 25 }

test(
  'no interleaving of preparations, switches, crashes and restores loses a gateway whose keys the server still has',
  () => fc.assert(fc.asyncProperty(fc.array(step, lists), run), { numRuns: 150 }),
  limit(120_000),
)

test(
  'a thief of a key opens no gateway that has gone on from it, and replaces no successor',
  () => fc.assert(fc.asyncProperty(fc.array(fc.oneof(step, theft), lists), run), { numRuns: 150 }),
  limit(120_000),
)
