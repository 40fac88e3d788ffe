import { randomBytes } from 'node:crypto'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AdminPassword } from '../admin-password.ts'
import { createMemoryDisk } from '../disk.ts'
import { type LocalSettings, openLocalSettings } from '../local-settings.ts'
import { UncheckableHash } from '../vault-linux-account.ts'
import { type LocalConsole, startLocalConsole } from './server.ts'

interface FakePassword extends AdminPassword {
  value: string | undefined
  foreign: boolean
  checks: number
  change(to: string | undefined): void
}

function fakePassword(): FakePassword {
  const listeners: (() => void)[] = []
  return {
    value: undefined,
    foreign: false,
    checks: 0,
    isSet() {
      return this.value !== undefined
    },
    async verify(password) {
      this.checks += 1
      if (this.foreign) throw new UncheckableHash()
      return password.reveal() === this.value
    },
    async setFirst(password) {
      if (this.value !== undefined) return false
      this.change(password.reveal())
      return true
    },
    onChange(listener) {
      listeners.push(listener)
    },
    change(to) {
      this.value = to
      for (const listener of listeners) listener()
    },
  }
}

let admin: FakePassword
let settings: LocalSettings
let console: LocalConsole
let now: number
let lines: string

beforeEach(async () => {
  admin = fakePassword()
  settings = await openLocalSettings({ disk: createMemoryDisk(), serial: 'sag32a30000' })
  now = 1_700_000_000_000
  lines = ''
  console = await startLocalConsole({
    adminPassword: admin,
    settings,
    status: () => ({
      serial: 'sag32a30000',
      model: 'SAG-1000 <b>',
      version: '2.3.1.1',
      connection: { is: 'online' },
      passwordChangedAt: 1_700_000_000_000,
    }),
    host: '127.0.0.1',
    port: 0,
    clock: () => now,
    random: randomBytes,
    logger: pino(
      { level: 'trace' },
      {
        write(line: string) {
          lines += line
        },
      },
    ),
  })
})

afterEach(() => console.close())

type Fields = Readonly<Record<string, string>>

function post(path: string, fields: Fields | string, headers: Fields = {}): Promise<Response> {
  const body = typeof fields === 'string' ? fields : new URLSearchParams(fields).toString()
  return fetch(`${console.url}${path}`, {
    method: 'POST',
    body,
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  })
}

function get(path: string, headers: Fields = {}): Promise<Response> {
  return fetch(`${console.url}${path}`, { headers, redirect: 'manual' })
}

function login(password: string, username = 'admin'): Promise<Response> {
  return post('/login', { username, password })
}

function cookieOf(response: Response): string {
  return response.headers.getSetCookie().join(';').split(';')[0] ?? ''
}

async function loggedIn(): Promise<{ readonly cookie: string; readonly token: string }> {
  admin.value ??= 'Right_password1'
  const cookie = cookieOf(await login(admin.value))
  const page = await (await get('/', { cookie })).text()
  return { cookie, token: /name="token" value="([^"]+)"/.exec(page)?.[1] ?? '' }
}

describe('the first visit', () => {
  test('asks to set the password', async () => {
    const response = await get('/')
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('action="/setup"')
  })

  test('303 with a session cookie when it is set', async () => {
    const response = await post('/setup', { username: 'admin', password: 'First_pass1' })
    expect(response.status).toBe(303)
    expect(response.headers.getSetCookie()[0]).toMatch(
      /^opensag-session-sag32a30000=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    )
    expect(admin.value).toBe('First_pass1')
    expect(await (await get('/', { cookie: cookieOf(response) })).text()).toContain('action="/settings"')
  })

  test.each(['short_7', 'a'.repeat(31), 'with space', 'with-hyphen', 'star*star', 'päßwörter', ''])(
    '400 with an explanation for %j',
    async (password) => {
      const response = await post('/setup', { username: 'admin', password })
      expect(response.status).toBe(400)
      expect(await response.text()).toContain('8 to 30 characters')
      expect(admin.isSet()).toBe(false)
    },
  )

  test('400 when the two entries of the form differ', async () => {
    const response = await post('/setup', { username: 'admin', password: 'First_pass1', repeat: 'First_pass2' })
    expect(response.status).toBe(400)
    expect(admin.isSet()).toBe(false)
  })

  test('400 for another user name', async () => {
    expect((await post('/setup', { username: 'root', password: 'First_pass1' })).status).toBe(400)
    expect(admin.isSet()).toBe(false)
  })

  test('409 and no change when one is set already', async () => {
    admin.value = 'Right_password1'
    const response = await post('/setup', { username: 'admin', password: 'Another_pass1' })
    expect(response.status).toBe(409)
    expect(response.headers.get('set-cookie')).toBeNull()
    expect(admin.value).toBe('Right_password1')
  })

  test('of many at once exactly one sets it', async () => {
    const tries = Array.from({ length: 10 }, (_, i) =>
      post('/setup', { username: 'admin', password: `First_pass${i}` }),
    )
    const statuses = (await Promise.all(tries)).map((response) => response.status).sort()
    expect(statuses).toEqual([303, ...Array<number>(9).fill(409)])
  })
})

