import { join } from 'node:path'
import { type Running, runOpensag } from './process.ts'
import { type Credentials, readCredentials } from './sandbox.ts'

/** A running `opensag server`, as a user starts it. */
export interface ServerProgram {
  readonly running: Running
  readonly endpoint: string
  /** The key pair of its first start, to call this start with. */
  credentials(): Promise<Credentials>
}

/** Resolves when it listens, on a port of its own. */
export async function startServerProgram(data: string): Promise<ServerProgram> {
  const args = ['--data', data, '--port', '0', '--write-credentials', join(data, 'credentials.json')]
  const running = runOpensag(['server', ...args])
  const [, endpoint = ''] = await running.printed(/listens on (http:\S+)/)
  return { running, endpoint, credentials: async () => ({ ...(await readCredentials(data)), endpoint }) }
}
