// `npm run release` in a repository of its own, of the files of this checkout.
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, delimiter, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { artefacts } from '../support/artefacts.ts'
import { root, runToEnd } from '../support/process.ts'
import { limit } from '../support/time.ts'
import { type Copy, copyCheckout } from './copy.ts'

const version = '99.1.0-rc.1'
const released = 'packages/server/src/store/migrations/released.json'
const folder = mkdtempSync(join(tmpdir(), 'opensag-release-test-'))
/** What other machines have made of the commit. */
const elsewhere = join(folder, 'elsewhere')
let copy: Copy

beforeAll(() => {
  mkdirSync(elsewhere)
  copy = copyCheckout(join(folder, 'repository'))
}, limit(120_000))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What the release says against itself. */
async function refused(...options: readonly string[]): Promise<string> {
  const { code, errors } = await copy.release(options)
  expect(errors).toContain('No release was made.')
  expect(code).toBe(1)
  expect(existsSync(join(copy.folder, 'dist', `release-${version}`))).toBe(false)
  return errors
}

test(
  'npm archives that are built from the commit in a folder of its own are those that the checkout packs, byte by byte',
  async () => {
    const made = join(folder, 'made')
    // The version that the checkout has, so that the bytes can be the same.
    const current = (JSON.parse(copy.read('package.json')) as { version: string }).version
    copy.commit(asReleased(current))
    const { code, errors, output } = await copy.release(['--only', 'npm', '--installed', '--to', made])
    expect({ code, errors }, errors).toMatchObject({ code: 0, errors: expect.stringMatching(/npm packages …/) })
    expect(output).toContain('Not in it: Debian packages')
    const files = await artefacts('npm')
    expect(files.length).toBe(3)
    for (const file of files) {
      expect(sumOf(join(made, `release-${current}`, basename(file))), basename(file)).toBe(sumOf(file))
    }
  },
  limit(300_000),
)

test(
  'the programs of a gateway are the same bytes, whichever folder they are built in and from',
  async () => {
    const [here, there] = [join(folder, 'agent'), join(folder, 'a deeper/folder/agent')]
    for (const [cwd, to] of [
      [root, here],
      [copy.folder, there],
    ] as const) {
      mkdirSync(dirname(to), { recursive: true })
      const made = await runToEnd(process.execPath, ['scripts/bundle.js', '--agent', to], { cwd })
      expect(made.code, made.errors).toBe(0)
    }
    const sums = (of: string): readonly string[] => readdirSync(of).map((name) => `${name} ${sumOf(join(of, name))}`)
    expect(sums(here).length).toBeGreaterThan(10)
    expect(sums(there)).toEqual(sums(here))
  },
  limit(120_000),
)

describe('--set', () => {
  test('writes the version into every package, the lock file, the changelog and commands of documents, and npm agrees', async () => {
    const changed = copy.read('CHANGELOG.md').replace('## Unreleased\n', '## Unreleased\n\n- A thing.\n')
    copy.commit({ 'CHANGELOG.md': changed })
    expect(await copy.release(['--set', version])).toMatchObject({ code: 0, errors: '' })
    const manifests = readdirSync(join(copy.folder, 'packages')).map((name) =>
      copy.read(`packages/${name}/package.json`),
    )
    for (const text of [...manifests, copy.read('package.json')]) {
      const { version: own, dependencies = {}, devDependencies = {} } = JSON.parse(text)
      const needed = Object.entries({ ...dependencies, ...devDependencies }).filter(([name]) =>
        /^(@opensag\/|opensag$)/.test(name),
      )
      expect([own, ...needed.map(([, range]) => range)]).toEqual([version, ...needed.map(() => version)])
    }
    expect(copy.read('CHANGELOG.md')).toMatch(
      /^## Unreleased\n\n## 99\.1\.0-rc\.1 \(\d{4}-\d\d-\d\d\)\n\n- A thing\.\n/m,
    )
    for (const page of ['docs/install.md', 'docs/install.zh-CN.md']) {
      const named = copy.read(page).matchAll(/(opensag|opensag-agent|OPENSAG_VERSION)[:=](\d\S+)/g)
      expect([...named].map(([, what, of]) => `${what} ${of}`)).toEqual([
        ...[`opensag ${version}`, `OPENSAG_VERSION ${version}`, `opensag-agent ${version}`],
      ])
    }
    const agreed = await runToEnd('npm', ['ci', '--dry-run', '--offline', '--ignore-scripts'], { cwd: copy.folder })
    expect(agreed.errors).not.toContain('in sync')
    expect(agreed.code).toBe(0)
  })

  test('refuses what is no version, and changes nothing', async () => {
    const before = copy.git('status', '--porcelain')
    for (const wrong of ['1.2', 'v1.2.3', '1.02.3', '1.2.3+build']) {
      expect(await copy.release(['--set', wrong])).toMatchObject({
        code: 2,
        errors: expect.stringContaining('no version'),
      })
    }
    expect(copy.git('status', '--porcelain')).toBe(before)
  })
})

