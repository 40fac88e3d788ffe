import { chmod, open, rm } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { z } from 'zod'
import { reach } from './folder-lock.ts'
import type { Gateway } from './gateway.ts'
import { type NetworkStatus, type RunningStatus, runningStatusSchema } from './running-status.ts'

const name = 'status.sock'
/** Who does not read an answer in this time has gone. */
const patienceMs = 10_000
const mostAtOnce = 8

/** No agent runs on this folder. */
export class NotRunning extends Error {
  override readonly name = 'NotRunning'
}

const answerSchema = z.union([z.object({ status: runningStatusSchema }), z.object({ problem: z.string() })])
type Answer = z.infer<typeof answerSchema>

export interface StatusOptions {
  /** The data folder, which this process holds. */
  readonly folder: string
  readonly gateway: Pick<Gateway, 'serial' | 'connection' | 'desiredConfig' | 'locked'>
  /** Absent: it carries no packets. */
  readonly network?: (() => Promise<NetworkStatus>) | undefined
}

/**
 * Answers everybody who connects to the socket in the data folder with the status of the agent, as JSON, and asks
 * nothing. Only the owner of the folder can connect.
 */
export async function serveStatus({
  folder,
  gateway,
  network,
}: StatusOptions): Promise<{ readonly close: () => Promise<void> }> {
  const handle = await open(folder, 'r')
  const path = reach(folder, handle, name)
  // This process holds the folder, so nobody listens at what is there.
  await rm(path, { force: true })
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // Who asked has gone: nobody is left to be told.
    socket.on('error', () => socket.destroy())
    socket.setTimeout(patienceMs, () => socket.destroy())
    void answer({ gateway, network }).then((said) => socket.end(JSON.stringify(said)))
  })
  server.maxConnections = mostAtOnce
  server.unref()
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(path, resolve)
    })
    await chmod(path, 0o600)
  } catch (error) {
    server.close()
    await handle.close()
    throw error
  }
  return {
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
      await handle.close()
    },
  }
}

async function answer({ gateway, network }: Pick<StatusOptions, 'gateway' | 'network'>): Promise<Answer> {
  try {
    const { reason, is } = { reason: undefined, ...gateway.connection() }
    return {
      status: {
        serial: gateway.serial,
        connection: { is, reason },
        configuration: configurationOf(gateway.desiredConfig),
        locked: gateway.locked(),
        network: network === undefined ? null : await network(),
      },
    }
  } catch (error) {
    return { problem: (error as Error).message }
  }
}

function configurationOf(desired: Pick<Gateway, 'desiredConfig'>['desiredConfig']): RunningStatus['configuration'] {
  const inForce = desired.inForce()
  if (inForce === undefined) return null
  const { failing, trial } = desired.status()
  const state = failing === true ? 'not in force' : trial === undefined ? 'confirmed' : 'on trial'
  return { instanceId: inForce.instanceId, revision: inForce.revision, state }
}

/**
 * Asks the agent that runs on this data folder.
 * @throws NotRunning when none does
 * @throws when it does not answer, says why it cannot, or is of a version that answers something else
 */
export async function askStatus(folder: string): Promise<RunningStatus> {
  const parsed = answerSchema.safeParse(JSON.parse(await textFrom(folder)))
  if (!parsed.success) throw new Error('The agent answers in a form that this version does not know: restart it.')
  if ('problem' in parsed.data) throw new Error(`The agent cannot read its own state: ${parsed.data.problem}`)
  return parsed.data.status
}

async function textFrom(folder: string): Promise<string> {
  const handle = await open(folder, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new NotRunning(`There is no folder ${folder}.`)
    throw error
  })
  try {
    return await new Promise<string>((resolve, reject) => {
      let text = ''
      const socket = connect(reach(folder, handle, name))
      socket.setEncoding('utf8')
      socket.setTimeout(patienceMs, () => socket.destroy(new Error('The agent does not answer.')))
      socket.on('data', (part: string) => {
        text += part
      })
      socket.on('end', () => (text === '' ? reject(new Error('The agent is busy: try again.')) : resolve(text)))
      socket.on('error', (error: NodeJS.ErrnoException) => {
        const isGone = error.code === 'ENOENT' || error.code === 'ECONNREFUSED'
        reject(isGone ? new NotRunning(`No agent runs on the folder ${folder}.`) : error)
      })
    })
  } finally {
    await handle.close()
  }
}
