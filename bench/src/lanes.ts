import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { addFamilies } from './families.ts'
import { azuriteWrite, dynaliteWrite, fillAzurite, fillDynalite, startAzurite, startDynalite } from './other-peers.ts'
import { type Peer, startBare, startHandWritten, startOpenSag, unpaced } from './peers.ts'
import { seedHandWritten } from './seed.ts'
import { post, postV3, signedForm } from './sign.ts'
import { openSite, readForm, writeForm, writeParams } from './site.ts'
import { callers } from './workload.ts'

export const laneNames = {
  bare: 'bare `node:http`, constant answer',
  handWrite: 'hand-written write',
  write: 'OpenSAG write',
  handRead: 'hand-written read',
  read: 'OpenSAG read',
  writeFull: 'OpenSAG write, instances with everything',
  readFull: 'OpenSAG read, instances with everything',
  writeV3: 'OpenSAG write, signature V3',
  bareOwn: 'bare `node:http`, own generator',
  writeOwn: 'OpenSAG write, own generator',
  bareTls: 'bare `node:https`, own generator',
  writeTls: 'OpenSAG write over TLS, own generator',
  dynalite: 'dynalite on disk, update',
  azurite64: 'Azurite table, 64 entities, update',
  azurite10k: 'Azurite table, 10,000 entities, update',
} as const
export type LaneName = keyof typeof laneNames

/** One kind of request to one server. */
export interface Lane {
  readonly peer: Peer
  readonly secure: boolean
  /** Requests of the lane can be sent again: nobody remembers them. */
  readonly again: boolean
  /** Played by our own generator, which makes its connections before the clock runs: handshakes are no calls. */
  readonly isOwn: boolean
  request(turn: number): Buffer
}

/** Starts what the wanted lanes need, each server once. */
export async function openLanes(
  wanted: ReadonlySet<LaneName>,
  { root, folder }: { readonly root: string; readonly folder: string },
  peers: Peer[],
): Promise<ReadonlyMap<LaneName, Lane>> {
  const started = async (starting: Promise<Peer>): Promise<Peer> => {
    const peer = await starting
    peers.push(peer)
    return peer
  }
  const lanes = new Map<LaneName, Lane>()
  const has = (...names: LaneName[]): boolean => names.some((name) => wanted.has(name))
  function add(
    name: LaneName,
    peer: Peer,
    request: Lane['request'],
    is: Partial<Pick<Lane, 'secure' | 'again' | 'isOwn'>> = {},
  ) {
    if (wanted.has(name)) lanes.set(name, { peer, request, secure: false, again: false, isOwn: false, ...is })
  }
  const any = { accessKeyId: 'LTAI0000000000000000', accessKeySecret: 'any' }
  const anyWrite = (peer: Peer) => (turn: number) =>
    post(
      hostOf(peer),
      signedForm(any, 'ModifySmartAccessGateway', { SmartAGId: `sag-${turn % callers}`, Name: 'branch-1' }),
    )

  if (has('bare', 'bareOwn')) {
    const peer = await started(startBare())
    add('bare', peer, anyWrite(peer), { again: true })
    add('bareOwn', peer, anyWrite(peer), { again: true, isOwn: true })
  }
  if (has('handWrite', 'handRead', 'write', 'read', 'writeV3', 'writeOwn')) {
    const data = join(folder, 'own')
    const site = await openSite(await started(startOpenSag(root, data, { flags: unpaced })), data)
    if (has('handWrite', 'handRead')) {
      const hand = { ...site, peer: await started(startHandWritten(seedHandWritten(data, folder, site.user))) }
      add('handWrite', hand.peer, (turn) => post(hostOf(hand.peer), writeForm(hand, turn)))
      add('handRead', hand.peer, (turn) => post(hostOf(hand.peer), readForm(hand, turn)))
    }
    add('write', site.peer, (turn) => post(hostOf(site.peer), writeForm(site, turn)))
    add('writeOwn', site.peer, (turn) => post(hostOf(site.peer), writeForm(site, turn)), { isOwn: true })
    add('read', site.peer, (turn) => post(hostOf(site.peer), readForm(site, turn)))
    add('writeV3', site.peer, (turn) =>
      postV3(hostOf(site.peer), site.user, 'ModifySmartAccessGateway', writeParams(site, turn)),
    )
  }
  if (has('writeFull', 'readFull')) {
    const data = join(folder, 'full')
    const site = await openSite(await started(startOpenSag(root, data, { flags: unpaced })), data)
    await addFamilies(site)
    add('writeFull', site.peer, (turn) => post(hostOf(site.peer), writeForm(site, turn)))
    add('readFull', site.peer, (turn) => post(hostOf(site.peer), readForm(site, turn)))
  }
  if (has('bareTls', 'writeTls')) {
    const certificate = makeCertificate(folder)
    const bare = await started(startBare(certificate))
    add('bareTls', bare, anyWrite(bare), { secure: true, again: true, isOwn: true })
    const data = join(folder, 'tls')
    const flags = [...unpaced, '--tls-cert', certificate.cert, '--tls-key', certificate.key]
    // Filled in the clear: nobody knows who signed the certificate.
    const plain = await started(startOpenSag(root, data))
    const filled = await openSite(plain, data)
    await plain.stop()
    const site = { ...filled, peer: await started(startOpenSag(root, data, { flags })) }
    add('writeTls', site.peer, (turn) => post(hostOf(site.peer), writeForm(site, turn)), { secure: true, isOwn: true })
  }
  if (has('dynalite')) {
    const peer = await started(startDynalite(join(folder, 'dynalite')))
    await fillDynalite(peer, callers)
    add('dynalite', peer, (turn) => dynaliteWrite(peer, turn % callers, turn), { again: true })
  }
  for (const [name, entities] of [['azurite64', 64] as const, ['azurite10k', 10_000] as const]) {
    if (!has(name)) continue
    const peer = await started(startAzurite(join(folder, name)))
    await fillAzurite(peer, entities)
    add(name, peer, (turn) => azuriteWrite(peer, turn % callers, turn), { again: true })
  }
  return lanes
}

function hostOf({ port }: Peer): string {
  return `127.0.0.1:${port}`
}

function makeCertificate(folder: string): { readonly cert: string; readonly key: string } {
  mkdirSync(folder, { recursive: true })
  const [cert, key] = [join(folder, 'server.pem'), join(folder, 'server.key')]
  const kind = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  const names = ['-subj', '/CN=opensag-bench', '-addext', 'subjectAltName=IP:127.0.0.1']
  const made = spawnSync('openssl', [...kind, ...names, '-keyout', key, '-out', cert], { encoding: 'utf8' })
  if (made.status !== 0) throw new Error(`openssl: ${made.error?.message ?? made.stderr}`)
  return { cert, key }
}
