// Runs an image as Docker does with --read-only, --cap-drop ALL and --security-opt no-new-privileges, by the program that Docker uses.
import { spawn } from 'node:child_process'
import { chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Running, running, runToEnd } from '../support/process.ts'

/** What an image says of how it is run. */
export interface ImageConfig {
  readonly User: string
  readonly Env: readonly string[]
  readonly WorkingDir: string
  readonly Entrypoint: readonly string[]
  readonly Cmd: readonly string[]
  readonly Volumes: Readonly<Record<string, object>>
  readonly ExposedPorts: Readonly<Record<string, object>>
  readonly Labels: Readonly<Record<string, string>>
  readonly Healthcheck: { readonly Test: readonly string[] }
}

export interface Image {
  readonly config: ImageConfig
  /** Its whole configuration as it is in the archive. */
  readonly configuration: string
  /** Digests of its layers. */
  readonly layers: readonly string[]
  readonly files: string
}

/** Unpacks an archive of `npm run image` into a folder. */
export async function unpackImage(archive: string, folder: string): Promise<Image> {
  const [layout, files] = [join(folder, 'layout'), join(folder, 'rootfs')]
  for (const path of [layout, files]) mkdirSync(path, { recursive: true })
  await must('tar', '-xf', archive, '-C', layout)
  const blob = (digest: string): string => join(layout, 'blobs', digest.replace(':', '/'))
  const json = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))
  const index = json(join(layout, 'index.json')) as { manifests: readonly [{ digest: string }] }
  const manifest = json(blob(index.manifests[0].digest)) as {
    config: { digest: string }
    layers: readonly { digest: string }[]
  }
  const layers = manifest.layers.map(({ digest }) => digest)
  for (const layer of layers) await must('tar', '-xzpf', blob(layer), '-C', files)
  const configuration = readFileSync(blob(manifest.config.digest), 'utf8')
  const { config } = JSON.parse(configuration) as { config: ImageConfig }
  return { config, configuration, layers, files }
}

/** A running container. Everything in it is read-only but its volume. */
export interface Container extends Running {
  /** Runs another program in it, as `docker exec` does. */
  exec(args: readonly string[], input?: string): ReturnType<typeof runToEnd>
  /** What the kernel says of its first process. */
  status(): Promise<string>
}

interface Given {
  readonly folder: string
  /** The folder that is mounted at the volume of the image; made, as Docker makes it, when it is not there. */
  readonly volume: string
  readonly args?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  /** Files of the machine, by where they are in the container. */
  readonly files?: Readonly<Record<string, string>>
}

let count = 0

/** In the network of the machine, so that no address has to be made for it. */
export function startContainer({ config, files: root }: Image, given: Given): Container {
  const { folder, volume, args = config.Cmd, environment = {}, files = {} } = given
  count += 1
  const id = `opensag-test-${process.pid}-${count}`
  const bundle = join(folder, id)
  mkdirSync(bundle, { recursive: true })
  const [uid = 0, gid = 0] = config.User.split(':').map(Number)
  // A new volume gets owner and mode of the folder in the image.
  if (mkdirSync(volume, { recursive: true, mode: 0o700 }) !== undefined) chownSync(volume, uid, gid)
  const [place = ''] = Object.keys(config.Volumes)
  const bind = (source: string, destination: string, ...options: string[]): object => ({
    type: 'bind',
    source,
    destination,
    options: ['bind', ...options],
  })
  const spec = {
    ociVersion: '1.0.2',
    process: {
      user: { uid, gid },
      args: [...config.Entrypoint, ...args],
      env: [...config.Env, ...Object.entries(environment).map(([name, value]) => `${name}=${value}`)],
      cwd: config.WorkingDir,
      noNewPrivileges: true,
      capabilities: { bounding: [], effective: [], permitted: [], inheritable: [], ambient: [] },
    },
    root: { path: root, readonly: true },
    mounts: [
      { destination: '/proc', type: 'proc', source: 'proc' },
      { destination: '/dev', type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'mode=755'] },
      bind('/etc/hosts', '/etc/hosts', 'ro'),
      bind('/etc/resolv.conf', '/etc/resolv.conf', 'ro'),
      bind(volume, place, 'rw'),
      ...Object.entries(files).map(([destination, source]) => bind(source, destination, 'ro')),
    ],
    linux: { namespaces: ['pid', 'ipc', 'uts', 'mount'].map((type) => ({ type })) },
  }
  writeFileSync(join(bundle, 'config.json'), JSON.stringify(spec))
  const state = ['--root', join(folder, 'runc')]
  const child = spawn('runc', [...state, 'run', '--bundle', bundle, id], { stdio: ['pipe', 'pipe', 'pipe'] })
  return {
    ...running(child, id),
    exec: (command, input) => runToEnd('runc', [...state, 'exec', id, ...command], { input: input ?? '' }),
    async status() {
      const { output } = await runToEnd('runc', [...state, 'state', id])
      const { pid } = JSON.parse(output) as { readonly pid: number }
      return readFileSync(`/proc/${pid}/status`, 'utf8')
    },
  }
}

async function must(command: string, ...args: readonly string[]): Promise<void> {
  const { code, errors } = await runToEnd(command, args)
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}: ${errors}`)
}
