import { expect, test } from 'vitest'
import { popSchema } from './network-config.ts'

const served = { instance: 'sag-1', ccn: 'ccn-1', port: 1194, pool: ['10.9.0.0/24'] }
const pop = { address: '198.18.128.1', networks: [], peers: [], remoteAccess: [served] }

test('a point of presence ignores what a later server tells of an instance, and serves its users', () => {
  expect(popSchema.parse({ ...pop, remoteAccess: [{ ...served, later: ['10.10.0.53'] }] })).toEqual(pop)
})

test('DNS servers of an instance are one or two IPv4 addresses, in their order, or are not told at all', () => {
  const withDns = (dns: unknown) => popSchema.safeParse({ ...pop, remoteAccess: [{ ...served, dns }] })
  expect(withDns(['10.10.0.53', '10.10.0.5']).data?.remoteAccess?.[0]?.dns).toEqual(['10.10.0.53', '10.10.0.5'])
  expect(withDns(undefined).success).toBe(true)
  for (const dns of [
    [],
    ['10.0.0.1', '10.0.0.2', '10.0.0.3'],
    ['fd00::1'],
    ['10.0.0.1"\npush "route 0.0.0.0'],
    '10.0.0.1',
  ])
    expect(withDns(dns).success, JSON.stringify(dns)).toBe(false)
})
