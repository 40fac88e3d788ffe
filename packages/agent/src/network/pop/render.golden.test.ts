import type { PopConfig, PopMember } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { renderBird } from './render-bird.ts'
import { renderFilter } from './render-filter.ts'
import { renderGuard } from './render-guard.ts'
import { wantedBy } from './wanted.ts'

const first: PopMember = {
  serial: 'SAG00001',
  address: '198.18.0.1',
  as: 4_200_000_001,
  bandwidth: 2,
  backup: false,
  vni: 2,
  local: '198.19.0.4',
  remote: '198.19.0.5',
  prefixes: ['172.16.1.0/24', '10.1.0.7/32'],
  routing: 'static',
}
const second: PopMember = {
  ...first,
  serial: 'SAG00002',
  address: '198.18.0.2',
  as: 4_200_000_002,
  backup: true,
  vni: 5,
  local: '198.19.0.10',
  remote: '198.19.0.11',
  prefixes: ['172.16.2.0/24'],
  routing: 'dynamic',
}
const network = { ccn: 'ccn-1', number: 7, interworking: false, members: [first, second] }
const config: PopConfig = {
  address: '198.18.128.1',
  networks: [network],
  peers: [{ serial: 'POP00002', endpoint: '203.0.113.2', address: '198.18.128.2' }],
}
const attachments = [
  {
    ccn: 'ccn-1',
    interface: 'eth1',
    address: '10.10.0.254/24',
    prefixes: ['10.10.0.0/24', '10.20.0.0/16'],
    gateway: '10.10.0.1',
  },
]
const mesh = { local: '169.254.0.0', remote: '169.254.0.1' }

test('the guard of a machine', () => {
  expect(renderGuard(config)).toMatchInlineSnapshot(`
    "table inet opensag
    delete table inet opensag
    table inet opensag {
      # The tunnel address and the VNI (the fifth to seventh byte behind the UDP header) of each link.
      set links {
        typeof ip saddr . @th,96,24
        elements = {
          198.18.0.1 . 2,
          198.18.0.2 . 5,
          198.18.128.2 . 8388615
        }
      }
      chain output {
        type filter hook output priority -200; policy accept;
        ip daddr 198.18.0.0/15 oifname != { "lo", "ipsec0" } rt ipsec missing counter drop
      }
      chain input {
        type filter hook input priority -200; policy accept;
        ip daddr 198.18.0.0/15 iifname != { "lo", "ipsec0" } meta ipsec missing counter drop
        udp dport 4789 ip daddr != 198.18.0.0/15 counter drop
        udp dport 4789 ip saddr . @th,96,24 != @links counter drop
        ip daddr 198.18.0.0/16 iifname != "lo" meta l4proto != { icmp, udp } counter drop
        ip daddr 198.18.0.0/16 iifname != "lo" udp dport != 4789 counter drop
      }
      chain forward {
        type filter hook forward priority -200; policy accept;
        ip saddr 198.18.0.0/15 counter drop
        ip daddr 198.18.0.0/15 counter drop
      }
    }
    "
  `)
})

test('the rules of a network', () => {
  expect(renderFilter(network, attachments, mesh.remote, 1350)).toMatchInlineSnapshot(`
    "table inet opensag
    delete table inet opensag
    table inet opensag {
      # What may come in by which interface. Not said of the mesh: the other point of presence has looked.
      set sources {
        type ifname . ipv4_addr
        flags interval
        elements = {
          "vx2" . 172.16.1.0/24,
          "vx2" . 10.1.0.7/32,
          "vx5" . 172.16.2.0/24,
          "eth1" . 10.10.0.0/24,
          "eth1" . 10.20.0.0/16
        }
      }
      # Members that may also send from what they announce.
      set learners {
        type ifname
        elements = {
          "vx5"
        }
      }
      # The far ends of links.
      set ends {
        type ifname . ipv4_addr
        elements = {
          "vx2" . 198.19.0.5,
          "vx5" . 198.19.0.11,
          "mesh" . 169.254.0.1
        }
      }
      chain prerouting {
        type filter hook prerouting priority mangle; policy accept;
        # They reach only what is attached.
        iifname "vx*" meta mark set 1
      }
      chain unlisted {
        iifname != @learners counter drop
        meta mark set 2 fib saddr . mark . iif oif missing counter drop
      }
      chain forward {
        type filter hook forward priority filter; policy drop;
        iifname != "mesh" iifname . ip saddr != @sources jump unlisted
        oifname { "vx*", "mesh" } tcp flags & (syn | rst) == syn tcp option maxseg size set rt mtu
        iifname { "vx*", "mesh" } tcp flags & (syn | rst) == syn tcp option maxseg size set 1310
        meta nfproto ipv4 accept
      }
      chain input {
        type filter hook input priority filter; policy drop;
        iifname . ip saddr @ends tcp dport 179 accept
        iifname . ip saddr @ends tcp sport 179 accept
        iifname . ip saddr @ends udp dport { 3784, 3785 } accept
        meta l4proto icmp limit rate 1000/second accept
      }
      chain urgent {
        type filter hook output priority mangle; policy accept;
        # Whether the other end lives is asked also while the link is full (bandwidth).
        oifname "vx*" udp dport { 3784, 3785 } meta priority set 1:10
        oifname "vx*" tcp dport 179 meta priority set 1:10
        oifname "vx*" tcp sport 179 meta priority set 1:10
      }
    }
    "
  `)
})

