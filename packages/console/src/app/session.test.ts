import { beforeEach, expect, test, vi } from 'vitest'
import { until } from '../../../../test/support/time.ts'

// A rune is a call where nothing compiles it: here it gives the value itself.
vi.stubGlobal(
  '$state',
  Object.assign((value: unknown) => value, { raw: (value: unknown) => value }),
)
vi.stubGlobal('location', { origin: 'https://sag.example.com' })
/** As a browser has it: what is kept are its own properties. */
const tab: Record<string, unknown> = Object.create({ removeItem: (name: string) => delete tab[name] })
vi.stubGlobal('sessionStorage', tab)
const { call, session, context } = await import('./session.svelte.ts')

const alice = who('alice')
const bob = who('bob')
const aliceAgain = { ...who('alice'), key: { ...alice.key, accessKeyId: 'STS.alice-again' } }

function who(name: string) {
  const key = { accessKeyId: `STS.${name}`, accessKeySecret: 'secret', securityToken: 'token' }
  return { key, accountId: '1210123456123456', arn: `acs:ram::1210123456123456:user/${name}` }
}

const sent: string[] = []
let answer: (sent: number) => Promise<Response>
const ended = (code: string) =>
  new Response(JSON.stringify({ Code: code, Message: '', RequestId: 'R' }), { status: 400 })

beforeEach(() => {
  sent.length = 0
  answer = async () => new Response('{"RequestId":"R"}')
  vi.spyOn(context, 'fetch').mockImplementation(async (_url, init) => {
    sent.push(String(new Headers(init?.headers).get('authorization')))
    return answer(sent.length)
  })
  session.end()
  for (const name of Object.keys(tab)) delete tab[name]
})

test('a call is signed with the key of who is logged on', async () => {
  session.begin(alice)
  await call('Ram', 'ListUsers', {})
  expect(sent).toEqual([expect.stringContaining('Credential=STS.alice,')])
})

test('after logging off the key is nowhere, and nothing is signed any more', async () => {
  session.begin(alice)
  session.end()
  expect(session.current).toBeUndefined()
  await expect(call('Ram', 'ListUsers', {})).rejects.toThrow('Nobody is logged on.')
  expect(sent).toEqual([])
})

test.each([
  'InvalidAccessKeyId.NotFound',
  'InvalidAccessKeyId.Inactive',
  'InvalidSecurityToken.Expired',
  'InvalidSecurityToken.Malformed',
  'InvalidSecurityToken.MismatchWithAccessKey',
])('%s: the person stays and has to log on again; the call that did nothing is sent once more then', async (code) => {
  session.begin(alice)
  const { current } = session
  answer = async (count) => (count === 1 ? ended(code) : new Response('{"RequestId":"R2"}'))
  const asked = call('Ram', 'ListUsers', {})
  await until('the session has lapsed', () => session.lapsed)
  // Begun meanwhile: it is not sent with a key that does not count.
  const another = call('Ram', 'ListGroups', {})
  expect(sent).toEqual([expect.stringContaining('Credential=STS.alice,')])
  session.begin(aliceAgain)
  expect(await asked).toEqual({ RequestId: 'R2' })
  await another
  expect(session).toMatchObject({ lapsed: false, ended: false })
  expect(session.current).toBe(current)
  expect(sent.slice(1)).toEqual(Array(2).fill(expect.stringContaining('Credential=STS.alice-again,')))
})

test('a call that is refused for the same reason once more is told so, and not sent a third time', async () => {
  session.begin(alice)
  answer = async () => ended('InvalidSecurityToken.Expired')
  const asked = call('Ram', 'ListUsers', {})
  await until('the session has lapsed', () => session.lapsed)
  session.begin(aliceAgain)
  await expect(asked).rejects.toMatchObject({ code: 'InvalidSecurityToken.Expired' })
  expect(session.lapsed).toBe(true)
  expect(sent).toHaveLength(2)
})

test.each([
  ['somebody else logs on', () => session.begin(bob), bob.arn],
  ['the person leaves', () => session.end(), undefined],
])('a call that waits is never sent when %s', async (_when, leave, arn) => {
  session.begin(alice)
  answer = async () => ended('InvalidSecurityToken.Expired')
  const asked = call('Ram', 'ListUsers', {})
  await until('the session has lapsed', () => session.lapsed)
  leave()
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' })
  expect(session).toMatchObject({ lapsed: false, ended: false })
  expect(session.current?.arn).toBe(arn)
  expect(sent).toHaveLength(1)
})

test('a call that waits can be given up', async () => {
  session.begin(alice)
  answer = async () => ended('InvalidSecurityToken.Expired')
  const flight = new AbortController()
  const asked = call('Ram', 'ListUsers', {}, flight.signal)
  await until('the session has lapsed', () => session.lapsed)
  flight.abort()
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' })
  await expect(call('Ram', 'ListUsers', {}, flight.signal)).rejects.toMatchObject({ name: 'AbortError' })
  session.begin(aliceAgain)
  expect(sent).toHaveLength(1)
})

test('a late answer to a key that was renewed meanwhile asks nobody to log on again', async () => {
  session.begin(alice)
  answer = async (count) => {
    if (count > 1) return new Response('{"RequestId":"R2"}')
    session.lapse(alice.key)
    session.begin(aliceAgain)
    return ended('InvalidSecurityToken.Expired')
  }
  expect(await call('Ram', 'ListUsers', {})).toEqual({ RequestId: 'R2' })
  expect(session.lapsed).toBe(false)
})

test('a refusal of another kind does not end the session', async () => {
  session.begin(alice)
  answer = async () => ended('NoPermission')
  await expect(call('Ram', 'ListUsers', {})).rejects.toMatchObject({ code: 'NoPermission' })
  expect(session).toMatchObject({ current: { arn: alice.arn }, lapsed: false })
})

test('a late answer to who logged off leaves the next session alone', async () => {
  session.begin(alice)
  answer = async () => {
    session.end()
    session.begin(bob)
    return ended('InvalidSecurityToken.Expired')
  }
  await expect(call('Ram', 'ListUsers', {})).rejects.toMatchObject({ code: 'InvalidSecurityToken.Expired' })
  expect(session).toMatchObject({ current: { arn: bob.arn }, ended: false, lapsed: false })
})

test('drafts stay for who logs on again, are gone with logging off, and for anybody else', () => {
  const keep = (): void => void Object.assign(tab, { [`opensag.drafts ${alice.arn}`]: '[]', other: 'x' })
  session.begin(alice)
  keep()
  session.lapse(alice.key)
  session.begin(aliceAgain)
  session.end(true)
  session.begin(alice)
  expect(Object.keys(tab)).toEqual([`opensag.drafts ${alice.arn}`, 'other'])
  session.lapse(alice.key)
  session.begin(bob)
  expect(Object.keys(tab)).toEqual(['other'])
  session.begin(alice)
  keep()
  session.end()
  expect(Object.keys(tab)).toEqual(['other'])
})
