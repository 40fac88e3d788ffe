import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import type { IncomingHttpHeaders } from 'node:http'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** In a bundle beside it; otherwise beside this package. */
const bundled = fileURLToPath(new URL('./console/', import.meta.url))
const built = existsSync(bundled) ? bundled : fileURLToPath(new URL('../../../console/dist/', import.meta.url))

const unzip = promisify(gunzip)

/** Files of this origin and nothing inline; nobody may frame it; it may call only this server. */
export const consolePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const headers = {
  'content-security-policy': consolePolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** The build writes these beside each file, the smaller first. */
const encodings = [
  { name: 'br', suffix: '.br' },
  { name: 'gzip', suffix: '.gz' },
] as const

interface Served {
  readonly content: Buffer
  readonly encoding: string | undefined
  readonly tag: string
  readonly changed: number
}

/** Serves the web console at `/console/`, and leads a browser that asks for `/` there. */
export async function registerConsole(app: FastifyInstance, folder: string = built): Promise<void> {
  const files = new Map<string, Served>()

  // Before the front door: what a browser's address bar asks of `/` is no API call.
  app.addHook('onRequest', (request, reply, done) => {
    if (isVisit(request)) void reply.redirect('/console/', 302)
    else done()
  })
  app.get('/console', async (_request, reply) => reply.redirect('/console/', 302))
  app.get('/console/', (request, reply) => answer(request, reply, 'index.html'))
  app.get<{ Params: { file: string } }>('/console/assets/:file', (request, reply) =>
    // What the build calls its files: nothing that leads elsewhere.
    /^[\w-]+(\.[\w-]+)*\.(js|css|svg|woff2)$/.test(request.params.file)
      ? answer(request, reply, join('assets', request.params.file))
      : notFound(reply),
  )

  async function answer(request: FastifyRequest, reply: FastifyReply, file: string): Promise<FastifyReply> {
    const encoding = encodings.find(({ name }) => accepts(request.headers, name))
    const served = (encoding && (await fileOf(file, encoding))) ?? (await fileOf(file)) ?? (await unpacked(file))
    if (served === undefined) return file === 'index.html' ? notBuilt(reply) : notFound(reply)
    // A name with a hash in it never means another content; the page itself is asked for anew each time.
    const lasting = file !== 'index.html'
    reply.headers(headers).headers({
      'cache-control': lasting ? 'public, max-age=31536000, immutable' : 'no-cache',
      vary: 'Accept-Encoding',
      etag: served.tag,
    })
    if (request.headers['if-none-match'] === served.tag) return reply.code(304).send()
    if (served.encoding !== undefined) reply.header('content-encoding', served.encoding)
    return reply.type(types[extname(file)] ?? 'application/octet-stream').send(served.content)
  }

  /** A bundle has files only packed where they are packed at all. */
  async function unpacked(file: string): Promise<Served | undefined> {
    const packed = await fileOf(file, encodings[1])
    if (packed === undefined) return undefined
    return {
      ...packed,
      content: await unzip(packed.content),
      encoding: undefined,
      tag: `"${packed.tag.slice(1, -1)}-plain"`,
    }
  }

  /** Read when it is first asked for, and again once the console was built anew while the server runs. */
  async function fileOf(file: string, encoding?: (typeof encodings)[number]): Promise<Served | undefined> {
    const path = join(folder, file) + (encoding?.suffix ?? '')
    const changed = await changeTime(path)
    if (changed === undefined) return undefined
    const known = files.get(path)
    if (known?.changed === changed) return known
    const content = await readFile(path)
    const tag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`
    const served = { content, encoding: encoding?.name, tag, changed }
    files.set(path, served)
    return served
  }
}

async function changeTime(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).mtimeMs
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function isVisit({ method, raw, headers: sent }: FastifyRequest): boolean {
  return (method === 'GET' || method === 'HEAD') && raw.url === '/' && (sent.accept ?? '').includes('text/html')
}

function accepts(sent: IncomingHttpHeaders, encoding: string): boolean {
  const header = sent['accept-encoding']
  const listed = (typeof header === 'string' ? header : '').split(',').map((entry) => entry.trim().split(';'))
  return listed.some(([name, weight = '']) => name === encoding && !/^\s*q=0(\.0*)?$/.test(weight))
}

function notFound(reply: FastifyReply): FastifyReply {
  return reply.headers(headers).code(404).type('text/plain; charset=utf-8').send('There is no such file.\n')
}

function notBuilt(reply: FastifyReply): FastifyReply {
  const text = 'The console has not been built: npm start builds it, or npm run build.\n'
  return reply.headers(headers).code(503).type('text/plain; charset=utf-8').send(text)
}
