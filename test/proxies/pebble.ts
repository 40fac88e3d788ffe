import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { request } from 'node:https'
import { join } from 'node:path'
import { makeCertificate } from '../support/certificate.ts'
import { freePorts } from '../support/nats.ts'
import { running } from '../support/process.ts'

/** A server of ACME for tests. */
export interface Authority {
  readonly directory: string
  /** Of the authority's own address. */
  readonly certificate: string
  /** The certificate that what it signs ends at, made anew at each start. */
  root(): Promise<string>
  stop(): Promise<unknown>
}

/** @param tlsPort where it looks at who asks for a certificate */
export async function startPebble(program: string, parent: string, tlsPort: number): Promise<Authority> {
  const folder = join(parent, 'pebble')
  await mkdir(folder)
  const [port = 0, management = 0] = await freePorts(2)
  const { cert, key } = makeCertificate(folder, '127.0.0.1')
  const pebble = {
    ...{ listenAddress: `127.0.0.1:${port}`, managementListenAddress: `127.0.0.1:${management}` },
    ...{ certificate: cert, privateKey: key, httpPort: 5002, tlsPort, ocspResponderURL: '' },
  }
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ pebble }))
  const environment = { ...process.env, PEBBLE_VA_NOSLEEP: '1', PEBBLE_WFE_NONCEREJECT: '0' }
  const started = running(spawn(program, ['-config', join(folder, 'config.json')], { env: environment }), 'pebble')
  await started.printed(/ACME directory available/)
  return {
    directory: `https://127.0.0.1:${port}/dir`,
    certificate: cert,
    root: () => rootAt(management),
    stop: () => started.stop(),
  }
}

function rootAt(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    // Its own certificate is of no weight here: what it says is compared with what caddy shows.
    request({ host: '127.0.0.1', port, path: '/roots/0', rejectUnauthorized: false }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
      })
      answer.once('end', () => resolve(text))
    })
      .once('error', reject)
      .end()
  })
}
