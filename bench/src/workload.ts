import { play } from './load/own.ts'
import { operator } from './operator.ts'
import type { Peer } from './peers.ts'
import { type Key, post, signedForm } from './sign.ts'

export const callers = 64

/** What is measured under load: the form of a caller's n-th call. */
export type Kind = (key: Key, instance: string, caller: number, turn: number) => string

export const kinds: Readonly<Record<string, Kind>> = {
  /** Reads one instance with its device. */
  'signed read': (key, instance, caller) =>
    signedForm(key, 'DescribeSAGDeviceInfo', { SmartAGId: instance, SmartAGSn: serial(caller) }),
  /** Updates one row of a caller's own. */
  'signed durable write': (key, instance, _caller, turn) =>
    signedForm(key, 'ModifySmartAccessGateway', { SmartAGId: instance, Name: `branch-${turn}` }),
}

/** The calls of one round for every caller, whole as they go on the socket: signing is not what is measured. */
export function roundOf(
  kind: Kind,
  { port }: Peer,
  key: Key,
  instances: readonly string[],
  requests: number,
): readonly (readonly Buffer[])[] {
  const host = `127.0.0.1:${port}`
  return instances.map((instance, caller) =>
    Array.from({ length: requests }, (_, turn) => post(host, kind(key, instance, caller, turn))),
  )
}

/** One activated instance with one bound device for each caller. */
export async function purchaseInstances(
  peer: Peer,
  data: string,
  key: Key,
  count = callers,
): Promise<readonly string[]> {
  const serials = Array.from({ length: count }, (_, caller) => serial(caller))
  for (const one of serials) await operator(data, 'device add', { serial: one, model: 'sag-1000', version: '2.3.1.1' })
  return purchaseAll(peer, key, serials)
}

/** The same for each gateway of a simulation, whose serial numbers are these. */
export function purchaseFor(peer: Peer, key: Key, gateways: number): Promise<readonly string[]> {
  const serials = Array.from({ length: gateways }, (_, index) => `sagbench${String(index).padStart(5, '0')}`)
  return purchaseAll(peer, key, serials)
}

/** An instance for each of these gateways. */
export async function purchaseAll(peer: Peer, key: Key, serials: readonly string[]): Promise<readonly string[]> {
  const ids: string[] = []
  for (const SerialNumber of serials) {
    const id = String((await send(peer, key, 'CreateSmartAccessGateway', purchase))['SmartAGId'])
    await send(peer, key, 'BindSerialNumber', { SmartAGId: id, SerialNumber })
    await send(peer, key, 'ActivateSmartAccessGateway', { SmartAGId: id })
    ids.push(id)
  }
  return ids
}

/** One round of a kind. Calls that are refused measure something else: there must be none. */
export async function playRound(name: string, peer: Peer, calls: readonly (readonly Buffer[])[]): Promise<number> {
  const { perSecond, failures } = await play(peer.port, calls)
  if (failures > 0) throw new Error(`${failures} calls of "${name}" were refused; nothing was measured.`)
  return perSecond
}

export function serial(caller: number): string {
  return `sagbench${String(caller).padStart(4, '0')}`
}

/** One call, which has to succeed. */
export async function send(
  peer: Peer,
  key: Key,
  action: string,
  params: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, unknown>>> {
  const answer = await fetch(`http://127.0.0.1:${peer.port}/`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: signedForm(key, action, params),
  })
  const body = (await answer.json()) as Readonly<Record<string, unknown>>
  if (!answer.ok) throw new Error(`${action}: ${body['Code']}: ${body['Message']}`)
  return body
}

const purchase = {
  HardWareSpec: 'sag-1000',
  HaType: 'no_backup',
  ChargeType: 'PREPAY',
  Period: '12',
  MaxBandWidth: '50',
  AutoPay: 'true',
  AlreadyHaveSag: 'true',
  BuyerMessage: 'bench',
  ReceiverName: 'Bench',
  ReceiverCountry: 'China',
  ReceiverState: 'Shanghai',
  ReceiverCity: 'Shanghai',
  ReceiverDistrict: 'Pudong',
  ReceiverTown: 'Zhangjiang',
  ReceiverAddress: '1',
  ReceiverZip: '201203',
  ReceiverMobile: '13000000000',
  ReceiverEmail: 'bench@example.com',
}
