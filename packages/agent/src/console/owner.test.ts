import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { request as httpsRequest } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Secret } from '@opensag/protocol'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeCertificate } from '../../../../test/support/certificate.ts'
import type { AdminPassword } from '../admin-password.ts'
import { createMemoryDisk } from '../disk.ts'
import { openLocalSettings } from '../local-settings.ts'
import { type LocalConsole, type LocalConsoleOptions, startLocalConsole } from './server.ts'

const code = 'ABCD-EFGH-JKMN'
let password: string | undefined
let now: number
let console: LocalConsole
let lines: string

const admin: AdminPassword = {
  isSet: () => password !== undefined,
  verify: async (given) => given.reveal() === password,
  async setFirst(given) {
    password = given.reveal()
    return true
  },
  onChange: () => undefined,
}

async function start(more: Partial<LocalConsoleOptions> = {}): Promise<LocalConsole> {
  return startLocalConsole({
    adminPassword: admin,
    settings: await openLocalSettings({ disk: createMemoryDisk(), serial: 'sag1' }),
    status: () => ({
      serial: 'sag1',
      model: 'SAG-1000',
      version: '2.3.1.1',
      connection: { is: 'online' },
      passwordChangedAt: undefined,
    }),
    code: Secret.of(code),
    host: '127.0.0.1',
    port: 0,
    clock: () => now,
    random: randomBytes,
    logger: pino(
      {},
      {
        write(line: string) {
          lines += line
        },
      },
    ),
    ...more,
  })
}

beforeEach(async () => {
  password = undefined
  now = 1_700_000_000_000
  lines = ''
  console = await start()
})
afterEach(() => console.close())

function post(path: string, fields: Readonly<Record<string, string>>, cookie = ''): Promise<Response> {
  const body = new URLSearchParams({ username: 'admin', ...fields })
  return fetch(`${console.url}${path}`, { method: 'POST', body, redirect: 'manual', headers: { cookie } })
}

describe('the first visit', () => {
  const fields = { password: 'First_pass1' }

  test('asks for the code of the machine, and 303 with it', async () => {
    expect(await (await fetch(console.url)).text()).toContain('name="code"')
    expect((await post('/setup', { ...fields, code: 'abcd efgh jkmn' })).status).toBe(303)
    expect(password).toBe('First_pass1')
  })

  test.each([{}, { code: '' }, { code: 'ABCD-EFGH-JKMP' }])('403 and nothing set with %j', async (wrong) => {
    const answer = await post('/setup', { ...fields, ...wrong })
    expect(answer.status).toBe(403)
    expect(await answer.text()).toContain('console-code')
    expect(password).toBeUndefined()
    expect(lines).toContain('had not the code')
    expect(lines).not.toMatch(/ABCD|First_pass1/)
  })

  test('429 after five wrong codes, and not for who knows the right one', async () => {
    for (let i = 0; i < 5; i++) expect((await post('/setup', { ...fields, code: `no ${i}` })).status).toBe(403)
    expect((await post('/setup', { ...fields, code: 'again' })).status).toBe(429)
    expect((await post('/setup', { ...fields, code })).status).toBe(303)
  })
})

describe('while others fail without end', () => {
  const right = { password: 'Right_password1' }

  beforeEach(() => {
    password = right.password
  })

  async function fail(): Promise<void> {
    for (let i = 0; i < 6; i++) await post('/login', { password: 'Wrong_password1' })
  }

  test('a browser that has logged in before need not wait', async () => {
    const first = await post('/login', right)
    const cookies = first.headers.getSetCookie()
    const known = cookies.find((set) => set.startsWith('opensag-browser-sag1=')) ?? ''
    expect(known).toMatch(/; Path=\/; HttpOnly; SameSite=Strict; Max-Age=7776000$/)
    await fail()
    expect((await post('/login', right)).status).toBe(429)
    expect((await post('/login', right, known.split(';')[0])).status).toBe(303)
    expect((await post('/login', right, 'opensag-browser-sag1=forged')).status).toBe(429)
  })

  test('who has the code of the machine need not wait, and the page of the wait says so', async () => {
    await fail()
    const waiting = await post('/login', right)
    expect(waiting.status).toBe(429)
    expect(await waiting.text()).toContain('name="code"')
    expect((await post('/login', { ...right, code })).status).toBe(303)
    expect((await post('/login', { ...right, code: 'ABCD-EFGH-JKMP' })).status).toBe(429)
  })

  test('neither of the two opens anything by itself', async () => {
    expect((await post('/login', { password: 'Wrong_password1', code })).status).toBe(401)
    expect((await post('/login', { code })).status).toBe(401)
  })
})

test('with a certificate it is HTTPS: its cookies go nowhere else, and the browser comes back over TLS only', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'opensag-console-tls-'))
  try {
    const files = makeCertificate(folder, '127.0.0.1')
    const tls = { cert: await readFile(files.cert, 'utf8'), key: await readFile(files.key, 'utf8') }
    await console.close()
    console = await start({ tls })
    password = 'Right_password1'
    const answer = await new Promise<{ status: number | undefined; headers: Record<string, unknown> }>(
      (done, failed) => {
        const options = {
          method: 'POST',
          ca: tls.cert,
          headers: { 'content-type': 'application/x-www-form-urlencoded', origin: console.url },
        }
        httpsRequest(`${console.url}/login`, options, (response) => {
          response.resume()
          done({ status: response.statusCode, headers: response.headers })
        })
          .on('error', failed)
          .end('username=admin&password=Right_password1')
      },
    )
    expect(console.url).toMatch(/^https:/)
    expect(answer.status).toBe(303)
    expect(answer.headers['strict-transport-security']).toBe('max-age=31536000')
    for (const set of answer.headers['set-cookie'] as string[]) expect(set).toContain('; Secure')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