test('the routing of a network', () => {
  expect(renderBird(config.address, network, attachments, mesh)).toMatchInlineSnapshot(`
    "router id 198.18.128.1;

    # What a member reaches while members do not reach one another: their prefixes are nowhere, also within a larger one that
    # is attached.
    ipv4 table attached;
    # What members have announced beyond their own prefixes.
    ipv4 table learnt;
    define from_member = (65000, 1);
    define from_learner = (65000, 2);
    define owned = (65000, 3);
    # What belongs to somebody: nobody else announces it, a part of it, or what contains it.
    define taken = [ 0.0.0.0/8+, 0.0.0.0/8-, 127.0.0.0/8+, 127.0.0.0/8-, 169.254.0.0/16+, 169.254.0.0/16-, 198.18.0.0/15+, 198.18.0.0/15-, 224.0.0.0/4+, 224.0.0.0/4-, 240.0.0.0/4+, 240.0.0.0/4-, 172.16.1.0/24+, 172.16.1.0/24-, 10.1.0.7/32+, 10.1.0.7/32-, 172.16.2.0/24+, 172.16.2.0/24-, 10.10.0.0/24+, 10.10.0.0/24-, 10.20.0.0/16+, 10.20.0.0/16- ];

    # A gateway that this is the second point of presence of is reached by its first one. Of two of a branch the one that stands by
    # announces it only in place of the other one, which may be dead and not be missed yet.
    function clean(ip far_end; int the_med)
    {
      if bgp_next_hop != far_end then reject;
      bgp_community.empty;
      bgp_community.add(from_member);
      bgp_med = the_med;
      bgp_local_pref = 100;
    }

    protocol device { }
    protocol static {
      ipv4 { import filter { if net.len > 0 then bgp_community.add(owned); accept; }; };
      route 10.10.0.0/24 via "eth1";
      route 10.20.0.0/16 via 10.10.0.1;
    }
    protocol kernel { persist; ipv4 { import none; export all; }; }
    protocol pipe { table master4; peer table attached; import none;
      export filter { if from_member ~ bgp_community then dest = RTD_UNREACHABLE; accept; }; }
    protocol kernel { kernel table 100; persist; ipv4 { table attached; import none; export all; }; }
    protocol pipe { table master4; peer table learnt; import none;
      export where (from_learner ~ bgp_community) && proto != "mesh"; }
    protocol kernel { kernel table 101; persist; merge paths on; ipv4 { table learnt; import none; export all; }; }

    protocol bfd { interface "vx*", "mesh" { interval 200 ms; multiplier 3; }; }
    template bgp branch {
      local as 65000;
      bfd on;
      connect retry time 1;
      connect delay time 1;
      error wait time 1, 4;
      hold time 9;
      ipv4 {
        import none;
        import limit 1000 action block;
        export where source ~ [ RTS_BGP, RTS_STATIC ] && ! (from_member ~ bgp_community);
        next hop self;
      };
    }
    protocol bgp m2 from branch {
      interface "vx2";
      source address 198.19.0.4;
      neighbor 198.19.0.5 as 4200000001;
      ipv4 { import filter {
        clean(198.19.0.5, 10);
        bgp_community.add(owned);
        if net ~ [ 172.16.1.0/24, 10.1.0.7/32 ] then accept;
        reject;
      }; };
    }
    protocol bgp m5 from branch {
      interface "vx5";
      source address 198.19.0.10;
      neighbor 198.19.0.11 as 4200000002;
      ipv4 { import filter {
        clean(198.19.0.11, 20);
        bgp_community.add(from_learner);
        if net.len < 8 then reject;
        if net ~ [ 172.16.2.0/24{23,32} ] then { bgp_community.add(owned); accept; }
        if net ~ taken then reject;
        accept;
      }; };
    }
    protocol bgp mesh {
      interface "mesh";
      source address 169.254.0.0;
      local as 65000;
      neighbor 169.254.0.1 as 65000;
      direct;
      bfd on;
      connect retry time 1;
      connect delay time 1;
      error wait time 1, 4;
      hold time 9;
      ipv4 { import all; export where source ~ [ RTS_BGP, RTS_STATIC ]; next hop self; };
    }
    "
  `)
})

