import { createServer } from 'node:net'
import { blockMistake, isLoopback, missingProtection, publicUrlMistake } from '@opensag/server/tools'
import type { Settings } from '../schema.ts'
import { isSelfSigned } from '../self-signed.ts'
import { type Finding, noted, refused } from './finding.ts'

/** Where the server listens, and what protects the passwords on their way there. */
export async function listeningFindings(settings: Settings): Promise<readonly Finding[]> {
  const { host, port, gatewayPort, tlsCert, tlsKey, trustedProxy = [], publicUrl, alertTargets = [] } = settings
  const texts = [
    // Half a pair is a finding of its own.
    missingProtection({
      host,
      hasTls: (tlsCert ?? tlsKey) !== undefined || isSelfSigned(settings),
      hasProxy: trustedProxy.length > 0,
    }),
    blockMistake('--trusted-proxy', trustedProxy),
    blockMistake('--alert-targets', alertTargets),
    publicUrl === undefined ? undefined : publicUrlMistake(publicUrl),
    await addressMistake(host, port),
    gatewayPort === port ? '--gateway-port: give another port than that of --port.' : undefined,
  ]
  return [...texts.flatMap((text) => (text === undefined ? [] : [refused(text)])), ...publicUrlNotes(publicUrl)]
}

/** Clients send passwords to the address that they are told. */
function publicUrlNotes(publicUrl: string | undefined): readonly Finding[] {
  if (publicUrl === undefined || publicUrlMistake(publicUrl) !== undefined) return []
  const { protocol, hostname } = new URL(publicUrl)
  if (protocol === 'https:' || isLoopback(hostname.replace(/^\[(.*)\]$/, '$1'))) return []
  return [noted(`--public-url: ${publicUrl} is without TLS, and requests hold passwords. Give the https URL.`)]
}

/**
 * Whether this machine has the address, and this user the right to the port. A free port is taken for a moment in place of the
 * one that is meant, which a running server may have; a low port has to be tried itself.
 */
async function addressMistake(host: string, port: number): Promise<string | undefined> {
  const code = await new Promise<string | undefined>((tried) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => tried(error.code ?? 'unknown'))
    server.listen({ host, port: port < 1024 ? port : 0, exclusive: true }, () => server.close(() => tried(undefined)))
  })
  switch (code) {
    case undefined:
    case 'EADDRINUSE':
      return undefined
    case 'EADDRNOTAVAIL':
      return `--host: ${host} is not an address of this machine. Use one that "ip addr" shows, or 0.0.0.0 for all of them.`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `--host: the name ${host} has no address. Use an address of this machine.`
    case 'EACCES':
      return `--port: this user has no right to port ${port}. Use one from 1024 on, or give the program that right (AmbientCapabilities=CAP_NET_BIND_SERVICE in its unit file).`
    default:
      return `--host: ${host} cannot be listened on (${code}). Use an address of this machine.`
  }
}
