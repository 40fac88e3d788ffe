import { spawnSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { root } from '../support/process.ts'
import { limit } from '../support/time.ts'

const program = join(root, 'packages/cli/bin/opensag.js')
const mayMount = spawnSync('unshare', ['--mount', 'true']).status === 0
const needs = mayMount ? '' : ' (needs root, to mount a small disk)'

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'opensag-trouble-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  // Another user has to reach what is in it.
  await chmod(folder, 0o755)
  return folder
}

/** Runs a command where a small disk, with these options, is mounted on a folder; gone when it ends. */
function onSmallDisk(
  folder: string,
  options: string,
  script: string,
): { readonly code: number | null; readonly errors: string } {
  const mount = `mount -t tmpfs -o ${options} small ${folder}`
  const { status, stderr } = spawnSync('unshare', ['--mount', 'sh', '-c', `${mount} && ${script}`], {
    encoding: 'utf8',
    cwd: root,
  })
  return { code: status, errors: stderr }
}

const opensag = `${process.execPath} ${program}`

test.skipIf(!mayMount)(
  `a server that starts on a full disk says so, and how much it needs${needs}`,
  async () => {
    const folder = await newFolder()
    const { code, errors } = onSmallDisk(folder, 'size=64k', `${opensag} server --port 0 --data ${folder}/data`)
    expect({ code, errors }).toEqual({
      code: 1,
      errors: expect.stringMatching(/The disk of .* is full\. Free some space/),
    })
  },
  limit(60_000),
)

test.skipIf(!mayMount)(
  `a backup to a disk that becomes full says so, and leaves nothing${needs}`,
  async () => {
    const folder = await newFolder()
    const data = join(folder, 'data')
    const [small, kept] = [join(folder, 'small'), join(folder, 'kept')]
    await mkdir(small)
    await mkdir(kept)
    // A first start that ends at once leaves a whole data folder.
    const started = spawnSync('sh', ['-c', `timeout -s TERM 20 ${opensag} server --port 0 --data ${data} | head -1`], {
      encoding: 'utf8',
      cwd: root,
    })
    expect(started.stdout).toContain('First start')
    const backup = `${opensag} backup --data ${data} --to ${small}/backup; code=$?; ls -A ${small} >&2; exit $code`
    const { code, errors } = onSmallDisk(small, 'size=128k', backup)
    expect({ code, errors }).toEqual({
      code: 1,
      errors: expect.stringMatching(/^The disk of .* is full\. Free some space.*\n$/),
    })
  },
  limit(120_000),
)

test.skipIf(!mayMount)(
  `a data folder on a read-only disk is named as such, by a start and by config check${needs}`,
  async () => {
    const folder = await newFolder()
    for (const command of ['server --port 0', 'config check']) {
      const { code, errors } = onSmallDisk(folder, 'ro', `${opensag} ${command} --data ${folder}/data`)
      expect({ code, errors }).toEqual({
        code: 2,
        errors: expect.stringMatching(/--data: .* is mounted read-only\. Remount it/),
      })
    }
  },
  limit(60_000),
)

test.skipIf(process.getuid?.() !== 0)(
  'a data folder of another user is named as such (needs root, to become another user)',
  async () => {
    const folder = await newFolder()
    const data = join(folder, 'data')
    await mkdir(data, { mode: 0o700 })
    const { status, stderr } = spawnSync(process.execPath, [program, 'server', '--port', '0', '--data', data], {
      encoding: 'utf8',
      uid: 65_534,
      gid: 65_534,
      env: {},
      cwd: '/',
    })
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringMatching(/No permission for .*data\. Run this as the user it belongs to/),
    })
  },
  limit(60_000),
)
