import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createUser } from '@nats-io/nkeys'

/** Letters and digits: it stands in configurations of many forms. */
export function newPassword(): string {
  return randomBytes(18).toString('hex')
}

export interface Pair {
  readonly cert: string
  readonly key: string
}

export interface Authority {
  readonly cert: string
  /** For servers and clients at these addresses. PEM files in its folder. */
  issue(name: string, addresses: readonly string[]): Pair
}

/** A certificate authority of the test's own. */
export function createAuthority(folder: string): Authority {
  const file = (name: string): string => join(folder, name)
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'] as const
  const [cert, authorityKey] = [file('authority.pem'), file('authority.key')]
  openssl([
    ...['req', '-x509', ...key, '-days', '2', '-subj', '/CN=opensag-test-authority'],
    ...['-keyout', authorityKey, '-out', cert],
  ])
  return {
    cert,
    issue(name, addresses) {
      const pair = { cert: file(`${name}.pem`), key: file(`${name}.key`) }
      const [request, extensions] = [file(`${name}.csr`), file(`${name}.ext`)]
      const names = addresses.map((address) => `IP:${address}`).join(',')
      writeFileSync(extensions, `subjectAltName=${names}\nextendedKeyUsage=serverAuth,clientAuth\n`)
      openssl(['req', '-new', ...key, '-subj', `/CN=${name}`, '-keyout', pair.key, '-out', request])
      openssl([
        ...['x509', '-req', '-in', request, '-CA', cert, '-CAkey', authorityKey, '-CAcreateserial'],
        ...['-days', '2', '-extfile', extensions, '-out', pair.cert],
      ])
      return pair
    },
  }
}

export interface NodeKey {
  readonly publicKey: string
  /** File (0600) with the seed. */
  readonly seedFile: string
}

export function createNodeKey(folder: string, name: string): NodeKey {
  const pair = createUser()
  const seedFile = join(folder, `${name}.nk`)
  writeFileSync(seedFile, `${new TextDecoder().decode(pair.getSeed())}\n`, { mode: 0o600 })
  return { publicKey: pair.getPublicKey(), seedFile }
}

function openssl(args: readonly string[]): void {
  const { status, stderr, error } = spawnSync('openssl', args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`openssl: ${error?.message ?? stderr}`)
}
