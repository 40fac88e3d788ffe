import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { OpenSag } from '../../packages/testing/src/index.ts'
import { opensag } from '../support/process.ts'

export type Body = Record<string, unknown>
export interface Answer {
  status: number
  body: Body
  headers?: Record<string, string>
}
/** Changes what a service answers to one operation. */
export type Change = (action: string, answer: Answer) => Answer | Promise<Answer>

/** A service at an address of its own that answers as an OpenSAG does, but for what a test changes. */
export interface Service {
  readonly sag: OpenSag
  readonly endpoint: string
  /** Environment of a program that calls it with its key. */
  readonly environment: Readonly<Record<string, string>>
  /** Operations that were called. */
  readonly called: string[]
  change: Change | undefined
  stop(): Promise<void>
}

export async function startService(fleet: Parameters<typeof OpenSag.start>[0]): Promise<Service> {
  const sag = await OpenSag.start(fleet)
  const called: string[] = []
  const front = createServer(async (incoming, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
    const action = String(incoming.headers['x-acs-action'])
    called.push(action)
    // What was signed goes on as it is, with the name of this host.
    const answered = await forward(sag.endpoint, incoming.headers as Record<string, string>, Buffer.concat(chunks))
    const { status, body, headers } = (await service.change?.(action, answered)) ?? answered
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
  })
  const endpoint = await addressOf(front)
  const service: Service = {
    sag,
    endpoint,
    environment: {
      ALIBABA_CLOUD_ACCESS_KEY_ID: sag.key.accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: sag.key.accessKeySecret,
    },
    called,
    change: undefined,
    async stop() {
      front.close()
      front.closeAllConnections()
      await sag.stop()
    },
  }
  return service
}

async function addressOf(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function forward(endpoint: string, headers: Record<string, string>, content: Buffer): Promise<Answer> {
  const passed = request(`${endpoint}/`, { method: 'POST', headers })
  passed.end(content)
  const [response] = (await once(passed, 'response')) as [IncomingMessage]
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk as Buffer)
  return { status: response.statusCode ?? 0, body: JSON.parse(Buffer.concat(chunks).toString('utf8')) as Body }
}

const quick = ['--per-second', '1000']

/** `opensag parity record` of these lines. */
export async function record(
  service: Service,
  folder: string,
  lines: readonly string[],
  more: { readonly args?: readonly string[]; readonly environment?: Readonly<Record<string, string>> } = {},
): ReturnType<typeof opensag> {
  const list = join(folder, 'calls.txt')
  await writeFile(list, lines.join('\n'))
  const out = join(folder, 'recording.jsonl')
  const args = ['parity', 'record', list, '--out', out, '--endpoint', service.endpoint, ...quick, ...(more.args ?? [])]
  return opensag(args, { environment: { ...service.environment, ...more.environment } })
}

/** `opensag parity compare` with the answers of another service. */
export function compare(
  service: Service,
  recording: string,
  more: { readonly args?: readonly string[]; readonly environment?: Readonly<Record<string, string>> } = {},
): ReturnType<typeof opensag> {
  const environment = { ...service.environment, OPENSAG_ENDPOINT: service.endpoint, ...more.environment }
  return opensag(['parity', 'compare', recording, ...quick, ...(more.args ?? [])], { environment })
}
