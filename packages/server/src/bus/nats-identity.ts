import { isIP } from 'node:net'
import { checkServerIdentity, type PeerCertificate } from 'node:tls'

type Identify = (host: string, certificate: PeerCertificate) => Error | undefined

/**
 * Whether a certificate is that of a server that was named. For an address the client of NATS gives no name to TLS, which then checks
 * for `localhost`: the certificate has to name one of the addresses instead. Those of a name are checked for that name.
 *
 * @param servers `host:port`
 */
export function identityOf(servers: readonly string[]): Identify {
  const hosts = servers.map((server) => server.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1'))
  const addresses = hosts.filter((host) => isIP(host) !== 0)
  return (host, certificate) => {
    if (hosts.includes(host)) return checkServerIdentity(host, certificate)
    const wrong = addresses.map((address) => checkServerIdentity(address, certificate))
    if (wrong.length === 0) return new Error(`The bus names no server ${host}.`)
    return wrong.includes(undefined) ? undefined : wrong[0]
  }
}
