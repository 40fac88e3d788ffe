import { spawnSync } from 'node:child_process'
import { isIP } from 'node:net'
import { join } from 'node:path'

/** A certificate that signs itself, for one address or name; PEM files in this folder. */
export function makeCertificate(folder: string, address: string): { readonly cert: string; readonly key: string } {
  const [cert, key] = [join(folder, 'server.pem'), join(folder, 'server.key')]
  const made = spawnSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
      ...[
        '-subj',
        '/CN=opensag-test',
        '-addext',
        `subjectAltName=${isIP(address) === 0 ? 'DNS' : 'IP'}:${address}`,
        '-keyout',
        key,
        '-out',
        cert,
      ],
    ],
    { encoding: 'utf8' },
  )
  if (made.status !== 0) throw new Error(`openssl: ${made.error?.message ?? made.stderr}`)
  return { cert, key }
}
