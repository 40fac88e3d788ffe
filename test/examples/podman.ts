import { existsSync, readFileSync } from 'node:fs'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { type Ended, must, shell } from '../samples/tool-chain.ts'

const programs = {
  podman: 'podman',
  runc: 'runc',
  netavark: 'netavark',
  iptables: 'iptables',
  ip: 'iproute2',
  unshare: 'util-linux',
}

/** Why Podman cannot stand in for Docker here, and how to change that; undefined when it can. */
export function whatPodmanNeeds(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs Linux and root'
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin', '/usr/lib/podman']
  const isThere = (program: string): boolean => folders.some((folder) => existsSync(join(folder, program)))
  const missing = Object.entries(programs).flatMap(([program, name]) => (isThere(program) ? [] : [name]))
  if (missing.length > 0) return `to enable: apt-get install -y ${missing.join(' ')}`
  // runc makes a group of its own for each container.
  return readFileSync('/proc/filesystems', 'utf8').includes('cgroup') ? undefined : 'needs control groups'
}

export interface DockerApi {
  /** Runs a line of a shell where the socket is that of Docker, in a network of its own: of bridges, rules and programs nothing is left. */
  run(folder: string, line: string, environment?: Readonly<Record<string, string>>): Promise<Ended>
}

/** The Docker API of Podman, with storage of its own and this image in it. */
export async function podmanWith(archive: string, folder: string): Promise<DockerApi & { readonly image: string }> {
  const place = (name: string): string => join(folder, name)
  await mkdir(folder, { recursive: true })
  await writeFile(
    place('containers.conf'),
    `[containers]
default_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
tmp_dir = "${place('tmp')}"
[network]
network_backend = "netavark"
network_config_dir = "${place('networks')}"
`,
  )
  await writeFile(
    place('storage.conf'),
    `[storage]\ndriver = "vfs"\nrunroot = "${place('run')}"\ngraphroot = "${place('graph')}"\n`,
  )
  await writeFile(place('policy.json'), '{"default": [{"type": "insecureAcceptAnything"}]}')
  // In the network of its own, from which it goes when the line has ended.
  const service = `#!/bin/bash
ip link set lo up
podman system service --time=0 "unix://${place('podman.sock')}" &
service=$!
trap 'kill $service; wait $service' EXIT
until [ -S "${place('podman.sock')}" ]; do kill -0 $service || exit 1; read -rt 0.05 <> <(:); done
bash -c "$1"
`
  await writeFile(place('with-podman'), service)
  await chmod(place('with-podman'), 0o755)
  const own = { CONTAINERS_CONF: place('containers.conf'), CONTAINERS_STORAGE_CONF: place('storage.conf') }
  const loaded = await must(folder, `podman pull --quiet --signature-policy policy.json oci-archive:${archive}`, own)
  const image = 'localhost/opensag:test'
  await must(folder, `podman tag ${loaded.trim()} ${image}`, own)
  const docker = {
    ...own,
    DOCKER_HOST: `unix://${place('podman.sock')}`,
    // The one that removes what a test left needs an image from a registry.
    TESTCONTAINERS_RYUK_DISABLED: 'true',
    // The bridge of Podman's first network, where ports are published.
    TESTCONTAINERS_HOST_OVERRIDE: '10.88.0.1',
    OPENSAG_IMAGE: image,
  }
  return {
    image,
    run: (cwd, line, environment = {}) =>
      shell(cwd, `unshare --net --pid --fork --kill-child --mount-proc ${place('with-podman')} "$LINE"`, {
        ...docker,
        ...environment,
        LINE: line,
      }),
  }
}
