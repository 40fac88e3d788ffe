import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import type { Api } from '../declare/index.ts'

const languages = [
  ['', 'en'],
  ['.zh-CN', 'zh'],
] as const

/** Serves what is declared, as data: for the console, and each API as OpenAPI and as a collection of Postman. */
export function serveApiReference(app: FastifyInstance, apis: readonly Api[]): void {
  // With explanations and samples it is as much text as all the operations, and most servers are never asked for it.
  servePacked(app, '/api-reference.json', async () =>
    (await import('../reference/api-reference.ts')).apiReference(apis),
  )
  const formats = () => import('../reference/openapi/formats.ts')
  for (const api of apis) {
    const name = api.product.toLowerCase()
    for (const [suffix, language] of languages) {
      servePacked(app, `/openapi/${name}${suffix}.json`, async () => (await formats()).openApiDocument(api, language))
      servePacked(app, `/postman/${name}${suffix}.json`, async () => (await formats()).postmanCollection(api, language))
    }
  }
}

/**
 * Serves a document that changes only with the program: it is made and packed once, when it is first asked for; a client
 * that has it already is told so.
 */
function servePacked(app: FastifyInstance, path: string, make: () => Promise<object>): void {
  let made: ReturnType<typeof packed> | undefined
  app.get(path, async (request, reply) => {
    made ??= make().then(packed)
    const { etag, encodings } = await made
    reply.headers({ etag, 'cache-control': 'no-cache', vary: 'accept-encoding', 'x-content-type-options': 'nosniff' })
    const known = (request.headers['if-none-match'] ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''))
    if (known.includes(etag) || known.includes('*')) return reply.code(304).send()
    const accepted = acceptedEncodings(request.headers['accept-encoding'])
    const chosen = encodings.find(({ name }) => name === undefined || accepted.has(name))
    if (chosen?.name !== undefined) reply.header('content-encoding', chosen.name)
    return reply.type('application/json; charset=utf-8').send(chosen?.body)
  })
}

interface Packed {
  readonly etag: string
  readonly encodings: readonly { readonly name?: string; readonly body: Buffer }[]
}

const inBrotli = promisify(brotliCompress)
const inGzip = promisify(gzip)

async function packed(document: object): Promise<Packed> {
  const body = Buffer.from(JSON.stringify(document))
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
  // Calls are served meanwhile: at this quality it takes a tenth of a second.
  const [br, gz] = await Promise.all([
    inBrotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
    inGzip(body),
  ])
  return { etag, encodings: [{ name: 'br', body: br }, { name: 'gzip', body: gz }, { body }] }
}

/** Those a client takes; one with `q=0` it does not. */
function acceptedEncodings(header: string | string[] | undefined): ReadonlySet<string> {
  const offers = [header ?? ''].flat().join(',').split(',')
  const taken = offers.filter((offer) => !/;\s*q=0(\.0*)?\s*$/.test(offer))
  return new Set(taken.map((offer) => (offer.split(';')[0] ?? '').trim().toLowerCase()))
}
