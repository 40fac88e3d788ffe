import { until } from '../../support/time.ts'
import { configure } from './configuration.ts'
import type { Machine } from './network.ts'
import type { Authority, NodeKey } from './secrets.ts'
import { createService, type Service } from './service.ts'

export interface BusServers {
  readonly servers: readonly Service[]
  /** For `--bus`. */
  readonly addresses: readonly string[]
  /** Resolves when every server has its routes to the two others. */
  complete(): Promise<void>
}

export interface BusOptions {
  readonly folder: string
  readonly machines: readonly Machine[]
  readonly authority: Authority
  readonly keys: readonly NodeKey[]
  readonly routePassword: string
}

export function startBus({ folder, machines, authority, keys, routePassword }: BusOptions): BusServers {
  const addresses = machines.map(({ address }) => address)
  const pair = authority.issue('bus', [...addresses, '127.0.0.1'])
  const shared = {
    BUS_CERTIFICATE: pair.cert,
    BUS_KEY: pair.key,
    BUS_AUTHORITY: authority.cert,
    ROUTE_PASSWORD: routePassword,
    ...Object.fromEntries(addresses.map((address, index) => [`BUS_${index + 1}`, address])),
    ...Object.fromEntries(keys.map(({ publicKey }, index) => [`NKEY_${index + 1}`, publicKey])),
  }
  const servers = machines.map((machine, index) => {
    const name = `bus${index + 1}`
    const values = { ...shared, BUS_NAME: name, BUS_ADDRESS: machine.address }
    const configuration = configure(folder, `${name}.conf`, 'nats/nats.conf', values)
    return createService({ name, machine, command: ['nats-server', '-c', configuration] })
  })
  for (const one of servers) one.start()

  function routesOf({ machine }: Service): number {
    // On its own machine: the monitoring port is open to nobody else.
    const text = machine.must(['curl', '-sf', '--max-time', '2', 'http://127.0.0.1:8222/routez'])
    const { routes = [] } = JSON.parse(text) as { readonly routes?: readonly { readonly remote_id: string }[] }
    return new Set(routes.map(({ remote_id }) => remote_id)).size
  }

  return {
    servers,
    addresses: addresses.map((address) => `${address}:4222`),
    complete: async () =>
      void (await until('the bus is a full mesh', () => {
        try {
          return servers.every((server) => routesOf(server) === servers.length - 1)
        } catch {
          return false // one does not serve yet
        }
      })),
  }
}
