import { expect, test } from 'vitest'
import { answererIn, pingText } from './ping-text.ts'
import { traceroute } from './traceroute.ts'

const text = `PING 10.0.1.9 (10.0.1.9) from 10.0.1.1 : 56(84) bytes of data.
64 bytes from 10.0.1.9: icmp_seq=1 ttl=64 time=0.043 ms
64 bytes from 10.0.1.9: icmp_seq=1 ttl=64 time=9.1 ms (DUP!)
From 10.0.1.1 icmp_seq=2 Destination Host Unreachable
64 bytes from 10.0.1.9: icmp_seq=4 ttl=64 time=12 ms

--- 10.0.1.9 ping statistics ---
`

test('the times of a ping are those of its requests in their order, and what was lost is null', () => {
  const { times, lines } = pingText(text, 4)
  expect(times).toEqual([0.043, null, null, 12])
  expect(lines[0]).toMatch(/^PING 10/)
  expect(lines).toHaveLength(6)
})

test('who answers one request is the target, a router on the way, or nobody', () => {
  expect(answererIn('64 bytes from 10.0.1.9: icmp_seq=1 ttl=64 time=0.043 ms')).toEqual({
    address: '10.0.1.9',
    isTarget: true,
  })
  for (const colon of ['', ':']) {
    const said = `From 192.0.2.1${colon} icmp_seq=1 Time to live exceeded`
    expect(answererIn(said)).toEqual({ address: '192.0.2.1', isTarget: false })
  }
  expect(answererIn('From 10.0.1.1 icmp_seq=1 Destination Host Unreachable')).toBeUndefined()
  expect(answererIn('')).toBeUndefined()
})

/** As many routers on the way; those that are silent answer nothing, and none answers itself but the first. */
function way(routers: number, silent: readonly number[] = [], isTargetSilent = false) {
  const asked: (readonly string[])[] = []
  const ping = async (...args: readonly string[]): Promise<string> => {
    asked.push(args)
    const hop = Number(args[args.indexOf('-t') + 1])
    const to = args.at(-1)
    if (!args.includes('-t')) return to === '192.0.2.1' ? `64 bytes from ${to}: icmp_seq=1 ttl=64 time=2.5 ms` : ''
    if (hop > routers) return isTargetSilent ? '' : `64 bytes from ${to}: icmp_seq=1 ttl=64 time=7 ms`
    return silent.includes(hop) ? '' : `From 192.0.2.${hop} icmp_seq=1 Time to live exceeded`
  }
  return { ping, asked }
}

test('a way is told router by router up to the target, with how long those take that answer', async () => {
  const { ping } = way(3, [2])
  expect(await traceroute(ping, '203.0.113.7')).toEqual({
    hops: [
      { hop: 1, address: '192.0.2.1', ms: 2.5 },
      { hop: 2 },
      { hop: 3, address: '192.0.2.3' },
      { hop: 4, address: '203.0.113.7' },
    ],
    isReached: true,
  })
})

test('behind the last router that speaks one silent one stands for all, and it is not said that the target was reached', async () => {
  const { ping, asked } = way(2, [], true)
  const found = await traceroute(ping, '203.0.113.7')
  expect(found.isReached).toBe(false)
  expect(found.hops.map(({ hop, address }) => [hop, address])).toEqual([
    [1, '192.0.2.1'],
    [2, '192.0.2.2'],
    [3, undefined],
  ])
  expect(asked.length).toBeLessThanOrEqual(22)
})

test('where nobody speaks at all it ends after ten', async () => {
  const { ping, asked } = way(0, [], true)
  expect(await traceroute(ping, '203.0.113.7')).toEqual({ hops: [{ hop: 1 }], isReached: false })
  expect(asked).toHaveLength(10)
})
