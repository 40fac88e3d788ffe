import { afterAll, beforeAll } from 'vitest'
import { limit } from '../support/time.ts'
import { type PostgresServer, postgresBin, startPostgres } from './server.ts'

export type RunningServer = Omit<PostgresServer, 'stop' | 'url'>

/** One PostgreSQL for the tests of a block. It is there once they have begun, and stopped after them. */
export function serverOfTests(): RunningServer {
  let server: PostgresServer | undefined
  const started = (): PostgresServer => {
    if (server === undefined) throw new Error('PostgreSQL has not been started.')
    return server
  }

  beforeAll(async () => {
    server = await startPostgres(postgresBin ?? '')
  }, limit(60_000))
  afterAll(() => server?.stop())

  return {
    newDatabase: () => started().newDatabase(),
    crash: () => started().crash(),
    restart: () => started().restart(),
    standby: () => started().standby(),
    promote: () => started().promote(),
  }
}
