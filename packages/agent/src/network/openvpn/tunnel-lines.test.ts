import { expect, test } from 'vitest'
import { TunnelReader } from './tunnel-lines.ts'

const readAll = (lines: readonly string[]) => {
  const reader = new TunnelReader()
  return lines.flatMap((line) => reader.read(line) ?? [])
}

test('an interface that is opened, with the DNS servers in the order they were pushed in', () => {
  // OpenVPN writes its variables in no order.
  const lines = ['UP', 'ENV,dev=tun0', 'ENV,foreign_option_3=dhcp-option DNS 10.10.0.5']
  const more = [
    'ENV,foreign_option_2=dhcp-option DOMAIN corp.example',
    'ENV,foreign_option_1=dhcp-option DNS 10.10.0.53',
  ]
  expect(readAll([...lines, ...more, 'ENV,END', 'DOWN', 'ENV,dev=tun0', 'ENV,END'])).toEqual([
    { is: 'tunnel', isUp: true, device: 'tun0', dns: ['10.10.0.53', '10.10.0.5'] },
    { is: 'tunnel', isUp: false, device: 'tun0', dns: [] },
  ])
})

test('what is no address, no name of an interface or one server too many is left out', () => {
  const odd = ['ENV,dev=tun0; reboot', 'ENV,foreign_option_1=dhcp-option DNS 10.0.0.1\nnameserver 6.6.6.6']
  const many = Array.from({ length: 20 }, (_, n) => `ENV,foreign_option_${n}=dhcp-option DNS 10.0.0.${n}`)
  const [event, ...others] = readAll(['ENV,END', 'UP', ...odd, ...many, 'ENV,END', 'ENV,END'])
  expect(event).toMatchObject({ device: '', dns: many.slice(0, 8).map((line) => line.split(' ').at(-1)) })
  expect(others).toEqual([])
})
