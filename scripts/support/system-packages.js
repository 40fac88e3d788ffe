// What the tests need beyond npm, by the program, or another sign, that shows it is there.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const needed = [
  { program: 'sshd', package: 'openssh-server' },
  { program: 'ssh', package: 'openssh-client' },
  { program: 'sshpass', package: 'sshpass' },
  { program: 'strace', package: 'strace' },
  { program: 'ip', package: 'iproute2' },
  { program: 'nft', package: 'nftables' },
  { program: 'tc', package: 'iproute2' },
  { program: 'nsenter', package: 'util-linux' },
  { program: 'chpasswd', package: 'passwd' },
  // The network that gateways and points of presence carry, and what looks at it from outside.
  { program: 'charon', package: 'strongswan-charon', found: () => existsSync('/usr/lib/ipsec/charon') },
  { program: 'VICI of charon', package: 'strongswan-swanctl', found: () => hasCharonPlugin('vici') },
  { program: 'ESP of charon', package: 'libcharon-extra-plugins', found: () => hasCharonPlugin('kernel-libipsec') },
  { program: 'AES of charon', package: 'libstrongswan-standard-plugins', found: () => hasCharonPlugin('openssl') },
  { program: 'bird', package: 'bird2' },
  { program: 'dnsmasq', package: 'dnsmasq-base' },
  { program: 'conntrack', package: 'conntrack' },
  { program: 'keepalived', package: 'keepalived' },
  { program: 'ndpiReader', package: 'libndpi-bin' },
  { program: 'openvpn', package: 'openvpn' },
  { program: 'ping', package: 'iputils-ping' },
  { program: 'sysctl', package: 'procps' },
  { program: 'udhcpc', package: 'udhcpc' },
  { program: 'iperf3', package: 'iperf3' },
  { program: 'tcpdump', package: 'tcpdump' },
  { program: 'curl', package: 'curl' },
  { program: 'openssl', package: 'openssl' },
  { program: 'postgres', package: 'postgresql', found: hasPostgres },
  // The cluster: what holds the primary's name, the load balancer, the bus. Patroni comes from PyPI (deploy/patroni).
  { program: 'etcd', package: 'etcd-server' },
  { program: 'haproxy', package: 'haproxy' },
  { program: 'nats-server', package: 'nats-server' },
  { program: 'setpriv', package: 'util-linux' },
  // Proxies in front of a server, as the documents configure them.
  { program: 'nginx', package: 'nginx-light' },
  { program: 'caddy', package: 'caddy' },
  { program: 'chromium', package: 'chromium' },
  // What pictures of the console are compared in.
  { program: 'DejaVu Sans', package: 'fonts-dejavu-core', found: () => hasFont('truetype/dejavu/DejaVuSans.ttf') },
  {
    program: 'Noto Sans CJK',
    package: 'fonts-noto-cjk',
    found: () => hasFont('opentype/noto/NotoSansCJK-Regular.ttc'),
  },
  // What is in deploy/ is checked by the programs that read it.
  { program: 'systemd-analyze', package: 'systemd' },
  { program: 'promtool', package: 'prometheus' },
  // The packages of Debian.
  { program: 'lintian', package: 'lintian' },
  { program: 'strip', package: 'binutils' },
  { program: 'adduser', package: 'adduser' },
  // The container images: what runs one, and what reads and builds them besides ourselves.
  { program: 'runc', package: 'runc' },
  { program: 'buildah', package: 'buildah' },
  // What signs a release, and verifies it.
  { program: 'minisign', package: 'minisign' },
  // Podman in the place of Docker, for the examples with Testcontainers.
  { program: 'podman', package: 'podman' },
  { program: 'netavark', package: 'netavark', found: () => existsSync('/usr/lib/podman/netavark') },
  { program: 'iptables', package: 'iptables' },
  // What the samples of the console are compiled and run with. Those of Debian 12 suffice: Go 1.19, Python 3.11, Java 17.
  { program: 'bash', package: 'bash' },
  // Completion of the command line.
  { program: 'zsh', package: 'zsh' },
  { program: 'fish', package: 'fish' },
  // Commands of the documents.
  { program: 'jq', package: 'jq' },
  { program: 'logger', package: 'bsdutils' },
  { program: 'age-keygen', package: 'age' },
  // A terminal for what asks.
  { program: 'script', package: 'bsdutils' },
  // The manual.
  { program: 'man', package: 'man-db' },
  { program: 'mandoc', package: 'mandoc' },
  { program: 'go', package: 'golang-go' },
  { program: 'python3', package: 'python3' },
  { program: 'environments of Python', package: 'python3-venv', found: hasPythonVenv },
  { program: 'javac', package: 'default-jdk-headless' },
  { program: 'mvn', package: 'maven' },
  // They fetch what they need by HTTPS.
  {
    program: 'CA certificates',
    package: 'ca-certificates',
    found: () => existsSync('/etc/ssl/certs/ca-certificates.crt'),
  },
  // A machine whose kernel encrypts tunnels, when it is asked for.
  ...(process.env.OPENSAG_KERNEL_ESP === '1'
    ? [
        { program: 'qemu-system-x86_64', package: 'qemu-system-x86' },
        { program: 'virtiofsd', package: 'qemu-system-common', found: () => existsSync('/usr/lib/qemu/virtiofsd') },
        // udhcpc brings one that needs libraries.
        { program: 'busybox', package: 'busybox-static', found: () => existsSync('/usr/share/doc/busybox-static') },
        { program: 'depmod', package: 'kmod' },
      ]
    : []),
  { program: 'gcc', package: 'gcc' },
  { program: 'the headers of C', package: 'libc6-dev', found: () => existsSync('/usr/include/stdio.h') },
]

