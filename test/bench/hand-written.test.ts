import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { home, type Peer, startHandWritten, startOpenSag } from '../../bench/src/peers.ts'
import { seedHandWritten } from '../../bench/src/seed.ts'
import { signedForm } from '../../bench/src/sign.ts'
import { openSite, readForm, type Site, writeForm } from '../../bench/src/site.ts'
import { limit } from '../support/time.ts'

// The yardstick is fair: what it answers and writes for the measured calls is what the server does.

const folder = mkdtempSync(join(tmpdir(), 'opensag-hand-written-'))
let server: Peer
let site: Site
let seed: string
let hand: Peer
beforeAll(async () => {
  const data = join(folder, 'data')
  server = await startOpenSag(home, data, { flags: ['--log-level', 'fatal'] })
  site = await openSite(server, data)
  seed = seedHandWritten(data, folder, site.user)
  hand = await startHandWritten(seed)
}, limit(120_000))
afterAll(async () => {
  await hand?.stop()
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
}, limit(30_000))

interface Answered {
  readonly status: number
  readonly headers: readonly string[]
  readonly body: Readonly<Record<string, unknown>>
}

async function post({ port }: Peer, body: string): Promise<Answered> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const answer = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body })
  const { RequestId, HostId, Recommend, Message, ...rest } = (await answer.json()) as Record<string, unknown>
  expect(RequestId).toBe(answer.headers.get('x-acs-request-id'))
  return { status: answer.status, headers: [...answer.headers.keys()], body: rest }
}

type Row = Readonly<Record<string, unknown>>

/** What the calls of the user left behind, without what no two calls share. */
function trail(file: string): readonly Row[] {
  const Database = createRequire(import.meta.url)('libsql')
  const db = new Database(join(folder, file))
  try {
    const rows = db
      .prepare('select * from audit_event where principal_id = ? order by id')
      .all(site.user.userId) as Row[]
    return rows.map(({ id, at, request_id, ...row }) => row)
  } finally {
    db.close()
  }
}

test(
  'a read, a change and a change to the same are answered and recorded alike',
  async () => {
    for (const make of [
      () => readForm(site, 3),
      () => writeForm(site, 3),
      () => writeForm(site, 3),
      () => writeForm(site, 67),
    ]) {
      const [expected, answer] = [await post(server, make()), await post(hand, make())]
      expect(answer).toEqual(expected)
      expect(answer.status).toBe(200)
    }
    const [expected, recorded] = [trail('data/opensag.db'), trail('hand-written.db')]
    expect(recorded).toEqual(expected)
    expect(recorded.map(({ action }) => action)).toEqual([
      'DescribeSAGDeviceInfo',
      ...Array(3).fill('ModifySmartAccessGateway'),
    ])
  },
  limit(60_000),
)

test(
  'what is refused is refused with the same code',
  async () => {
    const { user, instances } = site
    const [id = ''] = instances
    const forms = [
      signedForm(user, 'ModifySmartAccessGateway', { SmartAGId: id, Name: '-' }),
      signedForm(user, 'ModifySmartAccessGateway', { SmartAGId: 'sag-none', Name: 'branch' }),
      signedForm(user, 'DescribeSAGDeviceInfo', { SmartAGId: 'sag-none', SmartAGSn: 'none' }),
      signedForm(user, 'DescribeSAGDeviceInfo', { SmartAGId: id, SmartAGSn: 'none' }),
      signedForm({ ...user, accessKeySecret: 'another' }, 'DescribeSAGDeviceInfo', {
        SmartAGId: id,
        SmartAGSn: 'none',
      }),
      signedForm({ ...user, accessKeyId: 'LTAInone' }, 'DescribeSAGDeviceInfo', { SmartAGId: id, SmartAGSn: 'none' }),
      signedForm(user, 'DescribeSAGDeviceInfo', {
        SmartAGId: id,
        SmartAGSn: 'none',
        Timestamp: '2020-01-01T00:00:00Z',
      }),
    ]
    for (const form of forms) {
      const { status, body } = await post(server, form)
      expect(body['Code']).toBeDefined()
      expect(await post(hand, form)).toMatchObject({ status, body: { Code: body['Code'] } })
    }
  },
  limit(60_000),
)

test(
  'what it acknowledged, and the nonce of it, survives a kill',
  async () => {
    const form = writeForm(site, 64)
    expect(await post(hand, form)).toMatchObject({ status: 200 })
    await hand.kill()
    hand = await startHandWritten(seed)
    expect(await post(hand, form)).toMatchObject({ status: 400, body: { Code: 'SignatureNonceUsed' } })
    const last = trail('hand-written.db').at(-1)
    expect(last).toMatchObject({ action: 'ModifySmartAccessGateway', outcome: null })
    expect(last?.['details']).toContain('"after":"branch-64"')
  },
  limit(60_000),
)
