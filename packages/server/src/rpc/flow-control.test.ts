import { createManualTime } from '@opensag/protocol'
import { describe, expect, test } from 'vitest'
import type { Caller } from '../access/caller.ts'
import { createFlowControl } from './flow-control.ts'
import { apisOf, credentialOf, doorOptions, echo, key, now, openDoor, sourceOf } from './testing/door.suite.ts'
import { exchange } from './testing/raw-http.suite.ts'
import { answer, v1Request } from './testing/requests.suite.ts'
import { signV1, urlencoded } from './testing/signing-client.suite.ts'

const signed = { accountId: '1234567890123456', accessKeyId: 'LTAI5t1' }
const root: Caller = { kind: 'Account', ...signed }
const user = (userId: string, accessKeyId = 'LTAI5t2'): Caller => ({
  kind: 'RAMUser',
  ...signed,
  accessKeyId,
  userId,
  userName: 'u',
})
const session = (accessKeyId: string): Caller => ({
  kind: 'AssumedRole',
  ...signed,
  accessKeyId,
  roleId: '3',
  roleName: 'r',
  sessionName: accessKeyId,
})

/** So many calls a user, and a source, at once. */
function create(userCalls: number, sourceCalls: number) {
  const time = createManualTime()
  return {
    time,
    flow: createFlowControl(
      1,
      { userCalls: userCalls / 1000, sourceCalls: sourceCalls / 1000 },
      { timers: time.timers },
    ),
  }
}

describe('flow control', () => {
  test('counts all keys and sessions of a user or role together, and every user for itself', () => {
    const { flow } = create(2, 100)
    flow.admitUser(user('1', 'LTAI5t2'))
    flow.admitUser(user('1', 'LTAI5t3'))
    expect(() => flow.admitUser(user('1', 'STS.1'))).toThrow('user flow control')
    flow.admitUser(session('STS.2'))
    flow.admitUser(session('STS.3'))
    expect(() => flow.admitUser(session('STS.4'))).toThrow('user flow control')
    flow.admitUser(user('2'))
    flow.admitUser(root)
  })

  test('counts a /64 of IPv6 as one source', () => {
    const { flow } = create(100, 2)
    flow.admitSource('2001:db8::1')
    flow.admitSource('2001:db8::2')
    expect(() => flow.admitSource('2001:db8::3')).toThrow('request throttling')
    flow.admitSource('2001:db8:0:1::1')
  })
})

describe('a user who calls more than allowed', () => {
  const request = (nonce: string) =>
    v1Request(signV1(key, { Action: 'DescribeRegions', SignatureNonce: nonce }, { now }))

  test('is answered Throttling.User, uses up no nonce, runs nothing, and is let in again later', async () => {
    const { flow, time } = create(2, 100)
    const regions = echo('DescribeRegions')
    const options = doorOptions({ flow, apis: apisOf(regions) })
    await answer(request('1'), options)
    await answer(request('2'), options)
    expect(await answer(request('3'), options)).toEqual({
      code: 'Throttling.User',
      message: 'Request was denied due to user flow control.',
    })
    expect([regions.seen.length, options.store.burnt.length, options.store.recorded.length]).toEqual([2, 2, 2])
    time.advance(1_000_000)
    expect(await answer(request('3'), options)).toEqual({})
  })

  test('calls that are refused count too', async () => {
    const { flow } = create(2, 100)
    const options = doorOptions({ flow })
    await answer(request('1'), options)
    expect((await answer(request('1'), options)).code).toBe('SignatureNonceUsed')
    expect((await answer(request('2'), options)).code).toBe('Throttling.User')
  })

  test('cannot be somebody who does not have the key', async () => {
    const { flow } = create(2, 100)
    const forged = doorOptions({ flow, credentials: sourceOf(credentialOf({ ...key, secret: 'another' })) })
    for (let call = 0; call < 5; call++) expect((await answer(request('1'), forged)).code).toBe('SignatureDoesNotMatch')
    expect(await answer(request('1'), doorOptions({ flow }))).toEqual({})
  })
})

test('a source that calls more than allowed is answered Throttling and when to come again, unread and whatever it asks', async () => {
  const { flow } = create(100, 3)
  const regions = echo('DescribeRegions')
  const door = await openDoor(doorOptions({ flow, apis: apisOf(regions) }))
  try {
    const good = `/?${urlencoded(signV1(key, { Action: 'DescribeRegions' }, { now }))}`
    const call = (target: string, body = ''): string =>
      `POST ${target} HTTP/1.1\r\nhost: sag.example:7240\r\ncontent-length: ${body.length}\r\n\r\n${body}`
    // On one connection: what is not read of a body is not taken for the next request.
    const text = call(good) + call('/') + call('/nothing') + call(good, 'x'.repeat(100_000)) + call(good)
    const { responses } = await exchange(door.port, text, { answers: 5 })
    expect(responses.map(({ status, body }) => [status, JSON.parse(body).Code])).toEqual([
      [200, undefined],
      [400, 'MissingAction'],
      [404, 'InvalidAction.NotFound'],
      [400, 'Throttling'],
      [400, 'Throttling'],
    ])
    expect(responses.map(({ headers }) => headers['x-acs-retry-after'] !== undefined)).toEqual([
      ...[false, false, false],
      ...[true, true],
    ])
    expect(Number(responses[3]?.headers['x-acs-retry-after'])).toBeGreaterThan(300_000)
    expect(regions.seen).toHaveLength(1)
  } finally {
    await door.close()
  }
})