describe('no release is made', () => {
  test('of what is not committed, which is named', async () => {
    expect(await refused()).toMatch(/Not everything is committed:[\s\S]* M CHANGELOG\.md/)
    copy.commit()
    copy.write('new-file', '')
    expect(await refused()).toContain('?? new-file')
    rmSync(join(copy.folder, 'new-file'))
  })

  test('of a version that is not frozen', async () => {
    expect(await refused()).toContain(`${version} is not frozen`)
    copy.commit({ [released]: asReleased(version)[released] ?? '' })
  })

  test('of a package that has another version than the others', async () => {
    const manifest = copy.read('packages/agent/package.json')
    copy.commit({ 'packages/agent/package.json': manifest.replace(`"version": "${version}"`, '"version": "99.0.0"') })
    expect(await refused()).toContain(`packages/agent/package.json has 99.0.0, not ${version}`)
    copy.commit({ 'packages/agent/package.json': manifest })
    const lock = copy.read('package-lock.json')
    copy.commit({ 'package-lock.json': lock.replace(`"version": "${version}"`, '"version": "99.0.0"') })
    expect(await refused()).toContain(`package-lock.json has 99.0.0, not ${version}`)
    copy.commit({ 'package-lock.json': lock })
  })

  test('of a document that names an image of another version', async () => {
    const page = copy.read('docs/install.md')
    copy.commit({ 'docs/install.md': page.replace(`opensag-agent:${version}`, 'opensag-agent:99.0.0') })
    expect(await refused()).toContain(`docs/install.md names an image of 99.0.0, not ${version}`)
    copy.commit({ 'docs/install.md': page })
  })

  test('of a version whose notes are missing, empty, or not the newest', async () => {
    const good = copy.read('CHANGELOG.md')
    const heading = /^## 99\.1\.0-rc\.1 .*$/m
    for (const [changelog, reason] of [
      [good.replace(heading, '## 99.2.0 (2099-01-01)'), 'has no section "## 99.1.0-rc.1 (date)"'],
      [good.replace(/^- A thing\.\n/m, ''), 'The section of 99.1.0-rc.1 in CHANGELOG.md is empty'],
      [good.replace('## Unreleased\n', '## Unreleased\n\n- Another.\n'), 'changes that are not released'],
      [
        good.replace(heading, '## 99.2.0 (2099-01-01)\n\n- New.\n\n$&'),
        'The newest section of CHANGELOG.md is of 99.2.0',
      ],
    ] as const) {
      copy.commit({ 'CHANGELOG.md': changelog })
      expect(await refused()).toContain(reason)
    }
    copy.commit({ 'CHANGELOG.md': good })
  })

  test('of a version that is tagged at another commit, here or at a remote', async () => {
    copy.git('tag', `v${version}`, 'HEAD^')
    expect(await refused()).toContain(`The tag v${version} is at another commit`)
    copy.git('clone', '--quiet', '--bare', '.', join(folder, 'remote'))
    copy.git('tag', '--delete', `v${version}`)
    copy.git('remote', 'add', 'origin', join(folder, 'remote'))
    expect(await refused()).toContain(`origin has the tag v${version} at another commit`)
    copy.git('remote', 'set-url', 'origin', join(folder, 'nothing'))
    expect(await refused()).toContain('The tags of the remote origin could not be read')
    copy.git('remote', 'remove', 'origin')
  })

  test('of what was made elsewhere when a part of it is missing', async () => {
    expect(await refused('--only', 'npm', '--from', elsewhere)).toContain(`there is no opensag-${version}.tgz`)
  })
})

const isThere = (process.env['PATH'] ?? '').split(delimiter).some((one) => existsSync(join(one, 'minisign')))

