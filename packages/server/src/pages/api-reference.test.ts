import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import type { ApiReference } from '@opensag/rules'
import fastify from 'fastify'
import { describe, expect, test } from 'vitest'
import { smartag } from '../apis/smartag/registry.ts'
import { apiReference } from '../reference/api-reference.ts'
import { serveApiReference } from './api-reference.ts'

describe('GET /api-reference.json', () => {
  const app = fastify()
  serveApiReference(app, [smartag])
  const get = (headers: Record<string, string> = {}) => app.inject({ url: '/api-reference.json', headers })

  test('is the same whether it is packed or not, and small when it is', async () => {
    const plain = await get()
    expect(plain.headers['content-type']).toBe('application/json; charset=utf-8')
    expect(plain.headers).not.toHaveProperty('content-encoding')
    expect(plain.json<ApiReference>()).toEqual(JSON.parse(JSON.stringify(apiReference([smartag]))))
    const br = await get({ 'accept-encoding': 'gzip, deflate, br, zstd' })
    expect(br.headers['content-encoding']).toBe('br')
    expect(brotliDecompressSync(br.rawPayload).equals(plain.rawPayload)).toBe(true)
    expect(br.rawPayload.length / smartag.operations.size).toBeLessThan(600)
    const gzip = await get({ 'accept-encoding': 'br;q=0, gzip' })
    expect(gzip.headers['content-encoding']).toBe('gzip')
    expect(gunzipSync(gzip.rawPayload).equals(plain.rawPayload)).toBe(true)
  })

  test('is not sent again to whoever has it', async () => {
    const { etag } = (await get()).headers
    for (const known of [String(etag), `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await get({ 'if-none-match': known })
      expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', etag])
    }
    expect((await get({ 'if-none-match': '"other"' })).statusCode).toBe(200)
  })
})
