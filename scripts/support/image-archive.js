// Writes images as the specification of OCI has them: layers, a configuration, a manifest, in one tar archive. Docker before 25 finds its own
// manifest.json in it.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const types = {
  index: 'application/vnd.oci.image.index.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
}

/**
 * @typedef {object} Layer
 * @property {Buffer} packed tar, compressed
 * @property {string} digest of `packed`
 * @property {string} diffId digest of the tar
 */

/**
 * A layer of a tree: the same tree gives the same bytes.
 *
 * @param {string} tree
 * @param {{ epoch: number, owned?: { path: string, user: number } }} given `owned`: a folder that belongs to a user, all others to root
 * @returns {Layer}
 */
export function layerOf(tree, { epoch, owned }) {
  const file = `${tree}.tar`
  const usual = ['--format=ustar', '--sort=name', `--mtime=@${epoch}`, '--numeric-owner', '-C', tree]
  const all = owned === undefined ? [] : [`--exclude=./${owned.path}`]
  execFileSync('tar', ['--create', '--file', file, '--owner=0', '--group=0', ...all, ...usual, '.'])
  if (owned !== undefined) {
    const { path, user } = owned
    execFileSync('tar', ['--append', '--file', file, `--owner=:${user}`, `--group=:${user}`, ...usual, `./${path}`])
  }
  const tar = readFileSync(file)
  rmSync(file)
  const packed = gzipSync(tar)
  return { packed, digest: digestOf(packed), diffId: digestOf(tar) }
}

/**
 * Writes an image into an archive.
 *
 * @param {string} file
 * @param {{ name: string, version: string, architecture: string, epoch: number, config: object, layers: readonly Layer[], work: string }} image
 *   `work`: a folder that is made, and removed
 * @returns {string} the digest of the image
 */
export function writeImage(file, { name, version, architecture, epoch, config, layers, work }) {
  const blobs = join(work, 'blobs/sha256')
  mkdirSync(blobs, { recursive: true })
  const add = (content) => {
    const digest = digestOf(content)
    writeFileSync(join(blobs, digest.slice(7)), content)
    return { digest, size: content.length }
  }
  const addJson = (mediaType, content) => ({ mediaType, ...add(Buffer.from(JSON.stringify(content))) })

  const created = new Date(epoch * 1000).toISOString()
  const configured = addJson(types.config, {
    created,
    architecture,
    os: 'linux',
    config,
    rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) },
    history: layers.map(() => ({ created, created_by: 'npm run image' })),
  })
  const manifest = addJson(types.manifest, {
    schemaVersion: 2,
    mediaType: types.manifest,
    config: configured,
    layers: layers.map(({ packed }) => ({ mediaType: types.layer, ...add(packed) })),
  })
  const annotations = {
    'io.containerd.image.name': `docker.io/library/${name}:${version}`,
    'org.opencontainers.image.ref.name': version,
  }
  const platform = { architecture, os: 'linux' }
  const index = { schemaVersion: 2, mediaType: types.index, manifests: [{ ...manifest, platform, annotations }] }
  const blob = ({ digest }) => `blobs/sha256/${digest.slice(7)}`
  const ofDocker = [{ Config: blob(configured), RepoTags: [`${name}:${version}`], Layers: layers.map(blob) }]
  writeFileSync(join(work, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}')
  writeFileSync(join(work, 'index.json'), JSON.stringify(index))
  writeFileSync(join(work, 'manifest.json'), JSON.stringify(ofDocker))
  const plain = ['--format=ustar', '--sort=name', `--mtime=@${epoch}`, '--owner=0', '--group=0', '--mode=go=rX,u+w']
  execFileSync('tar', [
    '--create',
    '--file',
    file,
    ...plain,
    '-C',
    work,
    'blobs',
    'index.json',
    'manifest.json',
    'oci-layout',
  ])
  rmSync(work, { recursive: true })
  return manifest.digest
}

function digestOf(bytes) {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}
