import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Secret } from '@opensag/protocol'
import { meaningOf } from '@opensag/rotation'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { limit } from '../../../../test/support/time.ts'
import { type Caller, createCaller } from './call.ts'

let server: Server | undefined
let time = 0

afterEach(() => {
  server?.closeAllConnections()
  server?.close()
  server = undefined
})

async function callerOf(listener: RequestListener, timeoutMs?: number): Promise<Caller> {
  const listening = createServer(listener)
  server = listening
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  return callerAt(`http://127.0.0.1:${(listening.address() as AddressInfo).port}`, timeoutMs)
}

function callerAt(endpoint: string, timeoutMs = limit(20_000)): Caller {
  const key = { endpoint, accessKeyId: 'k', accessKeySecret: Secret.of('s') }
  return createCaller({ key, endpointOf: () => endpoint, timeoutMs, monotonic: () => time })
}

const call = (caller: Caller) =>
  caller.call('cn-shanghai', 'ModifySAGAdminPassword', { Password: Secret.of('New_password') })

describe('a call', () => {
  test('is answered', async () => {
    const caller = await callerOf((_request, response) => {
      response.writeHead(400, { 'x-acs-retry-after': '1500' })
      response.end(JSON.stringify({ Code: 'Throttling.User', Message: 'Slowly.', RequestId: 'q' }))
    })
    expect(await call(caller)).toMatchObject({
      is: 'answered',
      status: 400,
      code: 'Throttling.User',
      message: 'Slowly.',
      requestId: 'q',
      retryAfterMs: 1500,
    })
  })

  test('that nobody listens to was not sent', async () => {
    const caller = await callerOf(() => {})
    await new Promise((resolve) => server?.close(resolve))
    expect(await call(caller)).toMatchObject({ is: 'not-sent', why: 'ECONNREFUSED' })
  })

  test('to a name that does not exist was not sent', async () => {
    expect(await call(callerAt('https://sag.invalid'))).toMatchObject({ is: 'not-sent' })
  })

  test.each(['EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN'])(
    'whose way breaks off (%s) while the answer is awaited is lost, not unsent',
    async (code) => {
      const cause = (syscall: string) => Object.assign(new Error(`${syscall} ${code}`), { code, syscall })
      const failing = vi.spyOn(globalThis, 'fetch')
      failing.mockRejectedValueOnce(new TypeError('fetch failed', { cause: cause('read') }))
      expect(await call(callerAt('http://127.0.0.1:9'))).toEqual({ is: 'lost', why: code })
      failing.mockRejectedValueOnce(new TypeError('fetch failed', { cause: cause('connect') }))
      expect(await call(callerAt('http://127.0.0.1:9'))).toEqual({ is: 'not-sent', why: code })
      failing.mockRestore()
    },
  )

  test('whose TLS breaks while the answer is awaited is lost', async () => {
    const code = 'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC'
    const failing = vi.spyOn(globalThis, 'fetch')
    failing.mockRejectedValueOnce(new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) }))
    expect(await call(callerAt('http://127.0.0.1:9'))).toEqual({ is: 'lost', why: code })
    failing.mockRestore()
  })

  test('whose connection is cut is lost', async () => {
    const caller = await callerOf((request) => request.on('end', () => request.socket.destroy()).resume())
    expect(await call(caller)).toMatchObject({ is: 'lost' })
  })

  test('whose answer is cut short is lost', async () => {
    const caller = await callerOf((_request, response) => {
      response.writeHead(200, { 'content-length': '500' })
      response.write('{"RequestId":"q"')
      response.on('error', () => {})
      setTimeout(() => response.destroy(), 20)
    })
    expect(await call(caller)).toMatchObject({ is: 'lost' })
  })

  test('that is not answered in time is lost', async () => {
    const caller = await callerOf((request) => void request.resume(), 200)
    expect(await call(caller)).toEqual({ is: 'lost', why: 'no answer within 0.2 s' })
  })

  test('that a proxy answers with a page of its own is no success', async () => {
    const caller = await callerOf((_request, response) => response.end('<html>Sign in</html>'))
    const called = await call(caller)
    expect(called.is === 'answered' && meaningOf(called)).toBe('unclear')
  })

  test('that is redirected does not take the password elsewhere', async () => {
    let requests = 0
    const caller = await callerOf((_request, response) => {
      requests += 1
      response.writeHead(307, { location: '/elsewhere' }).end()
    })
    const called = await call(caller)
    expect(called.is === 'answered' && meaningOf(called)).toBe('halt')
    expect(requests).toBe(1)
  })
})

test('the clock of the endpoint goes on by a clock that nobody sets', async () => {
  const caller = await callerOf((_request, response) => {
    response.setHeader('date', 'Wed, 25 Nov 2026 19:00:00 GMT')
    response.end('{}')
  })
  expect(caller.endpointTime()).toBeUndefined()
  time = 5_000
  await call(caller)
  time = 9_000
  expect(caller.endpointTime()).toBe(Date.parse('2026-11-25T19:00:04Z'))
})

test('a clock of the endpoint that was set back, or is another one each time, is no clock', async () => {
  const dates = ['19:00:10', '19:00:12', '18:00:14', '19:00:16']
  const caller = await callerOf((_request, response) => {
    response.setHeader('date', `Wed, 25 Nov 2026 ${dates.shift()} GMT`)
    response.end('{}')
  })
  time = 0
  const told: boolean[] = []
  for (let turn = 0; turn < 4; turn++) {
    await call(caller)
    told.push(caller.endpointTime() !== undefined)
    time += 2_000
  }
  expect(told).toEqual([true, true, false, false])
})

test('an answer that was long on its way does not look like a clock that was set back', async () => {
  let isSlow = false
  const caller = await callerOf((_request, response) => {
    response.setHeader('date', 'Wed, 25 Nov 2026 19:00:00 GMT')
    // It was written a minute before it came.
    if (isSlow) time += 60_000
    response.end('{}')
  })
  time = 0
  await call(caller)
  isSlow = true
  await call(caller)
  expect(caller.endpointTime()).toBeDefined()
})
