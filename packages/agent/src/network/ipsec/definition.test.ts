import { expect, test } from 'vitest'
import { createDefinitions, definitionOf } from './definition.ts'
import type { IpsecConfig, Tunnel } from './ipsec.ts'

const config: IpsecConfig = { identity: 'sag1.sag', address: '198.18.0.1', wan: '203.0.113.10', tunnels: [] }
const tunnel: Tunnel = { name: 'ccn0', identity: 'pop1.sag', endpoint: '203.0.113.1', address: '198.18.128.2' }

test('a gateway begins the tunnel to its pop', () => {
  expect(definitionOf(config, tunnel)).toEqual({
    name: 'ccn0',
    identity: 'pop1.sag',
    initiates: true,
    child: 'net-a4c475da3472d4e8',
    connection: {
      ccn0: {
        version: '2',
        mobike: 'no',
        encap: 'yes',
        unique: 'replace',
        keyingtries: '1',
        send_cert: 'always',
        dpd_delay: '2s',
        local_addrs: ['203.0.113.10'],
        remote_addrs: ['203.0.113.1'],
        proposals: ['aes128-sha256-x25519'],
        local: { auth: 'pubkey', id: 'sag1.sag' },
        remote: { auth: 'pubkey', id: 'pop1.sag' },
        children: {
          'net-a4c475da3472d4e8': {
            local_ts: ['198.18.0.1/32'],
            remote_ts: ['198.18.128.2/32'],
            esp_proposals: ['aes128gcm16-x25519'],
            start_action: 'none',
            close_action: 'none',
            dpd_action: 'clear',
          },
        },
      },
    },
  })
})

test('a pop waits for the gateway, wherever it comes from', () => {
  const { initiates, connection } = definitionOf(config, { ...tunnel, endpoint: undefined })
  expect(initiates).toBe(false)
  expect(connection).toMatchObject({ ccn0: { remote_addrs: undefined, dpd_delay: '30s' } })
})

test('whatever is another makes another CHILD_SA, and the same makes the same', () => {
  const others: readonly [IpsecConfig, Tunnel][] = [
    [{ ...config, identity: 'sag2.sag' }, tunnel],
    [{ ...config, address: '198.18.0.2' }, tunnel],
    [{ ...config, wan: '203.0.113.11' }, tunnel],
    [config, { ...tunnel, identity: 'pop2.sag' }],
    [config, { ...tunnel, endpoint: '203.0.113.2' }],
    [config, { ...tunnel, endpoint: undefined }],
    [config, { ...tunnel, address: '198.18.128.3' }],
  ]
  const children = others.map(([one, other]) => definitionOf(one, other).child)
  expect(new Set([...children, definitionOf(config, tunnel).child]).size).toBe(others.length + 1)
  expect(definitionOf({ ...config }, { ...tunnel, name: 'ccn1' }).child).toBe(definitionOf(config, tunnel).child)
})

test('what has not changed is not defined again, and what has is', () => {
  const define = createDefinitions()
  const other = { ...tunnel, name: 'ccn1' }
  const [first, second] = define({ ...config, tunnels: [tunnel, other] })
  const moved = { ...other, endpoint: undefined }
  const again = define({ ...config, tunnels: [moved, { ...tunnel }] })
  expect(again[1]).toBe(first)
  expect(again[0]).toEqual(definitionOf(config, moved))
  expect(again[0]).not.toEqual(second)
  expect(define({ ...config, wan: '203.0.113.11', tunnels: [tunnel] })[0]).not.toEqual(first)
})
