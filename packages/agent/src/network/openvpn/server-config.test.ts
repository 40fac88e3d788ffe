import { expect, test } from 'vitest'
import { networkOf } from './pool.ts'
import { renderClientConfig, renderServerConfig } from './server-config.ts'

const instance = {
  instance: 'sag-1',
  ccn: 'ccn-1',
  namespace: 'opensag-ccn-7',
  port: 1195,
  pool: ['10.9.0.0/24', '10.8.0.0/16'],
}

test('the server of an instance', () => {
  const place = { credentials: '/run/o', management: '/run/o/openvpn-1195.sock', address: '203.0.113.7' }
  expect(renderServerConfig(instance, place)).toBe(`mode server
tls-server
proto udp4
local 203.0.113.7
port 1195
dev app1195
dev-type tun
topology subnet
ifconfig 10.9.0.1 255.255.255.0
ifconfig-noexec
persist-tun
tun-mtu 1400
push "topology subnet"
max-clients 2048
ca /run/o/ca.pem
cert /run/o/cert.pem
key /run/o/key.pem
dh none
tls-version-min 1.2
data-ciphers AES-256-GCM:CHACHA20-POLY1305
verify-client-cert none
username-as-common-name
management /run/o/openvpn-1195.sock unix
management-client
management-hold
management-client-auth
auth-gen-token 0 external-auth
reneg-sec 3600
hand-window 60
keepalive 10 30
explicit-exit-notify 1
verb 1
`)
})

test('what a client is told is of the block that its address is in', () => {
  expect(renderClientConfig(instance, '10.8.3.4', ['172.16.1.0/24', '10.10.0.5/32'])).toEqual([
    'ifconfig-push 10.8.3.4 255.255.0.0',
    'push "route-gateway 10.8.0.1"',
    'push "route 172.16.1.0 255.255.255.0"',
    'push "route 10.10.0.5 255.255.255.255"',
  ])
  expect(() => renderClientConfig(instance, '10.7.0.2', [])).toThrow('in no block')
})

test('a client is told the DNS servers of its instance, the primary one first', () => {
  const dns = ['10.10.0.53', '10.10.0.5']
  expect(renderClientConfig({ ...instance, dns }, '10.9.0.2', ['10.10.0.0/24']).slice(2)).toEqual([
    'push "route 10.10.0.0 255.255.255.0"',
    'push "dhcp-option DNS 10.10.0.53"',
    'push "dhcp-option DNS 10.10.0.5"',
  ])
})

test.each([
  ['10.9.9.77/24', '10.9.9.0', '255.255.255.0', '10.9.9.1'],
  ['0.0.0.0/0', '0.0.0.0', '0.0.0.0', '0.0.0.1'],
  ['192.0.2.8/30', '192.0.2.8', '255.255.255.252', '192.0.2.9'],
])('%s', (cidr, network, mask, gateway) => {
  expect(networkOf(cidr)).toMatchObject({ network, mask, gateway })
})

test.each(['10.9.9.0', '10.9.9.0/33', '10.9.9/24', '10.9.9.0/24 x', ''])('"%s" is no block', (text) => {
  expect(() => networkOf(text)).toThrow('is no CIDR block')
})