test('of two gateways of a branch the one that stands by is believed first, at both points of presence', () => {
  const standby = { ...first, vni: 3, local: '198.19.0.6', remote: '198.19.0.7', standby: true }
  const meds = (backup: boolean) => {
    const members = [first, standby].map((member) => ({ ...member, backup }))
    const text = renderBird(config.address, { ...network, members }, [], mesh)
    return [...text.matchAll(/clean\(\S+, (\d+)\)/g)].map(([, med]) => med)
  }
  expect([...meds(false), ...meds(true)]).toEqual(['10', '9', '20', '19'])
})

test('a network without members, attachments and another point of presence has no empty list, which nobody could read', () => {
  const empty = { ...network, interworking: true, members: [] }
  const all = [
    renderGuard(undefined),
    renderFilter(empty, [], undefined, 1350),
    renderBird('198.18.128.1', empty, [], undefined),
  ]
  expect(all.join('\n')).not.toMatch(/\[\s*\]|elements|mark set 1|protocol bgp/)
})

test('of prefixes that lie in one another the largest is a source', () => {
  const members = [{ ...first, prefixes: ['172.16.1.0/24', '172.16.0.0/16', '172.16.0.0/16', '10.1.0.7/32'] }]
  expect(renderFilter({ interworking: true, members }, [], undefined, 1350).match(/"vx2" \. \S+[^,\s]/g)).toEqual([
    '"vx2" . 172.16.0.0/16',
    '"vx2" . 10.1.0.7/32',
    '"vx2" . 198.19.0.5',
  ])
})

test('links have the MTU of what the way to the gateways leaves of theirs', () => {
  const links = (mtu: number) => wantedBy(config, { wan: 'eth0', attachments }, mtu).networks[0]?.links
  expect(links(1500)?.map(({ name, mtu }) => `${name} ${mtu}`)).toEqual(['vx2 1350', 'vx5 1350', 'mesh 1350'])
  expect(links(1400)?.map(({ name, mtu }) => `${name} ${mtu}`)).toEqual(['vx2 1286', 'vx5 1286', 'mesh 1286'])
})

test('of two points of presence the one with the lower number has the lower end of the mesh, and calls the other', () => {
  const [here, there] = [config.address, config.peers[0]?.address ?? '']
  const other = { ...config, address: there, peers: [{ serial: 'POP00001', endpoint: '203.0.113.1', address: here }] }
  const [atFirst, atSecond] = [config, other].map((one) => wantedBy(one, { wan: 'eth0', attachments }, 1500))
  const ends = [atFirst, atSecond].map((one) => one?.networks[0]?.links.at(-1))
  expect(ends).toMatchObject([
    { name: 'mesh', vni: 8_388_615, from: here, to: there, address: '169.254.0.0/31' },
    { name: 'mesh', vni: 8_388_615, from: there, to: here, address: '169.254.0.1/31' },
  ])
  expect(atFirst?.tunnels.at(-1)).toEqual({
    name: 'POP00002',
    identity: 'pop00002.c7.sag',
    address: there,
    endpoint: '203.0.113.2',
  })
  expect(atSecond?.tunnels.at(-1)?.endpoint).toBeUndefined()
})
