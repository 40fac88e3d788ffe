import { chmod, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { Readable } from 'node:stream'
import fastify from 'fastify'
import type { Logger } from 'pino'
import { metricsType } from '../health/metrics.ts'
import { type CloseLimits, watchListener } from '../listener-close.ts'
import { operatorEntry } from '../store/audit/operator-entry.ts'
import { OutcomeUnknown, StoreUnavailable } from '../store/errors.ts'
import { troubleIn } from '../trouble.ts'
import {
  inputMistakes,
  type OperatorCommand,
  type OperatorContext,
  OperatorMistake,
  OperatorRefusal,
} from './command.ts'
import { createOperatorTrace } from './operator-trace.ts'
import { operatorPath, reachablePath } from './socket-path.ts'

/**
 * Serves the operator commands on a Unix socket: `POST /device/list` and so on, with the input as JSON. File permissions are the
 * authorisation, so the socket is never on a network.
 */
export async function serveOperator(
  socket: string,
  commands: readonly OperatorCommand[],
  given: Omit<OperatorContext, 'isClosing'>,
  logger: Logger,
  limits: CloseLimits,
): Promise<{ close(): Promise<void> }> {
  let closing = false
  const context: OperatorContext = { ...given, isClosing: () => closing }
  const path = reachablePath(socket)
  await removeStale(path)
  const app = fastify({ bodyLimit: 64 * 1024, requestTimeout: 30_000 })
  const closeListener = watchListener(app.server, limits)
  for (const command of commands) {
    app.post(operatorPath(command.name), async (request, reply) => {
      if (command.sandboxOnly && context.simulation === undefined) {
        return reply.code(409).send({ error: `"${command.name}" exists in a sandbox only.` })
      }
      const given = request.body ?? {}
      const mistakes = inputMistakes(command, given)
      if (mistakes !== undefined) return reply.code(400).send({ error: mistakes })
      const input = command.input.parse(given)
      let isDone = false
      try {
        const trace = changesThings(command) ? createOperatorTrace(command, input, context.store) : undefined
        const result = await command.run(trace === undefined ? context : { ...context, store: trace.store }, input)
        isDone = true
        if (trace !== undefined) {
          await context.store.record({
            ...operatorEntry({
              at: context.wallClock(),
              action: command.name,
              source: 'operator.sock',
              outcome: undefined,
            }),
            ...(await trace.summary(result)),
          })
        }
        if (command.streams) return reply.type('application/x-ndjson').send(asLines(result as AsyncIterable<object>))
        logger.info({ operatorCommand: command.name }, 'operator command done')
        return reply.send(result ?? {})
      } catch (error) {
        if (error instanceof OperatorMistake) return reply.code(400).send({ error: error.message })
        if (error instanceof OperatorRefusal) return reply.code(409).send({ error: error.message })
        logger.error({ err: error, operatorCommand: command.name }, 'operator command failed')
        const trouble = troubleIn(error)
        if (trouble !== undefined) return reply.code(507).send({ error: trouble })
        if (isDone) return reply.code(500).send({ error: `"${command.name}" was done, but ${unrecorded}` })
        if (error instanceof StoreUnavailable || error instanceof OutcomeUnknown) {
          return reply.code(503).send({ error: storeIsAway })
        }
        return reply.code(500).send({ error: 'The command failed. See the server log.' })
      }
    })
  }
  context.healthPages?.(app)
  app.get('/metrics', async (_request, reply) => reply.type(metricsType).send(await context.metrics()))
  await app.listen({ path })
  await chmod(path, 0o600)
  return {
    close() {
      closing = true
      return closeListener(() => app.close())
    },
  }
}

const unrecorded = 'the audit trail has no entry of it, because the store failed meanwhile. See the server log.'
const storeIsAway =
  'The database does not answer in time, so it is not certain that the command was done. Look (list, show) before you repeat it.'

function changesThings({ name, streams, secretFile }: OperatorCommand): boolean {
  // A restore has its entry in the unit of work that marks it.
  return (!streams || secretFile === true) && !/ (list|show|events|explain|verify)$/.test(name) && name !== 'restored'
}

/** A fault on the way breaks the connection off, so that nobody takes what came for all there is. */
function asLines(items: AsyncIterable<object>): Readable {
  async function* text(): AsyncGenerator<string> {
    for await (const item of items) yield `${JSON.stringify(item)}\n`
  }
  return Readable.from(text())
}

/** A server that was killed leaves its socket behind. The data folder's lock already proved that none is running. */
async function removeStale(path: string): Promise<void> {
  const alive = await new Promise<boolean>((resolve) => {
    const probe = connect(path)
    probe.once('connect', () => {
      probe.destroy()
      resolve(true)
    })
    probe.once('error', () => resolve(false))
  })
  if (alive) throw new Error(`Another server answers on ${path}.`)
  await rm(path, { force: true })
}
