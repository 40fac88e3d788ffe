import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readCredentials, startSandbox } from '../support/sandbox.ts'
import { type Answered, purchase } from '../support/signed-request.ts'
import { limit, until } from '../support/time.ts'
import { type Captured, captureV1, captureV3, done, newSite, type Signing, type Site } from './restore-site.ts'

const second = 1000
const patience = limit(600_000)
/** How long ago, in seconds, what was captured was signed: the server accepts fifteen minutes. */
const ages = [0, 1, 60, 300, 840]

const capturing = [captureV1, captureV3]
const expired = { status: 400, body: { Code: 'InvalidTimeStamp.Expired' } }

test(
  'what was signed before a restore is refused after it, whatever its age and form; what is signed then is accepted',
  async () => {
    const site = await newSite()
    await site.start()
    const captured = await buyInEveryWay(site)
    await done('backup', '--to', join(site.folder, 'backup'), '--data', site.data)
    captured.push(...(await buyInEveryWay(site)))
    // Signed and lost on their way: nobody has used their nonces yet.
    captured.push(...inEveryWay(site, purchase, Date.now()))
    expect(await instances(site)).toBe(4 * ages.length)
    await site.stop()
    await done('restore', '--from', join(site.folder, 'backup'), '--data', site.data, '--replace')

    // Once more after another start: the fence is in the store.
    for (const _ of ['first start', 'second start']) {
      await site.start()
      for (const request of captured) expect(await request(site.key().endpoint)).toMatchObject(expired)
      expect(await instances(site)).toBe(2 * ages.length)
      await site.stop()
    }

    await site.start()
    for (const capture of capturing) {
      const request = capture(buying(site, Date.now()))
      expect(await request(site.key().endpoint)).toMatchObject({ status: 200 })
      expect(await request(site.key().endpoint)).toMatchObject({ body: { Code: 'SignatureNonceUsed' } })
    }
    expect(await instances(site)).toBe(2 * ages.length + 2)
  },
  patience,
)

test(
  'what a client whose clock is ahead has signed is refused as far as --clients-ahead says, and no further',
  async () => {
    const site = await newSite()
    await site.start()
    await done('backup', '--to', join(site.folder, 'backup'), '--data', site.data)
    const ahead = capturing.map((capture) => capture(buying(site, Date.now() + 500 * second)))
    for (const request of ahead) expect(await request(site.key().endpoint)).toMatchObject({ status: 200 })
    await site.stop()
    const into = ['--from', join(site.folder, 'backup'), '--data', site.data, '--replace', '--clients-ahead', '600']
    await done('restore', ...into)
    await site.start()
    for (const request of ahead) expect(await request(site.key().endpoint)).toMatchObject(expired)
    // The price: clients whose clocks are right wait as long.
    for (const capture of capturing) {
      expect(await capture(buying(site, Date.now()))(site.key().endpoint)).toMatchObject(expired)
      expect(await capture(buying(site, Date.now() + 800 * second))(site.key().endpoint)).toMatchObject({ status: 200 })
    }
  },
  patience,
)

test(
  'a console session that the backup knows has ended',
  async () => {
    const site = await newSite()
    await site.start()
    const version = '2026-12-01'
    const begin = captureV1({
      key: site.key(),
      action: 'CreateConsoleSession',
      params: { Version: version },
      at: Date.now(),
    })
    const { body } = await begin(site.key().endpoint)
    const session = sessionOf(body)
    const ask = async (): Promise<Answered> => {
      const key = { ...site.key(), accessKeyId: session.id, accessKeySecret: session.secret }
      const params = { SecurityToken: session.token }
      return captureV1({ key, action: 'DescribeRegions', params, at: Date.now() })(key.endpoint)
    }
    expect(await ask()).toMatchObject({ status: 200 })
    await done('backup', '--to', join(site.folder, 'backup'), '--data', site.data)
    await site.stop()
    const told = await done('restore', '--from', join(site.folder, 'backup'), '--data', site.data, '--replace')
    expect(told).toMatch(/1 session of roles and of the console ended/)
    await site.start()
    expect(await ask()).toMatchObject({ body: { Code: 'InvalidAccessKeyId.NotFound' } })
  },
  patience,
)

