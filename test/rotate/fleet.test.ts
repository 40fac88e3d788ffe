import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callApi } from '../../packages/cli/src/api-client.ts'
import { mapConcurrently } from '../../packages/cli/src/rotate/concurrency.ts'
import { limit, until } from '../support/time.ts'
import { type FleetContext, type FleetGateway, startFleet } from './fleet.ts'
import { openedPasswords, publicKeyOf, type Rotation, rotate, startRotate } from './program.ts'
import { newRecipient } from './recipient.ts'
import { type Trouble, troubles } from './troubles.ts'

const isFull = process.env['OPENSAG_FULL'] === '1'
const count = isFull ? 10_000 : 400
/** Some 3 %, evenly over the troubles. */
const broken = Math.round((count * 0.03) / troubles.length)
const patience = limit(20 * 60_000)
/** With ten times as many gateways on the same processors each of them is slower. */
const answerWithinSeconds = isFull ? 28 : 6

let world: FleetContext
let identity: string
let recipient: string
let place: string

beforeAll(async () => {
  world = await startFleet({ gateways: count, broken, answerWithinSeconds })
  ;({ recipient, identity } = await newRecipient(world))
  place = join(world.folder, 'rotation')
}, patience)

afterAll(() => world.close())

function start(...args: readonly string[]): Rotation {
  return startRotate(world, [...args, '--json'])
}

const decidedIn = ({ events }: Rotation): number => events.filter(({ event }) => event === 'gateway').length

/** What must be said of each. A gateway that lets a call run into its deadline is as good as gone for the service. */
const expected: Readonly<Record<Trouble, { readonly result: string; readonly why: RegExp }>> = {
  offline: { result: 'offline', why: /^SmartAccessGatewayOffline/ },
  hanging: { result: 'offline', why: /^SmartAccessGatewayOffline/ },
  // It cannot even write down which password it holds, and leaves rather than say something false.
  'disk-full': { result: 'offline', why: /^SmartAccessGatewayOffline/ },
  refusing: { result: 'kept', why: /^InternalError/ },
  'not-activated': { result: 'kept', why: /^SmartAccessGatewayNotActivated/ },
  'in-arrears': { result: 'kept', why: /^SmartAccessGatewayInArrears/ },
  unsynchronized: { result: 'kept', why: /^ConfigUnsynchronized/ },
  'wrong-model': { result: 'unsupported', why: /3\.4\.2/ },
}

interface GatewayRecord {
  readonly kind: string
  readonly serial: string
  readonly result: string
  readonly why?: string
}

describe.sequential(`${count} gateways, ${broken} of each of ${troubles.length} troubles`, () => {
  let records: readonly GatewayRecord[]
  const passwords = new Map<string, { readonly state: string; readonly password?: string }>()

  test('kill -9 amid the calls, SIGINT amid the calls, and then to the end', { timeout: patience }, async () => {
    const limits = ['--max-failures', '100%', '--attempts', '3', '--settle', `${answerWithinSeconds + 2}s`]
    const first = start('--all', '--recipient', recipient, '--folder', place, '--growth', '4', ...limits)
    await until('a quarter is decided', async () => (decidedIn(first) > count / 4 ? true : undefined), patience)
    first.child.kill('SIGKILL')
    await first.code

    const second = start('--resume', place, ...limits)
    await until('half is decided', async () => (decidedIn(second) > count / 4 ? true : undefined), patience)
    second.child.kill('SIGINT')
    expect(await second.code).toBe(1)
    expect(second.events.at(-1)).toMatchObject({ event: 'ended', end: { is: 'interrupted' }, resumable: true })

    // On a machine that is busy with other things a sound gateway may be late once.
    const third = start('--resume', place, '--retry-failed', '--wait-offline', '20s', ...limits)
    expect(await third.code).toBe(1)
    expect(third.events.at(-1)).toMatchObject({
      event: 'ended',
      end: { is: 'finished' },
      resumable: false,
      problems: [],
    })
  })

  test('the evidence is valid', async () => {
    const { output } = await rotate(world, [
      'verify',
      join(place, 'evidence.jsonl'),
      '--key',
      publicKeyOf(world),
      '--json',
    ])
    records = (JSON.parse(output) as readonly GatewayRecord[]).filter(({ kind }) => kind === 'gateway')
    expect(records).toHaveLength(count)
  })

  test('no gateway was changed twice, as the server has it', { timeout: patience }, async () => {
    const counts = await mapConcurrently(world.gateways, 16, async ({ serial, instanceId }) => {
      const params = { SmartAGId: instanceId, SerialNumber: serial, MaxResults: '100' }
      const { body } = await callApi(world.key, 'ListAdminPasswordChanges', params, { version: '2026-12-01' })
      const changes = body['Changes'] as readonly { readonly Outcome: string }[]
      return { serial, changed: changes.filter(({ Outcome }) => Outcome === 'Succeeded').length }
    })
    expect(counts.filter(({ changed }) => changed > 1)).toEqual([])
    expect(counts.filter(({ changed }) => changed === 1)).toHaveLength(count - broken * troubles.length)
  })

  test('every gateway holds what the evidence says, by logging on to it', { timeout: patience }, async () => {
    const opened = await openedPasswords(world, join(place, 'passwords.age'), identity)
    for (const entry of opened) passwords.set(entry.serial, entry)
    for (const { serial, trouble } of world.gateways) if (trouble === 'offline') await world.power(serial, 'on')
    const bySerial = new Map(records.map((record) => [record.serial, record]))
    const wrong = (
      await mapConcurrently(world.gateways, 32, (gateway) => check(gateway, bySerial.get(gateway.serial)))
    ).filter((problem) => problem !== undefined)
    expect(wrong).toEqual([])
  })

  async function check(gateway: FleetGateway, record: GatewayRecord | undefined): Promise<string | undefined> {
    const { serial, trouble, oldPassword } = gateway
    const shown = `${serial} (${trouble}): ${record?.result} ${record?.why}`
    if (record === undefined) return `${shown}: not in the evidence`
    const oldOpens = await world.opens(gateway, oldPassword)
    const { password } = passwords.get(serial) ?? {}
    if (trouble !== undefined) {
      const { result, why } = expected[trouble]
      if (record.result !== result || !why.test(record.why ?? '')) return `${shown}: expected ${result}`
      return oldOpens ? undefined : `${shown}: the old password does not open it`
    }
    // Also those whose call was cut off by kill -9: what became of it is read back.
    if (record.result !== 'changed') return `${shown}: expected changed`
    if (oldOpens) return `${shown}: the old password still opens it`
    return password !== undefined && (await world.opens(gateway, password))
      ? undefined
      : `${shown}: the new password does not open it`
  }
})
