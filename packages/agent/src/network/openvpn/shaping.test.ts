import { expect, test } from 'vitest'
import { shapingBase, shareAdded, shareChanged, shareRemoved } from './shaping.ts'

const pair = { tun: 'app1194', ifb: 'ifb1194' }
const share = { slot: 17, address: '10.9.0.2', bandwidth: 2000 }

test('what goes to a client is shaped as it leaves the tunnel, what comes from it on its way through the ifb', () => {
  expect(shareAdded(pair, share)).toEqual([
    'class add dev app1194 parent 1: classid 1:11 htb rate 2000kbit ceil 2000kbit burst 15k quantum 3000',
    'qdisc add dev app1194 parent 1:11 pfifo limit 100',
    'filter add dev app1194 parent 1: protocol ip prio 10 handle 800::11 u32 match ip dst 10.9.0.2/32 flowid 1:11',
    'class add dev ifb1194 parent 1: classid 1:11 htb rate 2000kbit ceil 2000kbit burst 15k quantum 3000',
    'qdisc add dev ifb1194 parent 1:11 pfifo limit 100',
    'filter add dev ifb1194 parent 1: protocol ip prio 10 handle 800::11 u32 match ip src 10.9.0.2/32 flowid 1:11',
  ])
  expect(shareChanged(pair, { ...share, bandwidth: 500 })).toEqual([
    'class change dev app1194 parent 1: classid 1:11 htb rate 500kbit ceil 500kbit burst 15k quantum 3000',
    'class change dev ifb1194 parent 1: classid 1:11 htb rate 500kbit ceil 500kbit burst 15k quantum 3000',
  ])
  expect(shareRemoved(pair, share)).toEqual([
    'filter del dev app1194 parent 1: protocol ip prio 10 handle 800::11 u32',
    'class del dev app1194 classid 1:11',
    'filter del dev ifb1194 parent 1: protocol ip prio 10 handle 800::11 u32',
    'class del dev ifb1194 classid 1:11',
  ])
})

test('the interfaces before the first client', () => {
  expect(shapingBase(pair)).toEqual([
    'qdisc replace dev app1194 root handle 1: htb default 1',
    'class replace dev app1194 parent 1: classid 1:1 htb rate 10gbit ceil 10gbit quantum 60000',
    'qdisc replace dev ifb1194 root handle 1: htb default 1',
    'class replace dev ifb1194 parent 1: classid 1:1 htb rate 10gbit ceil 10gbit quantum 60000',
    'qdisc replace dev app1194 handle ffff: ingress',
    'filter add dev app1194 parent ffff: protocol ip u32 match u32 0 0 action mirred egress redirect dev ifb1194',
  ])
})
