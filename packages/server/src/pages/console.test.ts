import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import fastify, { type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { consolePolicy, registerConsole } from './console.ts'

let folder: string
let app: FastifyInstance

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opensag-console-'))
  app = fastify()
  await registerConsole(app, folder)
  app.get('/', async () => 'the API')
})

afterEach(async () => {
  await app.close()
  await rm(folder, { recursive: true, force: true })
})

async function build(): Promise<void> {
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'index.html'), '<!doctype html>')
  await writeFile(join(folder, 'outside.js'), 'not for everybody')
  await writeFile(join(folder, 'assets/index.part-Ab_1-x.js'), 'script')
  await writeFile(join(folder, 'assets/index.part-Ab_1-x.js.gz'), gzipSync('script'))
  await writeFile(join(folder, 'assets/inter-Ab_1-x.woff2'), 'letters')
}

const get = (url: string, headers: Readonly<Record<string, string>> = {}) => app.inject({ url, headers })

describe('the files of the console', () => {
  test('200/the page is asked for anew each time, and under the strict policy', async () => {
    await build()
    const answer = await get('/console/')
    expect(answer.statusCode).toBe(200)
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'content-security-policy': consolePolicy,
      'x-content-type-options': 'nosniff',
    })
    // Written out: a directive that is loosened has to be loosened here too.
    expect(consolePolicy.split('; ').sort()).toEqual([
      "base-uri 'none'",
      "connect-src 'self'",
      "default-src 'none'",
      "font-src 'self'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "img-src 'self' data:",
      "script-src 'self'",
      "style-src 'self'",
    ])
    const again = await get('/console/', { 'if-none-match': String(answer.headers.etag) })
    expect(again).toMatchObject({ statusCode: 304, body: '' })
  })

  test('200/a script lasts for ever, and comes compressed to whoever can read that', async () => {
    await build()
    const answer = await get('/console/assets/index.part-Ab_1-x.js', { 'accept-encoding': 'gzip, deflate' })
    expect(answer.headers).toMatchObject({
      'content-encoding': 'gzip',
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'Accept-Encoding',
    })
    expect(gunzipSync(answer.rawPayload).toString()).toBe('script')
    const plain = await get('/console/assets/index.part-Ab_1-x.js', { 'accept-encoding': 'gzip;q=0' })
    expect(plain.body).toBe('script')
    expect(plain.headers['content-encoding']).toBeUndefined()
  })

  test('200/a typeface says what it is, and is packed no further', async () => {
    await build()
    const answer = await get('/console/assets/inter-Ab_1-x.woff2', { 'accept-encoding': 'gzip, br' })
    expect(answer).toMatchObject({ statusCode: 200, body: 'letters', headers: { 'content-type': 'font/woff2' } })
    expect(answer.headers['content-encoding']).toBeUndefined()
  })

  test('200/a file that is only there packed is unpacked for a client that takes no packing', async () => {
    await build()
    await rm(join(folder, 'assets/index.part-Ab_1-x.js'))
    const plain = await get('/console/assets/index.part-Ab_1-x.js')
    expect(plain).toMatchObject({ statusCode: 200, body: 'script' })
    expect(plain.headers['content-encoding']).toBeUndefined()
    const packed = await get('/console/assets/index.part-Ab_1-x.js', { 'accept-encoding': 'gzip' })
    expect(packed.headers['content-encoding']).toBe('gzip')
    expect(packed.headers.etag).not.toBe(plain.headers.etag)
  })

  test.each([
    '/console/assets/..%2f..%2fpackage.json',
    '/console/assets/..%2foutside.js',
    '/console/assets/none-1.js',
    '/console/assets/x.map',
  ])('404/%s', async (url) => {
    await build()
    expect((await get(url)).statusCode).toBe(404)
  })

  test('503/before it was built, and 200 as soon as it is', async () => {
    expect(await get('/console/')).toMatchObject({ statusCode: 503 })
    await build()
    expect(await get('/console/')).toMatchObject({ statusCode: 200 })
  })
})

describe('the root', () => {
  test('302/leads a browser to the console', async () => {
    const answer = await get('/', { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' })
    expect(answer).toMatchObject({ statusCode: 302, headers: { location: '/console/' } })
  })

  test('is the API for everybody else', async () => {
    expect((await get('/', { accept: 'application/json' })).body).toBe('the API')
    expect((await get('/?Action=DescribeRegions', { accept: 'text/html' })).body).toBe('the API')
    expect((await get('/')).body).toBe('the API')
  })
})
