import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { post } from '../../cluster/calls/post.ts'
import { whereIs } from '../../cluster/lack.ts'
import { configure } from '../../cluster/world/configuration.ts'
import type { Authority } from '../../cluster/world/secrets.ts'
import { freePorts } from '../../support/nats.ts'
import { until } from '../../support/time.ts'

export interface Balancer {
  /** `host:port`, with TLS. */
  readonly address: string
  readonly ca: Buffer
  stop(): Promise<void>
}

/** HAProxy with the configuration of deploy/, on the loopback. Resolves when it leads to a node. */
export async function startBalancer(folder: string, authority: Authority, nodes: readonly string[]): Promise<Balancer> {
  const { cert, key } = authority.issue('edge', ['127.0.0.1'])
  const certificate = join(folder, 'edge-both.pem')
  writeFileSync(certificate, readFileSync(cert, 'utf8') + readFileSync(key, 'utf8'), { mode: 0o600 })
  const address = `127.0.0.1:${(await freePorts(1))[0]}`
  const file = configure(folder, 'edge.cfg', 'haproxy/edge.cfg', {
    EDGE_CONNECTIONS: 1000,
    EDGE_LISTEN: address,
    EDGE_CERTIFICATE: certificate,
    RUN_FOLDER: folder,
    // The last release has one port for all.
    ...Object.fromEntries(
      nodes.flatMap((node, index) => ['', '_GATEWAYS'].map((of) => [`NODE_${index + 1}${of}`, node])),
    ),
  })
  const child: ChildProcess = spawn(whereIs('haproxy') ?? 'haproxy', ['-db', '-f', file], { stdio: 'ignore' })
  const ended = once(child, 'close')
  const ca = readFileSync(authority.cert)
  await until('the load balancer leads to a node', async () => {
    if (child.exitCode !== null) throw new Error(`haproxy ended with ${child.exitCode}.`)
    return (await post(`https://${address}/readyz`, undefined, ca)).status === 200
  })
  return {
    address,
    ca,
    async stop() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
