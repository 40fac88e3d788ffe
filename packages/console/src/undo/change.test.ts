import { beforeEach, expect, test, vi } from 'vitest'
import { until } from '../../../../test/support/time.ts'

// A rune is a call where nothing compiles it: here it gives the value itself.
const rune = (value: unknown): unknown => value
vi.stubGlobal('$state', Object.assign(rune, { raw: rune }))
vi.stubGlobal('location', { origin: 'https://sag.example.com' })
vi.stubGlobal('navigator', { languages: ['en'] })
vi.stubGlobal('sessionStorage', undefined)
const { session, context } = await import('../app/session.svelte.ts')
const { change, sayDone } = await import('./change.ts')
const { toasts } = await import('../ui/toasts.svelte.ts')

function who(name: string) {
  const key = { accessKeyId: `STS.${name}`, accessKeySecret: 'secret', securityToken: 'token' }
  return { key, accountId: '1210123456123456', arn: `acs:ram::1210123456123456:user/${name}` }
}

/** Who called what. */
const calls: string[] = []
let answer: (operation: string) => Response
beforeEach(() => {
  calls.length = 0
  session.end()
  session.begin(who('alice'))
  vi.spyOn(context, 'fetch').mockImplementation(async (_url, init) => {
    const headers = new Headers(init?.headers)
    const [, person = ''] = /Credential=STS\.([a-z]+)/.exec(headers.get('authorization') ?? '') ?? []
    const operation = headers.get('x-acs-action') ?? ''
    calls.push(`${person} ${operation}`)
    return answer(operation)
  })
})

const rename = {
  product: 'Smartag',
  operation: 'ModifySmartAccessGateway',
  params: { RegionId: 'cn-shanghai', SmartAGId: 'sag-1', Name: 'new' },
} as const

test('a change is made after a look at what was there, and can be undone', async () => {
  answer = () => new Response(JSON.stringify({ RequestId: 'R', Name: 'old' }))
  const { undo } = await change(rename)
  expect(calls).toEqual(['alice DescribeSmartAccessGatewayAttribute', 'alice ModifySmartAccessGateway'])
  expect(undo?.back).toEqual([{ ...rename, params: { ...rename.params, Name: 'old' } }])
})

test('who may not look may still change, without undo', async () => {
  answer = (operation) =>
    operation.startsWith('Describe')
      ? new Response(JSON.stringify({ Code: 'NoPermission', Message: '', RequestId: 'R' }), { status: 403 })
      : new Response(JSON.stringify({ RequestId: 'R' }))
  expect((await change(rename)).undo).toBeUndefined()
})

test('what one person began is not sent as the next one who logs on', async () => {
  answer = () =>
    new Response(JSON.stringify({ Code: 'InvalidSecurityToken.Expired', Message: '', RequestId: 'R' }), { status: 400 })
  const begun = change(rename)
  await until('the session has lapsed', () => session.lapsed)
  answer = () => new Response(JSON.stringify({ RequestId: 'R', Name: 'old' }))
  session.begin(who('bob'))
  await expect(begun).rejects.toThrow('Somebody else is logged on.')
  expect(calls).toEqual(['alice DescribeSmartAccessGatewayAttribute'])
})

test('an undo that is refused tells why, also where what is written about it cannot be read', async () => {
  answer = () => new Response(JSON.stringify({ RequestId: 'R', Name: 'old' }))
  const { undo } = await change(rename)
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
  answer = () =>
    new Response(JSON.stringify({ Code: 'Throttled', Message: 'Too many calls.', RequestId: 'R' }), { status: 400 })
  sayDone('Renamed.', undo, () => undefined)
  expect(toasts.undo()).toBe(true)
  await until('the outcome is told', () => toasts.list[0]?.isBad === true)
  expect(toasts.list.map(({ text }) => text)).toEqual(['Not undone. Too many calls.'])
  toasts.clear()
})
