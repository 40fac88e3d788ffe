import { describe, expect, test } from 'vitest'
import { checkWan, readPopSetup } from './setup.ts'

const attachment = {
  ccn: 'ccn-1',
  interface: 'eth1',
  address: '10.10.0.254/24',
  prefixes: ['10.10.0.0/24', '10.20.0.0/16'],
  gateway: '10.10.0.1',
}
const fileWith = (...attachments: readonly object[]): string => JSON.stringify({ wan: 'eth0', attachments })

describe('the file of a point of presence', () => {
  test('names the interface to the Internet and attachments, which may be none', () => {
    expect(readPopSetup(fileWith(attachment))).toEqual({ wan: 'eth0', attachments: [attachment] })
    expect(readPopSetup('{"wan":"eth0"}')).toEqual({ wan: 'eth0', attachments: [] })
  })

  test.each([
    ['{', /^it is not JSON/],
    ['{}', 'wan: is missing'],
    ['{"wan":"eth0","lan":"eth1"}', /^the file: .*lan/],
    ['{"wan":"a b"}', 'wan: is no name of an interface'],
    ['{"wan":"vx2"}', 'wan: is a name that OpenSAG gives an interface itself'],
    [fileWith({ ...attachment, prefixes: [] }), 'attachments.0.prefixes: needs one prefix at least'],
    [fileWith({ ...attachment, interface: 'eth0' }), /^attachments\.0\.interface: eth0 is the interface that gateways/],
    [fileWith(attachment, { ...attachment, ccn: 'ccn-2' }), 'attachments.1.interface: eth1 is attached already'],
    [fileWith({ ...attachment, address: '10.10.0.254' }), /^attachments\.0\.address: "10\.10\.0\.254" is no address/],
    [
      fileWith({ ...attachment, gateway: '10.11.0.1' }),
      'attachments.0.gateway: "10.11.0.1" is no other address of 10.10.0.0/24',
    ],
    [fileWith({ ...attachment, gateway: '10.10.0.254' }), /^attachments\.0\.gateway/],
    [
      fileWith({ ...attachment, prefixes: ['10.10.0.1/24'] }),
      /^attachments\.0\.prefixes\.0: "10\.10\.0\.1\/24" is no network/,
    ],
    [
      fileWith({ ...attachment, prefixes: ['198.18.4.0/24'] }),
      /^attachments\.0\.prefixes\.0: 198\.18\.4\.0\/24 is reserved/,
    ],
    [
      fileWith({ ...attachment, gateway: undefined }),
      /^attachments\.0\.prefixes\.1: 10\.20\.0\.0\/16 does not lie in 10\.10\.0\.0\/24/,
    ],
    [
      fileWith(attachment, { ...attachment, interface: 'eth2', prefixes: ['10.20.0.0/16'] }),
      'attachments.1.prefixes.0: 10.20.0.0/16 is attached to ccn-1 already',
    ],
  ])('%s is refused: %s', (text, message) => {
    expect(() => readPopSetup(text)).toThrow(message)
  })
})

test('an interface to the Internet that the machine does not have is named; those of attachments may come later', async () => {
  const machine = (...there: readonly string[]) => ({ interfaces: async () => there })
  const setup = readPopSetup(fileWith(attachment))
  await checkWan(setup, machine('lo', 'eth0'))
  await expect(checkWan(setup, machine('lo', 'eth2'))).rejects.toThrow(
    'wan: this machine has no interface eth0; it has lo, eth2',
  )
})