describe('logging in', () => {
  beforeEach(() => {
    admin.value = 'Right_password1'
  })

  test('303 and a session when right', async () => {
    const response = await login('Right_password1')
    expect(response.status).toBe(303)
    expect(await (await get('/', { cookie: cookieOf(response) })).text()).toContain('Synchronized')
  })

  test('401 when the password or the user name is wrong', async () => {
    expect((await login('Wrong_password1')).status).toBe(401)
    expect((await login('Right_password1', 'root')).status).toBe(401)
    expect((await post('/login', { username: 'admin' })).status).toBe(401)
  })

  test('429 after five failures, also for the right password and without looking at it', async () => {
    for (let i = 0; i < 5; i += 1) expect((await login('Wrong_password1')).status).toBe(401)
    const { checks } = admin
    const response = await login('Right_password1')
    expect(response.status).toBe(429)
    expect(response.headers.get('retry-after')).toBe('1')
    expect(admin.checks).toBe(checks)
    now += 1_000
    expect((await login('Right_password1')).status).toBe(303)
    expect((await login('Wrong_password1')).status).toBe(401)
  })

  test('503 with an explanation when another program set a password that cannot be checked', async () => {
    admin.foreign = true
    const response = await login('Right_password1')
    expect(response.status).toBe(503)
    expect(await response.text()).toContain('set outside OpenSAG')
  })

  test('a password changed while it was being checked opens nothing', async () => {
    const { verify } = admin
    admin.verify = async (password) => {
      const right = await verify.call(admin, password)
      admin.change('Newer_password1')
      return right
    }
    expect((await login('Right_password1')).status).toBe(401)
  })

  test('400 when a field is repeated', async () => {
    expect((await post('/login', 'username=admin&password=Right_password1&password=x')).status).toBe(400)
  })

  test('no password reaches the log or a page', async () => {
    const pages = [
      await login('Wrong_password1'),
      await post('/setup', { username: 'admin', password: 'Third_password' }),
    ]
    for (const page of pages) expect(await page.text()).not.toMatch(/Wrong_password1|Third_password/)
    await login('Right_password1')
    expect(lines).not.toMatch(/_password/)
  })
})

describe('a session', () => {
  test('ends when the password changes', async () => {
    const { cookie } = await loggedIn()
    admin.change('Newer_password1')
    expect(await (await get('/', { cookie })).text()).toContain('action="/login"')
  })

  test('ends when the password is cleared, and the next visit asks to set one', async () => {
    const { cookie } = await loggedIn()
    admin.change(undefined)
    expect(await (await get('/', { cookie })).text()).toContain('action="/setup"')
  })

  test('ends after fifteen idle minutes', async () => {
    const { cookie } = await loggedIn()
    now += 14 * 60_000
    expect(await (await get('/', { cookie })).text()).toContain('action="/settings"')
    now += 15 * 60_000
    expect(await (await get('/', { cookie })).text()).toContain('action="/login"')
  })

  test('ends eight hours after it began, however much it is used', async () => {
    const { cookie } = await loggedIn()
    for (let look = 1; look < 8 * 6; look++) {
      now += 10 * 60_000
      expect(await (await get('/', { cookie })).text()).toContain('action="/settings"')
    }
    now += 10 * 60_000
    expect(await (await get('/', { cookie })).text()).toContain('action="/login"')
  })

  test('ends by logging out, with its token only', async () => {
    const { cookie, token } = await loggedIn()
    await post('/logout', { token: 'forged' }, { cookie })
    expect(await (await get('/', { cookie })).text()).toContain('action="/settings"')
    const response = await post('/logout', { token }, { cookie })
    expect(response.status).toBe(303)
    expect(response.headers.get('set-cookie')).toContain('Max-Age=0')
    expect(await (await get('/', { cookie })).text()).toContain('action="/login"')
  })
})

