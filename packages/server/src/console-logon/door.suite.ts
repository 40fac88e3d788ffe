// The door at which a console logs on, for its tests.
import { randomBytes } from 'node:crypto'
import { Secret } from '@opensag/protocol'
import { type FastifyInstance, fastify } from 'fastify'
import { pino } from 'pino'
import { createIds } from '../apis/ids.ts'
import type { Harness } from '../apis/testing/harness.suite.ts'
import { type ConsoleLogonOptions, type OtherWays, registerConsoleLogon } from './routes.ts'

interface LogonDoor extends Pick<ConsoleLogonOptions, 'sealer' | 'wallClock' | 'noteFailure'> {
  readonly world: Harness
  /** Happens between what a logon proves and its session. */
  readonly between: () => Promise<void>
  readonly siteOf?: ConsoleLogonOptions['siteOf']
  readonly logger?: ConsoleLogonOptions['logger']
}

export async function openLogonDoor(
  { world, between, ...more }: LogonDoor,
  ways?: OtherWays,
): Promise<FastifyInstance> {
  const app = fastify()
  const options: ConsoleLogonOptions = {
    store: {
      ...world.store,
      async writeAudited(work, audit) {
        await between()
        return world.store.writeAudited(work, audit)
      },
    },
    random: randomBytes,
    newCredentials: createIds(randomBytes).sessionCredentials,
    guessKey: Secret.of('the key of this test'),
    siteOf: () => undefined,
    logger: pino({ level: 'silent' }),
    ...more,
  }
  await registerConsoleLogon(app, options, ways)
  return app
}
