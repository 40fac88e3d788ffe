import type { FastifyInstance } from 'fastify'

/** Why a server is not ready, by name. */
export type Reasons = Readonly<Record<string, () => boolean>>

export interface HealthPages {
  /** Whether whoever started the server calls it ready. */
  readonly isStarted: () => boolean
  readonly sandbox: boolean
  /** What keeps a server that has started from being ready. */
  readonly reasons: Reasons
  /** What keeps its database from that, looked up there. */
  readonly storeReason: () => Promise<string | undefined>
}

/**
 * `/livez`: the process is alive; restart it when nothing comes. `/healthz`: it has started. `/readyz`: it can do what
 * calls ask of it; send calls to another node when it cannot. None says more than a name, as everyone can read them.
 */
export function registerHealthPages(app: FastifyInstance, pages: HealthPages): void {
  const { isStarted, sandbox, reasons, storeReason } = pages
  app.get('/livez', async (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'alive' }))
  app.get('/healthz', async (_request, reply) => {
    const started = isStarted()
    return reply
      .code(started ? 200 : 503)
      .send({ status: started ? 'ok' : 'starting', ...(sandbox ? { sandbox } : {}) })
  })
  app.get('/readyz', async (_request, reply) => {
    const ofStore = await storeReason()
    const because = new Set([
      ...(isStarted() ? [] : ['starting']),
      ...Object.entries(reasons).flatMap(([name, applies]) => (applies() ? [name] : [])),
      ...(ofStore === undefined ? [] : [ofStore]),
    ])
    reply.header('cache-control', 'no-store')
    if (because.size === 0) return reply.send({ status: 'ready' })
    return reply.code(503).send({ status: 'not ready', because: [...because] })
  })
}
