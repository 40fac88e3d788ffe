import { mkdirSync, writeFileSync } from 'node:fs'
import { findEsp } from '../../../packages/agent/src/network/ipsec/machine.ts'
import type { Machine } from '../../linux/box.ts'
import { until } from '../../support/time.ts'
import { type Bench, sh } from '../bench.ts'
import { reaches } from '../ping.ts'

/** Two branches joined by strongSwan alone, with a configuration written by hand: the same cipher, a network at each end. */
export interface BarePair {
  readonly gateway: Machine
  /** A host behind each end. */
  readonly terminal: Machine
  readonly far: Machine
  /** Of `far`. */
  readonly address: string
}

const [near, far] = ['172.31.1', '172.31.2']
const secret = 'the-two-of-them-only'

export async function openBarePair(bench: Bench): Promise<BarePair> {
  const [one, two, terminal, host] = await Promise.all([
    bench.machine(),
    bench.machine(),
    bench.machine(),
    bench.machine(),
  ])
  const [wanOfOne, wanOfTwo] = [await bench.plugIntoInternet(one), await bench.plugIntoInternet(two)]
  await bench.cable(terminal, 'lan', one, 'lan')
  await bench.cable(host, 'lan', two, 'lan')
  for (const [router, behind, network] of [
    [one, terminal, near],
    [two, host, far],
  ] as const) {
    await sh(router, `ip addr add ${network}.1/24 dev lan; sysctl -qw net.ipv4.ip_forward=1`)
    await sh(behind, `ip addr add ${network}.10/24 dev lan; ip route add default via ${network}.1`)
  }
  await startStrongSwan(two, { wan: wanOfTwo, peer: wanOfOne, network: far, other: near })
  await startStrongSwan(one, { wan: wanOfOne, peer: wanOfTwo, network: near, other: far })
  await sh(one, 'swanctl --initiate --child net >/dev/null')
  await until('the bare tunnel carries packets', () => reaches(terminal, `${far}.10`))
  return { gateway: one, terminal, far: host, address: `${far}.10` }
}

interface End {
  readonly wan: string
  readonly peer: string
  readonly network: string
  readonly other: string
}

async function startStrongSwan(machine: Machine, { wan, peer, network, other }: End): Promise<void> {
  const encrypts = (await findEsp()) === 'user-space' ? 'kernel-libipsec ' : ''
  writeFileSync(
    machine.path('/etc/strongswan.conf'),
    `charon {
  load = random nonce openssl pem pkcs1 pubkey x509 constraints kdf hmac ${encrypts}kernel-netlink socket-default vici
  install_virtual_ip = no
}
`,
  )
  mkdirSync(machine.path('/etc/swanctl'), { recursive: true })
  writeFileSync(
    machine.path('/etc/swanctl/swanctl.conf'),
    `connections {
  net {
    version = 2
    mobike = no
    encap = yes
    local_addrs = ${wan}
    remote_addrs = ${peer}
    proposals = aes128-sha256-x25519
    local { auth = psk
      id = ${wan} }
    remote { auth = psk
      id = ${peer} }
    children {
      net {
        local_ts = ${network}.0/24
        remote_ts = ${other}.0/24
        esp_proposals = aes128gcm16-x25519
      }
    }
  }
}
secrets {
  ike {
    secret = ${secret}
  }
}
`,
    { mode: 0o600 },
  )
  machine.start(['/usr/lib/ipsec/charon']).on('error', () => undefined)
  await until(
    'strongSwan is configured',
    async () => (await machine.run(['swanctl', '--load-all', '--noprompt'])).status === 0,
  )
}
