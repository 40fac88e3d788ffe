import { beforeEach, expect, test, vi } from 'vitest'

// A rune is a call where nothing compiles it: here it gives the value itself.
vi.stubGlobal(
  '$state',
  Object.assign((value: unknown) => value, { raw: (value: unknown) => value }),
)
vi.stubGlobal('location', { origin: 'https://sag.example.com' })
const { call, session, context } = await import('./session.svelte.ts')

const alice = who('alice')
const bob = who('bob')

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
])('%s ends the session, and the person is told', async (code) => {
  session.begin(alice)
  answer = async () => ended(code)
  await expect(call('Ram', 'ListUsers', {})).rejects.toMatchObject({ code })
  expect(session).toMatchObject({ current: undefined, ended: true })
})

test('a refusal of another kind does not end the session', async () => {
  session.begin(alice)
  answer = async () => ended('NoPermission')
  await expect(call('Ram', 'ListUsers', {})).rejects.toMatchObject({ code: 'NoPermission' })
  expect(session.current).toBe(alice)
})

test('a late answer to who logged off leaves the next session alone', async () => {
  session.begin(alice)
  answer = async () => {
    session.end()
    session.begin(bob)
    return ended('InvalidSecurityToken.Expired')
  }
  await expect(call('Ram', 'ListUsers', {})).rejects.toMatchObject({ code: 'InvalidSecurityToken.Expired' })
  expect(session).toMatchObject({ current: bob, ended: false })
})
