import { expect, test } from 'vitest'
import { renderBandwidth, type TrafficClass } from './bandwidth.ts'

const owns = (megabits: number, classes: readonly TrafficClass[]): readonly (readonly [string, number, number])[] =>
  renderBandwidth('ccn0', megabits, 'pfifo', 'none', { classes, held: [] }).flatMap((line) => {
    const [, handle = '', rate, ceil] = /classid 1:(\d\d) htb rate (\d+)kbit ceil (\d+)kbit/.exec(line) ?? []
    return rate === undefined ? [] : [[handle, Number(rate), Number(ceil)] as const]
  })

test('each class has its minimum, what is left is for packets of no class, and no class has more than its maximum', () => {
  expect(
    owns(100, [
      { priority: 1, min: 20_000, max: 60_000 },
      { priority: 7, min: 30_000, max: 900_000 },
    ]),
  ).toEqual([
    ['10', 5000, 100_000],
    ['31', 20_000, 60_000],
    ['37', 30_000, 100_000],
    ['20', 45_000, 100_000],
  ])
})

test('minima that are more together than the link may send are scaled, and packets of no class keep a part', () => {
  const all = owns(10, [
    { priority: 1, min: 20_000, max: 60_000 },
    { priority: 2, min: 10_000, max: 60_000 },
  ])
  expect(all).toEqual([
    ['10', 500, 10_000],
    ['31', 6000, 10_000],
    ['32', 3000, 10_000],
    ['20', 500, 10_000],
  ])
})

test('bandwidth: all of it for one who sends alone, and a part that routing always has', () => {
  expect(renderBandwidth('ccn0', 100, 'pfifo', 'none').join('\n')).toMatchInlineSnapshot(`
    "qdisc add dev ccn0 root handle 1: htb default 20
    class replace dev ccn0 parent 1: classid 1:1 htb rate 100000kbit ceil 100000kbit burst 50k cburst 50k
    class replace dev ccn0 parent 1:1 classid 1:10 htb rate 5000kbit ceil 100000kbit burst 50k cburst 50k prio 0
    class replace dev ccn0 parent 1:1 classid 1:20 htb rate 95000kbit ceil 100000kbit burst 50k cburst 50k prio 7
    qdisc add dev ccn0 parent 1:10 handle 10: pfifo limit 100
    qdisc add dev ccn0 parent 1:20 handle 20: pfifo limit 926"
  `)
})

test('bandwidth that is there already changes without taking a queue away', () => {
  const lines = renderBandwidth('ccn0', 5, 'fq_codel', 'whole')
  expect(lines.filter((line) => line.startsWith('qdisc'))).toEqual([])
  expect(renderBandwidth('ccn0', 5, 'fq_codel', 'part')[0]).toBe('qdisc del dev ccn0 root')
})
