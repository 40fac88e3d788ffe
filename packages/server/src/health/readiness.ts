import type { FastifyInstance } from 'fastify'

/** Why a server is not ready, by name; each is a state that can end without a restart. */
export type Reasons = Readonly<Record<string, () => boolean>>

export interface HealthPages {
  /** Whether whoever started the server calls it ready. */
  readonly isStarted: () => boolean
  readonly sandbox: boolean
  /** What keeps a server that has started from being ready. */
  readonly reasons: Reasons
}

/**
 * `/healthz`: the process serves; restart it when it does not. `/readyz`: it can do what calls ask of it; send calls to
 * another node when it cannot. Neither says more than a name, as everyone can read them.
 */
export function registerHealthPages(app: FastifyInstance, { isStarted, sandbox, reasons }: HealthPages): void {
  app.get('/healthz', async (_request, reply) => {
    const started = isStarted()
    return reply
      .code(started ? 200 : 503)
      .send({ status: started ? 'ok' : 'starting', ...(sandbox ? { sandbox } : {}) })
  })
  app.get('/readyz', async (_request, reply) => {
    const because = [
      ...(isStarted() ? [] : ['starting']),
      ...Object.entries(reasons).flatMap(([name, applies]) => (applies() ? [name] : [])),
    ]
    reply.header('cache-control', 'no-store')
    if (because.length === 0) return reply.send({ status: 'ready' })
    return reply.code(503).send({ status: 'not ready', because })
  })
}
