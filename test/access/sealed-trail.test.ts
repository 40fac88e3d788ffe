// The audit trail of the built program: verified on the server, and elsewhere from an export.
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { opensag, type Running, runOpensag } from '../support/process.ts'
import { operatorOf } from '../support/sandbox.ts'

interface Verified {
  readonly result: string
  readonly entries: number
  readonly unsealed: number
  readonly head: string
  readonly publicKey: string
}

let data: string
let running: Running

async function start(): Promise<void> {
  running = runOpensag(['server'], { OPENSAG_DATA: data, OPENSAG_PORT: '0' })
  await running.printed(/listens on/)
}

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'opensag-sealed-trail-'))
  await start()
})
afterAll(async () => {
  await running.stop()
  await rm(data, { recursive: true, force: true })
})

const file = (name: string): string => join(data, name)
const verify = (name: string, ...more: readonly string[]) => opensag(['audit', 'verify', file(name), ...more])

test('a server that stops seals its trail, and anyone with its public key can verify an export of it', async () => {
  const { operator } = operatorOf(data)
  for (const name of ['first', 'second']) await operator('account', 'create', name)
  expect(await operator<Verified>('audit', 'verify')).toMatchObject({ result: 'Intact', entries: 0, unsealed: 2 })
  await running.stop()
  await start()
  const verified = await operator<Verified>('audit', 'verify')
  expect(verified).toMatchObject({ result: 'Intact', entries: 2, unsealed: 0 })

  const { output } = await opensag(['operator', 'audit', 'export', '--sealed', '--data', data])
  const { publicKey, head } = verified
  await writeFile(file('trail'), output)
  const right = await verify('trail', '--key', publicKey, '--head', head, '--json')
  expect([right.code, JSON.parse(right.output)]).toEqual([0, verified])

  await writeFile(file('changed'), output.replace('second', 'third'))
  const changed = await verify('changed', '--key', publicKey)
  expect([changed.code, changed.errors]).toEqual([1, expect.stringContaining('are not as they were: changed')])
  for (const [expected, given, reason] of [
    [2, ['nowhere', '--key', publicKey], 'does not exist'],
    [1, ['trail', '--key', 'A'.repeat(43)], 'is not signed by this server'],
    [2, ['trail', '--key', 'AAAA'], '--key: "AAAA" is not valid'],
    [2, ['trail', '--key', publicKey, '--head', 'x'], '--head: "x" is not valid'],
  ] as const) {
    const [name, ...more] = given
    const { code, errors } = await verify(name, ...more)
    expect([code, errors]).toEqual([expected, expect.stringContaining(reason)])
  }
})

test('whoever follows the trail gets what is added, and does not keep the server from stopping', async () => {
  const follower = runOpensag(['operator', 'audit', 'export', '--follow', '--data', data], {})
  const { operator } = operatorOf(data)
  await operator('account', 'create', 'fourth')
  await follower.printed(/fourth/)
  const ended = once(follower.child, 'close')
  await running.stop()
  expect((await ended)[0]).toBe(0)
  await start()
})
