import { describe, expect, test } from 'vitest'
import { isNetwork, portsFit, portsOf, protocolOf } from './five-tuple.ts'

test.each([
  ['ALL', { of: 'any' }],
  ['icmp', { of: 'icmp' }],
  ['SSH(22)', { of: 'tcp', port: 22 }],
  ['ms sql(1433)', { of: 'tcp', port: 1433 }],
  ['SCTP', undefined],
  ['constructor', undefined],
  ['SSH(23)', undefined],
])('the protocol %s', (text, protocol) => {
  expect(protocolOf(text)).toEqual(protocol)
})

test.each([
  ['-1/-1', 'any'],
  ['1/65535', { from: 1, to: 65_535 }],
  ['9/1', { from: 9, to: 1 }],
])('the ports %s', (text, ports) => {
  expect(portsOf(text)).toEqual(ports)
})

test.each(['80', '0/5', '1/70000', '-1/80', '80/-1', '01/2', '1/2/3', ''])('%j are no ports', (text) => {
  expect(portsOf(text)).toBeUndefined()
})

test.each([
  ['0.0.0.0/0', true],
  ['10.0.0.0/24', true],
  ['10.0.0.1/24', false],
  ['10.0.0.1', false],
])('the network %s', (text, is) => {
  expect(isNetwork(text)).toBe(is)
})

describe('ports fit their protocol:', () => {
  test.each([
    ['TCP', '-1/-1', '80/443', true],
    ['udp', '53/53', '1/65535', true],
    ['TCP', '9/1', '-1/-1', false],
    ['TCP', '-1/-1', '9/1', false],
    ['ICMP', '-1/-1', '-1/-1', true],
    ['ICMP', '-1/-1', '80/80', false],
    ['ALL', '80/80', '-1/-1', false],
    ['GRE', '1/1', '1/1', false],
    ['SSH(22)', '1/20', '22/22', true],
    ['SSH(22)', '22/22', '-1/-1', false],
    ['SSH(22)', '20/1', '22/22', false],
  ])('%s from %s to %s: %s', (protocol, sourcePorts, destPorts, fits) => {
    expect(portsFit({ protocol, sourcePorts, destPorts, sourceCidr: '0.0.0.0/0', destCidr: '0.0.0.0/0' })).toBe(fits)
  })
})
