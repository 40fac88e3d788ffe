import type { AddressInfo } from 'node:net'
import fastify from 'fastify'
import { Counter, Gauge, Registry } from 'prom-client'

/** What Prometheus and its kin read: the text exposition format, version 0.0.4. */
export const metricsType = Registry.PROMETHEUS_CONTENT_TYPE

/** Numbers that are looked up when somebody asks. */
export interface LookedUp {
  readonly name: string
  readonly help: string
  readonly type: 'counter' | 'gauge'
  readonly labelNames?: readonly string[]
  /** What it is now; a value that is not known is left out. */
  readonly samples: () => readonly Sample[] | Promise<readonly Sample[]>
}

export interface Sample {
  readonly value: number | undefined
  readonly labels?: Readonly<Record<string, string>>
}

/** Adds metrics whose state is elsewhere: nothing is counted twice. */
export function addLookedUp(registry: Registry, metrics: readonly LookedUp[]): void {
  for (const { name, help, type, labelNames = [], samples } of metrics) {
    const settings = { name, help, labelNames: [...labelNames], registers: [registry] }
    if (type === 'counter') {
      const counter: Counter = new Counter({
        ...settings,
        collect: () => refill(counter, labelNames, samples, (labels, value) => counter.inc(labels, value)),
      })
    } else {
      const gauge: Gauge = new Gauge({
        ...settings,
        collect: () => refill(gauge, labelNames, samples, (labels, value) => gauge.set(labels, value)),
      })
    }
  }
}

async function refill(
  metric: { reset(): void; remove(): void },
  labelNames: readonly string[],
  samples: LookedUp['samples'],
  put: (labels: Record<string, string>, value: number) => void,
): Promise<void> {
  const found = await samples()
  metric.reset()
  // One without labels is 0 after that: a value that is not known is none.
  if (labelNames.length === 0) metric.remove()
  for (const { value, labels = {} } of found) if (value !== undefined) put({ ...labels }, value)
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