describe('settings', () => {
  const wanted = { hostname: 'branch-7', wanMode: 'pppoe', dnsServers: '192.0.2.53, 2001:db8::53' }

  test('303, kept, and the gateway is unsynchronised', async () => {
    const { cookie, token } = await loggedIn()
    const response = await post('/settings', { ...wanted, token }, { cookie })
    expect([response.status, response.headers.get('location')]).toEqual([303, '/?saved'])
    expect(settings.current()).toEqual({ ...wanted, dnsServers: ['192.0.2.53', '2001:db8::53'] })
    expect([settings.localRevision(), settings.syncedRevision()]).toEqual([1, 0])
    const page = await (await get('/?saved', { cookie })).text()
    expect(page).toContain('Saved.')
    expect(page).toContain('Not synchronized')
  })

  test('401 and no change without a session or its token', async () => {
    const { cookie, token } = await loggedIn()
    expect((await post('/settings', { ...wanted, token })).status).toBe(401)
    expect((await post('/settings', wanted, { cookie })).status).toBe(401)
    expect(settings.localRevision()).toBe(0)
  })

  test.each([
    ['hostname', '<script>'],
    ['wanMode', 'carrier pigeon'],
    ['dnsServers', '192.0.2.300'],
    ['dnsServers', '192.0.2.1,192.0.2.2,192.0.2.3,192.0.2.4'],
  ])('400 and no change for %s %j', async (field, value) => {
    const { cookie, token } = await loggedIn()
    expect((await post('/settings', { ...wanted, [field]: value, token }, { cookie })).status).toBe(400)
    expect(settings.localRevision()).toBe(0)
  })
})

describe('every answer', () => {
  test('forbids scripts and whatever is not of this console', async () => {
    for (const path of ['/', '/style.css', '/nowhere']) {
      const response = await get(path)
      const page = await response.text()
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(response.headers.get('cache-control')).toBe('no-store')
      expect(page).not.toMatch(/<script|<style|style=|https?:\/\//)
    }
  })

  test('escapes what the device says of itself', async () => {
    expect(await (await get('/')).text()).toContain('SAG-1000 &lt;b&gt;')
  })

  test('is in the language of the browser, or the one chosen', async () => {
    expect(await (await get('/', { 'accept-language': 'zh-CN' })).text()).toContain('<html lang="zh">')
    const chosen = await get('/language?to=en')
    expect(chosen.status).toBe(303)
    const page = await get('/', { 'accept-language': 'zh-CN', cookie: cookieOf(chosen) })
    expect(await page.text()).toContain('<html lang="en">')
  })
})

describe('refused', () => {
  function raw(headers: Fields, method = 'POST'): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      const request = httpRequest(`${console.url}/setup`, { method, headers }, (response: IncomingMessage) => {
        response.resume()
        resolve(response.statusCode)
      })
      request.on('error', reject).end('username=admin&password=First_pass1')
    })
  }
  const form = { 'content-type': 'application/x-www-form-urlencoded' }

  test('421 for a foreign name that leads to this address', async () => {
    expect(await raw({ ...form, host: 'evil.example', origin: 'http://evil.example' })).toBe(421)
    expect(admin.isSet()).toBe(false)
  })

  test('403 for a form of another site', async () => {
    expect(await raw({ ...form, origin: 'http://evil.example' })).toBe(403)
    expect(await raw({ ...form, 'sec-fetch-site': 'cross-site' })).toBe(403)
    expect(admin.isSet()).toBe(false)
  })

  test('415 for another kind of body', async () => {
    const response = await post('/setup', '{"username":"admin"}', { 'content-type': 'application/json' })
    expect(response.status).toBe(415)
  })

  test('413 for a large body', async () => {
    expect((await post('/login', { username: 'admin', password: 'a'.repeat(5_000) })).status).toBe(413)
  })

  test('404 for another path, 500 with nothing of the cause when something breaks', async () => {
    expect((await get('/reset')).status).toBe(404)
    admin.value = 'Right_password1'
    admin.verify = () => Promise.reject(new Error('disk on fire'))
    const response = await login('Right_password1')
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('disk on fire')
    expect(lines).toContain('disk on fire')
  })
})

test('closing cuts connections that say nothing', async () => {
  const socket = connect(console.port, '127.0.0.1')
  const ended = new Promise((resolve) => socket.once('close', resolve))
  socket.on('error', () => 'a cut connection may say so')
  await new Promise((resolve) => socket.once('connect', resolve))
  socket.write('POST /login HTTP/1.1\r\n')
  await get('/')
  await console.close()
  await ended
})
