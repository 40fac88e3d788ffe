import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Certified } from '../../packages/agent/src/connection-certification.ts'

/** An authority of certificates for tunnels, apart from the server's. */
export interface TestAuthority {
  /** For a public key (SPKI, DER). Those of the server live for a day. */
  certify(identity: string, spki: Buffer, days?: number): Certified
  close(): void
}

export function openTestAuthority(): TestAuthority {
  const folder = mkdtempSync(join(tmpdir(), 'opensag-authority-'))
  const file = (name: string): string => join(folder, name)
  openssl(['genpkey', '-algorithm', 'ed25519', '-out', file('ca.key')])
  const self = ['-x509', '-new', '-key', file('ca.key'), '-subj', '/CN=Tunnels', '-days', '30']
  const usage = ['-addext', 'keyUsage=critical,keyCertSign,cRLSign']
  openssl(['req', ...self, ...usage, '-out', file('ca.pem')])
  openssl(['x509', '-in', file('ca.pem'), '-outform', 'DER', '-out', file('ca.der')])
  return {
    certify(identity, spki, days = 1) {
      const pem = spki.toString('base64')
      writeFileSync(file('key.pem'), `-----BEGIN PUBLIC KEY-----\n${pem}\n-----END PUBLIC KEY-----\n`)
      writeFileSync(file('extensions'), `subjectAltName=DNS:${identity}\nbasicConstraints=critical,CA:FALSE\n`)
      const signed = [
        '-CA',
        file('ca.pem'),
        '-CAkey',
        file('ca.key'),
        '-extfile',
        file('extensions'),
        '-days',
        String(days),
      ]
      const subject = ['-new', '-force_pubkey', file('key.pem'), '-subj', `/CN=${identity}`]
      openssl(['x509', ...subject, ...signed, '-outform', 'DER', '-out', file('leaf.der')])
      return { certificate: readFileSync(file('leaf.der')), authority: readFileSync(file('ca.der')) }
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function openssl(args: readonly string[]): void {
  const { status, stderr } = spawnSync('openssl', args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`openssl ${args[0]}: ${stderr}`)
}
