import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningServer, startServer } from '@opensag/server'
import {
  type ErrorCodeOf,
  type ResultOf,
  type SigningKey,
  type SmartagClient,
  smartagClient,
  Unreachable,
} from '@opensag/smartag-client'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest'

const region = 'cn-shanghai'

let data: string
let server: RunningServer
let client: SmartagClient

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'opensag-typed-client-'))
  const logger = pino({ level: 'silent' })
  server = await startServer({ data, host: '127.0.0.1', port: 0, regionId: region, heartbeatMs: 15_000, logger })
  client = smartagClient({ endpoint: server.url, key: keyOf(server) })
})
afterAll(async () => {
  await server?.close()
  await rm(data, { recursive: true, force: true })
})

function keyOf({ firstCredentials: first }: RunningServer): SigningKey {
  if (first === undefined) throw new Error('The first start makes an account.')
  return { accessKeyId: first.accessKeyId, accessKeySecret: first.accessKeySecret.reveal() }
}

describe('the typed client against a server', () => {
  test('a call is answered with the declared result', async () => {
    const { CcnId } = await client.call('CreateCloudConnectNetwork', {
      RegionId: region,
      Name: 'typed',
      CidrBlock: '10.0.0.0/8',
    })
    const page = await client.call('DescribeCloudConnectNetworks', { RegionId: region, PageNumber: 1 })
    expectTypeOf(page).toEqualTypeOf<ResultOf<'DescribeCloudConnectNetworks'>>()
    expect(page.CloudConnectNetworks.CloudConnectNetwork).toMatchObject([{ CcnId, Name: 'typed' }])
    expect(page.TotalCount).toBe(1)
  })

  test('a refusal is a value whose code is one of the operation’s', async () => {
    const answered = await client.attempt('DescribeSmartAccessGatewayAttribute', {
      RegionId: region,
      SmartAGId: 'sag-0',
    })
    if (answered.ok) throw new Error('There is no such instance.')
    expectTypeOf(answered.error.code).toEqualTypeOf<ErrorCodeOf<'DescribeSmartAccessGatewayAttribute'>>()
    expect(answered.error).toMatchObject({ status: 400, operation: 'Smartag:DescribeSmartAccessGatewayAttribute' })
    expect(answered.error.requestId).not.toBe('')
  })

  test('the temporary keys of a session sign too, and every API has its version', async () => {
    const { Credentials } = await client.call('CreateConsoleSession', {})
    const session = smartagClient({
      endpoint: server.url,
      key: {
        accessKeyId: Credentials?.AccessKeyId ?? '',
        accessKeySecret: Credentials?.AccessKeySecret ?? '',
        securityToken: Credentials?.SecurityToken,
      },
    })
    const who = await session.call('GetCallerIdentity', {})
    expect(who.AccountId).toBe(server.firstCredentials?.accountId)
    expect((await session.call('ListUsers', {})).Users.User).toEqual([])
  })

  test('a wrong secret is refused by the front door', async () => {
    const key = { accessKeyId: server.firstCredentials?.accessKeyId ?? '', accessKeySecret: 'wrong' }
    const wrong = smartagClient({ endpoint: server.url, key })
    await expect(wrong.call('DescribeRegions', {})).rejects.toMatchObject({ code: 'SignatureDoesNotMatch' })
  })

  test('an endpoint that is no server is unreachable', async () => {
    const nowhere = smartagClient({ endpoint: 'http://127.0.0.1:9', key: { accessKeyId: 'a', accessKeySecret: 'b' } })
    await expect(nowhere.call('DescribeRegions', {})).rejects.toBeInstanceOf(Unreachable)
  })

  test('a call to the endpoint of the cloud is signed for its name, without a port', async () => {
    const cloud = smartagClient({
      endpoint: 'https://smartag.cn-shanghai.aliyuncs.com',
      key: keyOf(server),
      fetch: atServer,
    })
    expect((await cloud.call('DescribeRegions', {})).Regions.Region).not.toEqual([])
    const elsewhere = smartagClient({
      endpoint: 'https://smartag.cn-beijing.aliyuncs.com',
      key: keyOf(server),
      fetch: atServer,
    })
    await expect(elsewhere.call('DescribeRegions', {})).rejects.toMatchObject({
      code: 'SignatureDoesNotMatch',
    })
  })

  test('a limit of time ends the wait: whether the call was carried out is not known', async () => {
    const silent = createServer(() => {})
    await new Promise<void>((listens) => silent.listen(0, '127.0.0.1', listens))
    const { port } = silent.address() as AddressInfo
    const waiting = smartagClient({ endpoint: `http://127.0.0.1:${port}`, key: keyOf(server) })
    const call = waiting.call('DescribeRegions', {}, { signal: AbortSignal.timeout(20) })
    await expect(call).rejects.toMatchObject({ name: 'Unreachable', cause: { name: 'TimeoutError' } })
    silent.closeAllConnections()
    silent.close()
  })
})

/** Takes what is sent to the cloud in Shanghai to the server, as a name that leads there would. */
const atServer: typeof fetch = async (_, init = {}) => {
  const headers = { ...(init.headers as Record<string, string>), host: 'smartag.cn-shanghai.aliyuncs.com' }
  return new Promise((answer, failed) => {
    const call = request(server.url, { method: 'POST', headers }, async (response) => {
      const chunks = await response.toArray()
      answer(new Response(Buffer.concat(chunks), { status: response.statusCode ?? 0 }))
    })
    call.once('error', failed)
    call.end(init.body)
  })
}