test(
  'data that was put in place by hand is fenced by the same marks while its server runs, and its gateways come back',
  async () => {
    const sandbox = await startSandbox()
    try {
      const key = await readCredentials(sandbox.data)
      const signed = { key, action: 'DescribeSmartAccessGateways', params: {}, at: Date.now() }
      const requests = capturing.map((capture) => capture(signed))
      for (const request of requests) expect(await request(key.endpoint)).toMatchObject({ status: 200 })
      const online = (await sandbox.devices()).filter((device) => device.online).map(({ serial }) => serial)
      expect(online.length).toBeGreaterThan(0)

      const answer = await sandbox.operator<{ readonly gateways: number }>('restored')
      expect(answer.gateways).toBeGreaterThanOrEqual(online.length)
      for (const request of requests) expect(await request(key.endpoint)).toMatchObject(expired)
      await until(
        'every gateway is back',
        async () => {
          const back = (await sandbox.devices()).filter((device) => device.online).map(({ serial }) => serial)
          return online.every((serial) => back.includes(serial)) || undefined
        },
        patience,
      )
      const events = await sandbox.operator<readonly { readonly detail: string }[]>('device', 'events', online[0] ?? '')
      expect(events.map(({ detail }) => detail)).toContain('The server was restored from a backup.')
      const trail = await done('operator', 'audit', 'export', '--data', sandbox.data)
      expect(trail.split('\n').filter((line) => line.includes('"action":"restore'))).toHaveLength(1)
    } finally {
      await sandbox.remove()
    }
  },
  patience,
)

test(
  'files that were put back by hand are fenced by --mark-only',
  async () => {
    const site = await newSite()
    await site.start()
    await site.stop()
    await cp(site.data, join(site.folder, 'copy'), { recursive: true })
    await site.start()
    const captured = inEveryWay(site, purchase, Date.now())
    for (const request of captured) expect(await request(site.key().endpoint)).toMatchObject({ status: 200 })
    await site.stop()
    await done('restore', '--mark-only', '--data', join(site.folder, 'copy'))
    await site.start(join(site.folder, 'copy'))
    for (const request of captured) expect(await request(site.key().endpoint)).toMatchObject(expired)
    expect(await instances(site)).toBe(0)
  },
  patience,
)

function buying({ key }: Site, at: number): Signing {
  return { key: key(), action: 'CreateSmartAccessGateway', params: purchase, at }
}

function inEveryWay(site: Site, params: Readonly<Record<string, string>>, at: number): Captured[] {
  return capturing.map((capture) => capture({ ...buying(site, at), params }))
}

/** Buys one instance for each form and age of a request, and keeps the requests. */
async function buyInEveryWay(site: Site): Promise<Captured[]> {
  const requests = ages.flatMap((age) => inEveryWay(site, purchase, Date.now() - age * second))
  for (const request of requests) expect(await request(site.key().endpoint)).toMatchObject({ status: 200 })
  return requests
}

async function instances(site: Site): Promise<number> {
  const asked = captureV1({ key: site.key(), action: 'DescribeSmartAccessGateways', params: {}, at: Date.now() })
  const { status, body } = await asked(site.key().endpoint)
  expect(status).toBe(200)
  return Number(body['TotalCount'])
}

function sessionOf(body: Answered['body']): { readonly id: string; readonly secret: string; readonly token: string } {
  const { AccessKeyId, AccessKeySecret, SecurityToken } = (body['Credentials'] ?? body) as Record<string, string>
  return { id: String(AccessKeyId), secret: String(AccessKeySecret), token: String(SecurityToken) }
}
