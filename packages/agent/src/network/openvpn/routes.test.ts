import { expect, test } from 'vitest'
import { reachable } from './routes.ts'

test('a client is told what the network reaches, and not the links it is made of', () => {
  const routes = [
    { dst: 'default', gateway: '10.10.0.254', dev: 'vpc' },
    { dst: '10.9.0.0/24', dev: 'app1194', protocol: 'kernel' },
    { dst: '10.8.0.0/24', dev: 'app1195', protocol: 'kernel' },
    { dst: '10.10.0.0/24', dev: 'vpc', protocol: 'kernel' },
    { dst: '10.10.0.0/24', dev: 'vpc', protocol: 'bird', metric: 32 },
    { dst: '172.16.1.9', gateway: '198.19.0.5', dev: 'vx2' },
    { dst: '198.19.0.4/31', dev: 'vx2' },
    { dst: '169.254.0.0/31', dev: 'mesh' },
  ]
  expect(reachable(routes, 'app1194')).toEqual(['10.10.0.0/24', '10.8.0.0/24', '172.16.1.9/32'])
})

test('a client is told so many routes at most', () => {
  const routes = Array.from({ length: 300 }, (_, index) => ({
    dst: `10.${Math.floor(index / 250)}.${index % 250}.0/24`,
  }))
  expect(reachable(routes, 'app1194')).toHaveLength(200)
})
