import { mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { signV3, timestampOf } from '../../packages/server/src/rpc/testing/signing-client.suite.ts'
import { opensag, type Running, runOpensag } from '../support/process.ts'
import { type Credentials, readCredentials } from '../support/sandbox.ts'
import { type Answered, send, signedBody } from '../support/signed-request.ts'
import { until } from '../support/time.ts'

/** A server on a data folder, which a test stops and starts again. */
export interface Site {
  /** Everything is in it. */
  readonly folder: string
  readonly data: string
  readonly key: () => Credentials
  /** On the data folder, or another one. */
  start(data?: string): Promise<void>
  stop(): Promise<void>
}

/** Gone when the test is. */
export async function newSite(): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), 'opensag-restore-'))
  const data = join(folder, 'data')
  let running: Running | undefined
  let key: Credentials | undefined
  onTestFinished(async () => {
    await running?.kill()
    await rm(folder, { recursive: true, force: true })
  })
  return {
    folder,
    data,
    key() {
      if (key === undefined) throw new Error('The server has not been started yet.')
      return key
    },
    async start(on = data) {
      running = runOpensag([
        'server',
        '--data',
        on,
        '--port',
        '0',
        '--write-credentials',
        join(folder, 'credentials.json'),
      ])
      const [, endpoint = ''] = await running.printed(/listens on (http:\S+)/)
      // Requests tell whole seconds: what is signed in the second of a restore counts as signed before it.
      const second = (): number => Math.floor(Date.now() / 1000)
      const begun = second()
      await until('the second of a restore is over', () => second() > begun)
      key = { ...(key ?? (await readCredentials(folder))), endpoint }
    },
    async stop() {
      await running?.stop()
    },
  }
}

/** Runs a command that has to succeed. */
export async function done(...args: readonly string[]): Promise<string> {
  const { code, output, errors } = await opensag(args)
  if (code !== 0) throw new Error(`opensag ${args.join(' ')} ended with ${code}: ${errors}`)
  return output
}

/** A signed request that can be sent again and again, as somebody does who listened. */
export type Captured = (endpoint: string) => Promise<Answered>

export interface Signing {
  readonly key: Credentials
  readonly action: string
  readonly params: Readonly<Record<string, string>>
  /** Milliseconds since 1970. */
  readonly at: number
}

export function captureV1({ key, action, params, at }: Signing): Captured {
  const body = signedBody(key, action, { ...params, Timestamp: timestampOf(at) })
  return (endpoint) => send(endpoint, body)
}

export function captureV3({ key, action, params, at }: Signing): Captured {
  // Signed for the host by which clients reach the server, whatever port it has after its next start.
  const host = 'sag.example'
  const query = { RegionId: key.regionId, ...params }
  const client = { accessKeyId: key.accessKeyId, secret: key.accessKeySecret }
  const headers = signV3(client, { action, query, host, now: at })
  return async (endpoint) => {
    const answer = await post(endpoint, `/?${new URLSearchParams(query)}`, headers)
    return { status: answer.status, body: JSON.parse(answer.text) as Answered['body'] }
  }
}

/** `fetch` puts its own host into every request. */
function post(
  endpoint: string,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(endpoint)
    const asked = request({ hostname, port, path, method: 'POST', headers, agent: false }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }))
    })
    asked.on('error', reject)
    asked.end()
  })
}
