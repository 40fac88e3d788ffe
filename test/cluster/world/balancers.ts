import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { configure } from './configuration.ts'
import type { Machine } from './network.ts'
import type { Pair } from './secrets.ts'
import { createService, type Service } from './service.ts'

/** Where a node listens, `host:port`. */
interface Place {
  readonly calls: string
  readonly gateways: string
}

/** The load balancer in front of the nodes. */
export function edgeBalancer(folder: string, machine: Machine, pair: Pair, nodes: readonly Place[]): Service {
  const run = join(folder, 'edge')
  mkdirSync(run, { mode: 0o700 })
  const certificate = join(run, 'edge.pem')
  writeFileSync(certificate, readFileSync(pair.cert, 'utf8') + readFileSync(pair.key, 'utf8'), { mode: 0o600 })
  const configuration = configure(run, 'edge.cfg', 'haproxy/edge.cfg', {
    EDGE_CONNECTIONS: 4000,
    EDGE_LISTEN: `${machine.address}:443`,
    EDGE_CERTIFICATE: certificate,
    RUN_FOLDER: run,
    ...Object.fromEntries(
      nodes.flatMap(({ calls, gateways }, index) => [
        [`NODE_${index + 1}`, calls],
        [`NODE_${index + 1}_GATEWAYS`, gateways],
      ]),
    ),
  })
  return haproxy('edge', machine, configuration)
}

/** Beside one node: leads it to the primary. */
export function databaseBalancer(folder: string, machine: Machine, servers: readonly Machine[]): Service {
  const name = `database-${machine.name}`
  const run = join(folder, name)
  mkdirSync(run, { mode: 0o700 })
  const configuration = configure(run, 'database.cfg', 'haproxy/database.cfg', {
    DATABASE_LISTEN: '127.0.0.1:5000',
    PATRONI_PORT: 8008,
    RUN_FOLDER: run,
    ...Object.fromEntries(servers.map(({ address }, index) => [`POSTGRES_${index + 1}`, `${address}:5432`])),
  })
  return haproxy(name, machine, configuration)
}

function haproxy(name: string, machine: Machine, configuration: string): Service {
  return createService({ name, machine, command: ['haproxy', '-db', '-f', configuration] })
}
