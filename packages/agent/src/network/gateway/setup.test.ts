import { expect, test } from 'vitest'
import { checkInterfaces, readGatewaySetup } from './setup.ts'

test('the file names two interfaces', () => {
  expect(readGatewaySetup('{"lan": "eth1", "wan": "enx001122334455"}')).toEqual({ lan: 'eth1', wan: 'enx001122334455' })
})

test('it may name others, that the server may use', () => {
  const text = '{"lan": "eth1", "wan": "eth0", "spare": ["eth2"]}'
  expect(readGatewaySetup(text)).toEqual({ lan: 'eth1', wan: 'eth0', spare: ['eth2'] })
  expect(() => checkInterfaces(readGatewaySetup(text), ['eth0', 'eth1'])).toThrow('eth2, which "spare" names')
})

test.each([
  ['{', 'it is not JSON'],
  ['[]', 'the file: '],
  ['{"lan": "eth1"}', 'wan: is missing'],
  ['{"lan": 1, "wan": "eth0"}', 'lan: is not a name'],
  ['{"lan": "eth1", "wan": "eth0", "dmz": "eth2"}', 'the file: Unrecognized key: "dmz"'],
  ['{"lan": "eth0", "wan": "eth0"}', 'lan: is the same interface as wan'],
  ['{"lan": "eth1", "wan": "eth0", "spare": ["eth0"]}', 'spare: names an interface twice'],
  ['{"lan": "eth1", "wan": "eth0", "spare": ["ecc10"]}', 'spare.0: is a name that OpenSAG gives an interface itself'],
  ['{"lan": "a b", "wan": "eth0"}', 'lan: is no name of an interface'],
  ['{"lan": "\\"; drop", "wan": "eth0"}', 'lan: is no name of an interface'],
  ['{"lan": "ccn0", "wan": "eth0"}', 'lan: is a name that OpenSAG gives an interface itself'],
  ['{"lan": "eth1", "wan": "lo"}', 'wan: is a name that OpenSAG gives an interface itself'],
])('%s is refused: %s', (text, why) => {
  expect(() => readGatewaySetup(text)).toThrow(why)
})

test('an interface that the machine does not have is named, with those it has', () => {
  expect(() => checkInterfaces({ lan: 'eth1', wan: 'eth0' }, ['lo', 'eth0', 'eth2'])).toThrow(
    'This machine has no interface eth1, which "lan" names. It has lo, eth0, eth2.',
  )
  expect(() => checkInterfaces({ lan: 'eth2', wan: 'eth0' }, ['lo', 'eth0', 'eth2'])).not.toThrow()
})
