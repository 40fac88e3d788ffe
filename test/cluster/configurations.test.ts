import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fill, valuesFrom } from '../../deploy/fill.mjs'
import { postgresBin } from '../postgres/server.ts'
import { root, runToEnd } from '../support/process.ts'
import { limit } from '../support/time.ts'
import { whatClusterNeeds, whereIs } from './lack.ts'
import { configure } from './world/configuration.ts'
import { installPatroni } from './world/python.ts'
import { createAuthority, createNodeKey } from './world/secrets.ts'

const lack = whatClusterNeeds()
/** Nothing is started with them, so any will do. */
const addresses = Object.fromEntries(
  ['ETCD', 'BUS', 'NODE', 'POSTGRES'].flatMap((kind) => [1, 2, 3].map((n) => [`${kind}_${n}`, `192.0.2.${n}`])),
)

describe.skipIf(lack !== undefined)(
  `the programs take the configurations of deploy/${lack ? ` (${lack})` : ''}`,
  () => {
    let folder = ''
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'opensag-configurations-'))
      chmodSync(folder, 0o755)
    })
    afterAll(() => rmSync(folder, { recursive: true, force: true }))

    async function accepted(program: string, args: readonly string[]): Promise<void> {
      const { code, output, errors } = await runToEnd(whereIs(program) ?? program, args)
      expect({ code, said: code === 0 ? '' : output + errors }).toEqual({ code: 0, said: '' })
    }

    test('HAProxy takes that in front of the nodes, without a warning', async () => {
      const authority = createAuthority(folder)
      const { cert, key } = authority.issue('edge', ['192.0.2.9'])
      const joined = await runToEnd('cat', [cert, key])
      writeFileSync(join(folder, 'edge-both.pem'), joined.output)
      const nodes = Object.fromEntries(
        [1, 2, 3].flatMap((n) => [
          [`NODE_${n}`, `192.0.2.${n}:7240`],
          [`NODE_${n}_GATEWAYS`, `192.0.2.${n}:7241`],
        ]),
      )
      const file = configure(folder, 'edge.cfg', 'haproxy/edge.cfg', {
        ...{ EDGE_CONNECTIONS: 1000, EDGE_LISTEN: '127.0.0.1:443', EDGE_CERTIFICATE: join(folder, 'edge-both.pem') },
        ...{ RUN_FOLDER: folder, ...nodes },
      })
      await accepted('haproxy', ['-c', '-dW', '-f', file])
    })

    test('HAProxy takes that of the database, without a warning', async () => {
      const values = { DATABASE_LISTEN: '127.0.0.1:5000', PATRONI_PORT: 8008, RUN_FOLDER: folder }
      const servers = { POSTGRES_1: '192.0.2.1:5432', POSTGRES_2: '192.0.2.2:5432' }
      const file = configure(folder, 'database.cfg', 'haproxy/database.cfg', { ...values, ...servers })
      await accepted('haproxy', ['-c', '-dW', '-f', file])
    })

    test('nats-server takes that of the bus', async () => {
      const authority = createAuthority(folder)
      const pair = authority.issue('bus', ['127.0.0.1'])
      const keys = [1, 2, 3].map((n) => [`NKEY_${n}`, createNodeKey(folder, `node${n}`).publicKey] as const)
      const file = configure(folder, 'nats.conf', 'nats/nats.conf', {
        ...{ BUS_NAME: 'bus1', BUS_ADDRESS: '127.0.0.1', ROUTE_PASSWORD: 'route', ...addresses },
        ...{ BUS_CERTIFICATE: pair.cert, BUS_KEY: pair.key, BUS_AUTHORITY: authority.cert },
        ...Object.fromEntries(keys),
      })
      await accepted('nats-server', ['-t', '-c', file])
    })

    test(
      'Patroni takes that of PostgreSQL',
      async () => {
        const python = await installPatroni()
        const file = configure(folder, 'patroni.yml', 'patroni/patroni.yml', {
          ...{ POSTGRES_NAME: 'postgres1', POSTGRES_ADDRESS: '192.0.2.1', POSTGRES_NETWORK: '192.0.2.0/24' },
          ...{ POSTGRES_BIN: postgresBin ?? '', POSTGRES_DATA: join(folder, 'data'), RUN_FOLDER: folder },
          ...{ POST_BOOTSTRAP: join(root, 'deploy/patroni/post-bootstrap.sh'), WATCHDOG: 'automatic' },
          ...{ TTL: 20, LOOP_WAIT: 2, RETRY_TIMEOUT: 5, ...addresses },
          ...{ SUPERUSER_PASSWORD: 'a', REPLICATION_PASSWORD: 'b', REWIND_PASSWORD: 'c', REST_PASSWORD: 'd' },
        })
        // It also tries to reach etcd, which is not there. Every other line it prints is about the file.
        const { output, errors } = await runToEnd(python, ['-m', 'patroni', '--validate-config', '-p', file])
        const found = `${output}${errors}`
          .split('\n')
          .filter((line) => line !== '' && !/^etcd3\.hosts\.\d+ /.test(line))
        expect(found).toEqual([])
      },
      limit(120_000),
    )
  },
)

test('a placeholder without a value is an error, not an empty value', () => {
  const placeholder = (name: string): string => `$\{${name}}`
  const text = `listen ${placeholder('A')}:${placeholder('B')} $node`
  expect(() => fill(text, { A: 'x' })).toThrow('No value for B.')
  expect(fill(text, { A: 'x', B: 0 })).toBe('listen x:0 $node')
})

test('values are read from lines of NAME=value', () => {
  expect(valuesFrom('# a comment\nA=1\n\nB = x=y\n')).toEqual({ A: '1', B: 'x=y' })
  expect(() => valuesFrom('secret')).toThrow('A line of the values is not NAME=value.')
})
