import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { runToEnd } from '../../support/process.ts'

/** A kernel that is not the host's. */
export interface Kernel {
  readonly image: string
  /** An archive it unpacks into memory and begins with, compressed. */
  readonly initramfs: string
}

/** Debian's for virtual machines: small, and whole where the network is concerned. */
const metapackage = 'linux-image-cloud-amd64'

/** What reaches the root on the host, and what networks are made of. It loads no other: the root has no modules of this kernel. */
const modules = [
  ...['virtio_pci', 'virtiofs', 'overlay'],
  // What initialization vectors are drawn from is no dependency of its own.
  ...['sha512_generic', 'drbg', 'ghash_generic', 'gcm', 'ctr', 'seqiv', 'aesni_intel'],
  ...['esp4', 'xfrm_user'],
  ...['vxlan', 'veth', 'bridge', 'tun', 'ifb', 'sch_htb', 'sch_ingress', 'cls_u32', 'act_mirred'],
  ...[
    'nf_tables',
    'nft_ct',
    'nft_chain_nat',
    'nft_nat',
    'nft_masq',
    'nft_limit',
    'nft_fib_inet',
    'nft_xfrm',
    'nft_reject_inet',
  ],
  ...['nf_conntrack_netlink'],
]

/** Fetches it from the package archive: about 27 MB. Nothing is installed. */
export async function fetchKernel(folder: string): Promise<{ readonly folder: string; readonly release: string }> {
  const [, name = metapackage] =
    /Depends: (linux-image-\S+)/.exec(await must(['apt-cache', 'depends', metapackage])) ?? []
  await must(['apt-get', 'download', '-qq', name], folder)
  const archive = readdirSync(folder).find((file) => file.startsWith(name) && file.endsWith('.deb'))
  if (archive === undefined) throw new Error(`apt-get download ${name} brought nothing.`)
  await must(['dpkg-deb', '-x', archive, 'kernel'], folder)
  const release = name.slice('linux-image-'.length)
  await must(['depmod', '-b', join(folder, 'kernel'), release])
  return { folder: join(folder, 'kernel'), release }
}

/**
 * Makes what boots.
 *
 * @param script What the new root runs, as process 1, with `/bin/sh`. The root is the host's, as it is, below a layer in memory.
 * @param files What is laid into the new root, by its place there.
 */
export async function makeKernel(
  folder: string,
  fetched: { readonly folder: string; readonly release: string },
  script: string,
  files: Readonly<Record<string, Buffer>>,
): Promise<Kernel> {
  const { release } = fetched
  const tree = join(folder, 'initramfs')
  const put = (file: string, content: Buffer | string, mode = 0o644): void => {
    mkdirSync(dirname(join(tree, file)), { recursive: true })
    writeFileSync(join(tree, file), content, { mode })
  }
  for (const mountPoint of ['proc', 'sys', 'dev', 'lower', 'upper', 'root']) {
    mkdirSync(join(tree, mountPoint), { recursive: true })
  }
  put('bin/busybox', readFileSync((await must(['sh', '-c', 'command -v busybox'])).trim()), 0o755)
  for (const line of (await Promise.all(modules.map((name) => dependenciesOf(name, fetched)))).flat()) {
    const file = join(tree, relative(fetched.folder, line))
    mkdirSync(dirname(file), { recursive: true })
    copyFileSync(line, file)
  }
  for (const list of ['modules.dep', 'modules.builtin']) {
    copyFileSync(join(fetched.folder, 'lib/modules', release, list), join(tree, 'lib/modules', release, list))
  }
  for (const [file, content] of Object.entries(files)) put(join('files', file), content)
  put('files/run/start', script)
  put('init', begin, 0o755)
  await must(
    ['sh', '-ec', 'cd initramfs; find . | busybox cpio -o -H newc 2>/dev/null | gzip > ../initramfs.gz'],
    folder,
  )
  return { image: join(fetched.folder, 'boot', `vmlinuz-${release}`), initramfs: join(folder, 'initramfs.gz') }
}

/** The host's root is mounted to be read only: whatever happens in there, nothing of the host is changed. */
const begin = `#!/bin/busybox sh
set -e
b=/bin/busybox
$b mount -t proc proc /proc
$b mount -t sysfs sys /sys
$b mount -t devtmpfs dev /dev
for module in ${modules.join(' ')}; do $b modprobe $module; done
$b mount -t virtiofs -o ro host /lower
$b mount -t tmpfs tmpfs /upper
$b mkdir /upper/new /upper/work
$b mount -t overlay -o lowerdir=/lower,upperdir=/upper/new,workdir=/upper/work root /root
for mounted in proc sys dev; do $b mount --move /$mounted /root/$mounted; done
for memory in run tmp; do $b mount -t tmpfs tmpfs /root/$memory; done
$b mkdir -p /root/dev/pts /root/dev/shm
$b mount -t devpts devpts /root/dev/pts
$b mount -t tmpfs tmpfs /root/dev/shm
$b cp -r /files/. /root/
exec $b switch_root /root /bin/sh /run/start
`

/** The files of a module and of what it needs, in no order. A module that is built in has none. */
async function dependenciesOf(
  name: string,
  fetched: { readonly folder: string; readonly release: string },
): Promise<readonly string[]> {
  const said = await must(['modprobe', '-d', fetched.folder, '-S', fetched.release, '--show-depends', name])
  return said.split('\n').flatMap((line) => (line.startsWith('insmod ') ? [line.split(' ')[1] as string] : []))
}

async function must([program, ...args]: readonly [string, ...string[]], cwd?: string): Promise<string> {
  const { code, output, errors } = await runToEnd(program, args, cwd === undefined ? {} : { cwd })
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}: ${errors}`)
  return output
}
