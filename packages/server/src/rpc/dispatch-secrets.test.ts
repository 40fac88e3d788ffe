import type { Secret } from '@opensag/protocol'
import { describe, expect, test } from 'vitest'
import { operation } from '../apis/operation.ts'
import { secret, text } from '../declare/params.ts'
import { dispatch } from './dispatch.ts'
import { defaultLimits } from './limits.ts'
import type { FrontDoorOptions } from './options.ts'
import { apisOf, doorOptions, key, now } from './testing/door.suite.ts'
import { signV1, urlencoded } from './testing/signing-client.suite.ts'

const password = 'Never_seen_1234'

/** What became of the secrets that an operation was handed, and of the body they came in. */
async function send(
  {
    run = async () => {},
    given = {},
    secretKey = key.secret,
  }: {
    readonly run?: (handed: Secret) => Promise<void>
    readonly given?: Readonly<Record<string, string>>
    readonly secretKey?: string
  } = {},
  more: Partial<FrontDoorOptions> = {},
) {
  const handed: Secret[] = []
  let wipings = 0
  const setThing = operation({
    name: 'SetThing',
    family: 'test',
    about: { en: 'Test.', zh: '测试。' },
    source: 'test',
    access: { action: 'smartag:SetThing', level: 'Write', resource: '*', dependent: [] },
    transaction: 'device',
    params: { Name: text(), Password: secret(/^[A-Za-z0-9_]{8,30}$/).required() },
    errors: { Forbidden: [403, 'No.', '否。'] },
    result: {},
    async run(_context, { Password }) {
      handed.push(Password)
      expect(Password.reveal()).toBe(password)
      await run(Password)
      return {}
    },
  })
  const options = doorOptions({ apis: apisOf(setThing), wipeReceived: () => void wipings++, ...more })
  const params = signV1({ ...key, secret: secretKey }, { Action: 'SetThing', Password: password, ...given }, { now })
  const body = Buffer.from(urlencoded(params))
  const headers = { host: 'sag.example', 'content-type': 'application/x-www-form-urlencoded' }
  const request = { method: 'POST', target: '/', headers, distinct: () => ({}), body, secure: false, source: undefined }
  const { status, payload } = await dispatch(request, options, defaultLimits)
  return { handed, body, status, payload, wipings, options }
}

describe('when a call is answered its password is wiped: of one that', () => {
  test.each([
    ['succeeded', {}, {}, 200, 1],
    ['was refused by its operation', { run: async () => Promise.reject(new Error('disk gone')) }, {}, 500, 1],
    ['was denied', {}, { authorise: () => ({ AuthAction: 'x' }) as never }, 403, 0],
    ['has a wrong signature', { secretKey: 'wrong' }, {}, 400, 0],
    ['has a password that is refused', { given: { Password: '*' } }, {}, 400, 0],
    ['has another parameter that is refused', { given: { Name: '\0' } }, {}, 400, 0],
    ['names no operation', { given: { Action: 'No' } }, {}, 404, 0],
  ])('%s', async (_how, asked, more, expected, ran) => {
    const { handed, body, status, wipings } = await send(asked, more)
    expect([status, handed.length]).toEqual([expected, ran])
    expect(body.every((byte) => byte === 0)).toBe(true)
    for (const secretOfCall of handed) expect(() => secretOfCall.reveal()).toThrow('no value')
    // What Node keeps of the request is wiped too.
    expect(wipings).toBe(1)
  })
})

test('only the string to sign of a wrong signature shows a password, to its caller', async () => {
  const { payload, options } = await send({ secretKey: 'wrong' })
  expect(payload).toContain(password)
  expect(options.logged.join('\n')).not.toContain(password)
  expect((await send()).payload).not.toContain(password)
})

test('a call without a password has nothing of Node wiped', async () => {
  let wipings = 0
  const options = doorOptions({ wipeReceived: () => void wipings++ })
  const body = Buffer.from(urlencoded(signV1(key, { Action: 'DescribeRegions' }, { now })))
  const headers = { host: 'sag.example', 'content-type': 'application/x-www-form-urlencoded' }
  const request = { method: 'POST', target: '/', headers, distinct: () => ({}), body, secure: false, source: undefined }
  expect((await dispatch(request, options, defaultLimits)).status).toBe(200)
  expect(wipings).toBe(0)
})
