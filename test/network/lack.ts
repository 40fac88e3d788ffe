import { existsSync } from 'node:fs'
import { whatBoxesNeed } from '../linux/box.ts'

const programs = {
  bird: 'bird2',
  dnsmasq: 'dnsmasq-base',
  nft: 'nftables',
  conntrack: 'conntrack',
  keepalived: 'keepalived',
  tc: 'iproute2',
  ping: 'iputils-ping',
  sysctl: 'procps',
  udhcpc: 'udhcpc',
  tcpdump: 'tcpdump',
  openssl: 'openssl',
}

/** Plugins of charon that are in a package of their own. */
const plugins = {
  vici: 'strongswan-swanctl',
  'kernel-libipsec': 'libcharon-extra-plugins',
  openssl: 'libstrongswan-standard-plugins',
}

/** What keeps a network from being built here, with what would change it; undefined when nothing does. */
export function whatNetworksNeed(): string | undefined {
  const lack = whatBoxesNeed(programs)
  if (lack !== undefined) return lack
  const missing = [
    ...(existsSync('/usr/lib/ipsec/charon') ? [] : ['strongswan-charon']),
    ...Object.entries(plugins).flatMap(([plugin, name]) =>
      existsSync(`/usr/lib/ipsec/plugins/libstrongswan-${plugin}.so`) ? [] : [name],
    ),
  ]
  if (missing.length > 0) return `to enable: apt-get install -y ${missing.join(' ')}`
  return existsSync('/dev/net/tun') ? undefined : 'needs /dev/net/tun'
}