describe.skipIf(!isThere)(`a signed release${isThere ? '' : ' (to enable: apt-get install -y minisign)'}`, () => {
  const key = join(folder, 'release.key')
  const publicKey = join(folder, 'release.pub')
  const target = (): string => join(copy.folder, 'dist', `release-${version}`)
  const options = ['--only', 'npm,sbom', '--from', elsewhere]
  const run = (command: string, ...args: readonly string[]): ReturnType<typeof runToEnd> =>
    runToEnd(command, args, { cwd: target() })
  const verify = (): ReturnType<typeof runToEnd> => run('minisign', '-V', '-p', publicKey, '-m', 'SHA256SUMS')

  beforeAll(async () => {
    const made = await runToEnd('minisign', ['-G', '-s', key, '-p', publicKey], { input: 'the password\n'.repeat(2) })
    expect(made.code).toBe(0)
    for (const name of ['opensag', 'opensag-smartag-client', 'opensag-testing']) {
      writeFileSync(join(elsewhere, `${name}-${version}.tgz`), name)
    }
    writeFileSync(join(elsewhere, `opensag-${version}.cdx.json`), '{}')
    writeFileSync(join(elsewhere, 'opensag-99.0.0.tgz'), 'of another version')
  }, limit(60_000))

  test('is not made with a wrong password, without the key, with a key in the repository or one that others can read', async () => {
    const { code, errors } = await copy.release([...options, '--key', key], 'another password\n')
    expect({ code, errors }).toMatchObject({ code: 1, errors: expect.stringContaining('Wrong password') })
    expect(await refused('--key', join(folder, 'none'))).toContain('There is no key at')
    mkdirSync(join(copy.folder, 'dist'), { recursive: true })
    cpSync(key, join(copy.folder, 'dist/release.key'))
    expect(await refused('--key', 'dist/release.key')).toContain('is in the repository')
    writeFileSync(join(folder, 'open.key'), readFileSync(key), { mode: 0o644 })
    expect(await refused('--key', join(folder, 'open.key'))).toContain('is open to others')
  })

  test('has what was asked for and nothing else, checksums that hold, and notes cut from the changelog', async () => {
    const { code, errors, output } = await copy.release([...options, '--key', key], 'the password\n')
    expect({ code, errors }, errors).toMatchObject({ code: 0 })
    expect(readdirSync(target()).sort()).toEqual([
      'RELEASE-NOTES.md',
      'SHA256SUMS',
      'SHA256SUMS.minisig',
      `opensag-${version}.cdx.json`,
      `opensag-${version}.tgz`,
      `opensag-smartag-client-${version}.tgz`,
      `opensag-testing-${version}.tgz`,
    ])
    expect(readFileSync(join(target(), 'RELEASE-NOTES.md'), 'utf8')).toMatch(
      /^# OpenSAG 99\.1\.0-rc\.1 \([-\d]+\)\n\n- A thing\.\n$/,
    )
    expect(await run('sha256sum', '--check', '--strict', 'SHA256SUMS')).toMatchObject({ code: 0 })
    expect(`${output}${errors}`).not.toContain('the password')
    // A package is published after those that it needs, and what is no release yet does not become what people get.
    const publish = [...output.matchAll(/npm publish \.\/(\S+)-99\.1\.0-rc\.1\.tgz --tag next$/gm)].map(
      ([, name]) => name,
    )
    expect(publish).toEqual(['opensag-smartag-client', 'opensag', 'opensag-testing'])
    expect(output).toContain(`git tag -s v${version} ${copy.git('rev-parse', 'HEAD')}`)
  })

  test('is verified by minisign, with the version and the commit in what is signed', async () => {
    const { code, output } = await verify()
    expect({ code, output }).toMatchObject({
      code: 0,
      output: expect.stringContaining(`Trusted comment: opensag ${version} ${copy.git('rev-parse', 'HEAD')}`),
    })
  })

  test('is refused when a byte is changed: of a file, of the checksums, of the signature', async () => {
    const change = (name: string): (() => void) => {
      const file = join(target(), name)
      const before = readFileSync(file)
      const changed = Buffer.from(before)
      changed[before.length - 3] = (changed[before.length - 3] ?? 0) ^ 1
      writeFileSync(file, changed)
      return () => writeFileSync(file, before)
    }
    const back = change(`opensag-${version}.tgz`)
    expect((await run('sha256sum', '--check', '--strict', 'SHA256SUMS')).code).not.toBe(0)
    back()
    for (const name of ['SHA256SUMS', 'SHA256SUMS.minisig']) {
      const undo = change(name)
      expect((await verify()).code, name).not.toBe(0)
      undo()
    }
    expect((await verify()).code).toBe(0)
  })
})

/** The files of a checkout whose version is frozen and has notes. */
function asReleased(wanted: string): Readonly<Record<string, string>> {
  const others = (JSON.parse(copy.read(released)) as { version: string }[]).filter((one) => one.version !== wanted)
  // The manual has the day of the newest release.
  const [, day] = /^## \S+ \((\S+)\)$/m.exec(copy.read('CHANGELOG.md')) ?? []
  return {
    'CHANGELOG.md': `# Changelog\n\n## Unreleased\n\n## ${wanted} (${day})\n\n- Something.\n`,
    [released]: `${JSON.stringify([...others, { version: wanted, steps: {} }], null, 2)}\n`,
  }
}

function sumOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}
