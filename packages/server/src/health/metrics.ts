import type { AddressInfo } from 'node:net'
import fastify from 'fastify'

/** One number that is watched over time, or several of it by label. */
export interface Metric {
  readonly name: string
  readonly help: string
  readonly type: 'counter' | 'gauge'
  /** What it is now; a value that is not known is left out. */
  readonly samples: () => readonly Sample[] | Promise<readonly Sample[]>
}

export interface Sample {
  readonly value: number | undefined
  readonly labels?: Readonly<Record<string, string>>
}

/** What Prometheus and its kin read: the text exposition format, version 0.0.4. */
export const metricsType = 'text/plain; version=0.0.4; charset=utf-8'

export async function metricsText(metrics: readonly Metric[]): Promise<string> {
  const parts = await Promise.all(
    metrics.map(async ({ name, help, type, samples }) => [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} ${type}`,
      ...(await samples()).flatMap(({ value, labels = {} }) =>
        value === undefined ? [] : [`${name}${shown(labels)} ${value}`],
      ),
    ]),
  )
  const lines = parts.flat()
  return `${lines.join('\n')}\n`
}

function shown(labels: Readonly<Record<string, string>>): string {
  const members = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`)
  return members.length === 0 ? '' : `{${members.join(',')}}`
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}

/**
 * Serves `/metrics` on this machine only, on a port of its own: what is on the public port would be open to everybody
 * behind a proxy on the same machine.
 */
export async function serveMetrics(
  port: number,
  text: () => Promise<string>,
): Promise<{ readonly address: string; close(): Promise<void> }> {
  const app = fastify({ requestTimeout: 10_000, forceCloseConnections: true })
  app.get('/metrics', async (_request, reply) => reply.type(metricsType).send(await text()))
  await app.listen({ host: '127.0.0.1', port })
  const { address, port: bound } = app.server.address() as AddressInfo
  return { address: `${address}:${bound}`, close: () => app.close() }
}