export function installSystemPackages() {
  const missing = needed
    .filter(({ program, found }) => !(found ? found() : onPath(program)))
    .map((need) => need.package)
  if (missing.length === 0) return
  if (!mayInstall()) {
    console.error(`Some tests will be skipped. To run them too: apt-get install -y ${missing.join(' ')}`)
    return
  }
  console.error(`Installing what the tests need: ${missing.join(' ')} …`)
  withoutStartingServices(() => {
    apt(['update', '-qq'])
    apt(['install', '-y', '-qq', '--no-install-recommends', ...missing])
  })
}

function onPath(program) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin']
  return folders.some((folder) => existsSync(join(folder, program)))
}

/** Debian's own Python comes without what makes an environment. */
function hasPythonVenv() {
  return spawnSync('python3', ['-c', 'import ensurepip, venv']).status === 0
}

function hasCharonPlugin(name) {
  return existsSync(`/usr/lib/ipsec/plugins/libstrongswan-${name}.so`)
}

function hasFont(file) {
  return existsSync(join('/usr/share/fonts', file))
}

function hasPostgres() {
  const folder = '/usr/lib/postgresql'
  return (
    existsSync(folder) && readdirSync(folder).some((version) => existsSync(join(folder, version, 'bin', 'postgres')))
  )
}

function mayInstall() {
  if (process.getuid?.() !== 0 || !existsSync('/etc/os-release')) return false
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'))
}

/** Tests start what they need themselves, on ports of their own. */
function withoutStartingServices(work) {
  const policy = '/usr/sbin/policy-rc.d'
  const ours = !existsSync(policy)
  if (ours) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    work()
  } finally {
    if (ours) rmSync(policy, { force: true })
  }
}

function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  // Another program may be installing something, as on a machine that has just been started.
  const { status } = spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=120', ...args], { stdio: ['ignore', 2, 2], env })
  // The tests that miss something name it; nothing is gained by ending here.
  if (status !== 0) console.error(`apt-get ${args[0]} ended with ${status}.`)
}
