// The container images as somebody gets and runs them, without Docker.
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import manifest from '../../packages/cli/package.json' with { type: 'json' }
import { settings } from '../../packages/cli/src/settings/schema.ts'
import { nodeOf } from '../../scripts/support/nodes.js'
import { root, runToEnd } from '../support/process.ts'
import { type Credentials, readCredentials } from '../support/sandbox.ts'
import { limit, until } from '../support/time.ts'
import { type Container, type Image, type ImageConfig, startContainer, unpackImage } from './container.ts'
import { curlArgs, matrixOf, type Way, waySerial } from './matrix.ts'

const programs = { runc: 'runc', buildah: 'buildah', strip: 'binutils' }
const nextVersion = '9.9.9'

/** What keeps the images from being built and run here; undefined when nothing does. */
function lacking(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs Linux and root'
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin']
  const isThere = (program: string): boolean => folders.some((folder) => existsSync(join(folder, program)))
  const missing = Object.entries(programs).flatMap(([program, name]) => (isThere(program) ? [] : [name]))
  if (missing.length > 0) return `to enable: apt-get install -y ${missing.join(' ')}`
  const { isThere: hasNode, installCommand } = nodeOf('24')
  return hasNode ? undefined : `to enable: ${installCommand}`
}

const lack = lacking()

describe.skipIf(lack !== undefined)(`the container images${lack ? ` (${lack})` : ''}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'opensag-image-test-'))
  const inFolder = (...names: readonly string[]): string => join(folder, ...names)
  const volume = inFolder('volume')
  let archives: readonly string[] = []
  let image: Image
  let agentImage: Image
  let next: Image
  const containers: Container[] = []

  beforeAll(async () => {
    archives = await build('--contexts', inFolder('contexts'))
    const [server = '', agent = ''] = archives
    image = await unpackImage(server, inFolder('server'))
    agentImage = await unpackImage(agent, inFolder('agent'))
    const [later = ''] = await build('--only', 'opensag', '--tag', nextVersion)
    next = await unpackImage(later, inFolder('next'))
  }, limit(120_000))
  afterAll(async () => {
    for (const container of containers) await container.stop()
    rmSync(folder, { recursive: true, force: true })
  }, limit(60_000))

  /** @returns the files that `npm run image` made */
  async function build(...options: readonly string[]): Promise<readonly string[]> {
    const args = [join(root, 'scripts/image.js'), '--to', folder, ...options]
    const { code, output, errors } = await runToEnd(process.execPath, args)
    if (code !== 0) throw new Error(`The images could not be built: ${errors}`)
    return output
      .trim()
      .split('\n')
      .map((line) => line.split(' ')[0] ?? '')
  }

  function start(from: Image, given: Omit<Parameters<typeof startContainer>[1], 'folder'>): Container {
    const container = startContainer(from, { folder, ...given })
    containers.push(container)
    return container
  }

  test('each is one file of at most 50 MB, and most of it is a layer that they share', () => {
    expect(archives.map((file) => basename(file).replace(/_.*_/, '_'))).toEqual([
      expect.stringMatching(/^opensag_(amd64|arm64)\.oci\.tar$/),
      expect.stringMatching(/^opensag-agent_(amd64|arm64)\.oci\.tar$/),
    ])
    for (const file of archives) expect(statSync(file).size).toBeLessThan(50e6)
    expect(image.layers[0]).toBe(agentImage.layers[0])
    expect(image.layers[1]).not.toBe(agentImage.layers[1])
    expect(statSync(inFolder('contexts/opensag/program.tar.gz')).size).toBeLessThan(5e6)
  })

  test('in them is Node, the libraries it needs and the program: no shell, nothing with rights of its own', async () => {
    for (const [name, { files }] of Object.entries({ opensag: image, 'opensag-agent': agentImage })) {
      const find = async (...what: readonly string[]): Promise<readonly string[]> =>
        (await runToEnd('find', ['.', ...what, '-printf', '%P\\n'], { cwd: files })).output.trim().split('\n').sort()
      const executable = await find('-type', 'f', '-perm', '/111', '-not', '-name', '*.so.*')
      expect(executable).toEqual(['usr/bin/node', `usr/lib/${name}/opensag`])
      expect(await find('(', '-perm', '/6000', '-o', '-perm', '/022', ')', '-not', '-type', 'l')).toEqual(['tmp'])
      expect(await find('-not', '-user', '0')).toEqual([`var/lib/${name}`])
      expect(await find('-maxdepth', '2', '-mindepth', '2', '-not', '-path', './usr/*')).toEqual([
        ...['etc/group', 'etc/nsswitch.conf', 'etc/os-release', 'etc/passwd'],
        expect.stringMatching(/^lib\/\w+-linux-gnu$/),
        expect.stringMatching(/^lib(64)?\/ld-linux-/),
        'var/lib',
      ])
      // Programs that look for known holes find the libraries there.
      expect(await find('-path', '*status.d/*')).toEqual(
        ['libc6', 'libgcc-s1', 'libstdc++6'].map((library) => `var/lib/dpkg/status.d/${library}`),
      )
      expect(await find('-name', '*.map', '-size', '+4M')).toEqual([''])
    }
  })

  test('the same sources give the same image: built once more as another version, it differs in that alone', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'packages/cli/package.json'), 'utf8'))
    expect(next.layers).toEqual(image.layers)
    expect(next.configuration).toContain(nextVersion)
    expect(next.configuration.replaceAll(nextVersion, version)).toBe(image.configuration)
  })

  test(
    'buildah reads the archive, and makes the same image of the Dockerfile',
    async () => {
      const policy = inFolder('policy.json')
      writeFileSync(policy, '{"default": [{"type": "insecureAcceptAnything"}]}')
      const storage = ['--root', inFolder('storage'), '--runroot', inFolder('run'), '--storage-driver', 'vfs']
      const buildah = async (...args: readonly string[]): Promise<string> => {
        const { code, output, errors } = await runToEnd('buildah', [...storage, ...args])
        if (code !== 0) throw new Error(`buildah ${args.join(' ')}: ${errors}`)
        return output.trim()
      }
      const inspect = async (id: string): Promise<{ OCIv1: { config: object }; Docker: { config: object } }> =>
        JSON.parse(await buildah('inspect', '--type', 'image', id))
      const read = await buildah('pull', '-q', '--signature-policy', policy, `oci-archive:${archives[0]}`)
      const context = inFolder('contexts/opensag')
      const made = await buildah('bud', '-q', '--format', 'docker', '--signature-policy', policy, context)
      const { Healthcheck, ...said } = image.config
      expect((await inspect(read)).OCIv1.config).toEqual(said)
      // Its own label is in it too.
      expect((await inspect(made)).Docker.config).toMatchObject(image.config)
      expect(Healthcheck.Test).toEqual(['CMD', 'opensag', 'health'])
    },
    limit(120_000),
  )

  describe('with a read-only root, no capability and no way to more rights', () => {
    let server: Container
    let agent: Container
    let port = '0'
    let first: Credentials

    async function startServer(from: Image): Promise<void> {
      server = start(from, { volume, environment: { OPENSAG_PORT: port } })
      port = (await server.printed(/listens on https:\/\/0\.0\.0\.0:(\d+)/))[1] ?? ''
      await becomesHealthy(server, from.config)
    }

    /** As Docker asks. */
    async function becomesHealthy(container: Container, { Healthcheck }: ImageConfig): Promise<void> {
      const [, ...command] = Healthcheck.Test
      await until('it is healthy', async () => (await container.exec(command)).code === 0, limit(60_000))
    }

    async function must(container: Container, args: readonly string[], input?: string): Promise<string> {
      const { code, output, errors } = await container.exec(['opensag', ...args], input)
      if (code !== 0) throw new Error(`opensag ${args.join(' ')} ended with ${code}: ${errors}`)
      return output
    }

    function startAgent(from: Image, key: string | undefined): void {
      const enrols = key === undefined ? [] : ['--enrolment-key-file', '-']
      agent = start(from, {
        volume: inFolder('agent-volume'),
        args: ['agent', '--ca', '/etc/opensag/ca.pem', '--console', '127.0.0.1:0', ...enrols],
        environment: { OPENSAG_AGENT_SERVER: `wss://localhost:${port}`, OPENSAG_AGENT_SERIAL: waySerial },
        files: { '/etc/opensag/ca.pem': join(volume, 'ca.pem') },
      })
      agent.child.stdin?.end(key)
    }

    const consoleOf = async (): Promise<string> => (await agent.printed(/Local console: (\S+)/))[1] ?? ''
    let key: string | undefined
    let running: Image | undefined

    const way: Way = {
      async install(which) {
        running = which === 'earlier' ? image : next
      },
      async startServer() {
        if (running !== undefined) await startServer(running)
      },
      async startAgent() {
        startAgent(agentImage, key)
        key = undefined
        await becomesHealthy(agent, agentImage.config)
      },
      stopServer: async () => expect(await server.stop()).toBe(0),
      stopAgent: async () => expect(await agent.stop()).toBe(0),
      async configureAgent(_, enrolmentKey) {
        key = enrolmentKey
      },
      async opensag(args, input) {
        // What is installed has not been started yet, where it says which version it is.
        const asked = args[0] === '--version' ? start(running ?? image, { volume: inFolder('asked'), args }) : undefined
        if (asked !== undefined) return (await asked.printed(/^\S+\n/))[0]
        // It listens on every address, so it has to be told which one gateways reach.
        const reached = args[1] === 'gateway' ? ['--server', `wss://localhost:${port}`] : []
        return must(server, [...args, ...reached], input)
      },
      async remove() {
        running = undefined
      },
      isInstalled: async () => running !== undefined,
      hasData: async () =>
        ['volume/master.key', 'agent-volume/identity.json'].every((name) => existsSync(inFolder(name))),
      async post(to, path, body) {
        const origin = to === 'server' ? `https://localhost:${port}` : await consoleOf()
        const args = ['--cacert', join(volume, 'ca.pem'), ...curlArgs(origin, path, body)]
        return Number((await runToEnd('curl', args)).output)
      },
    }
    const { firstStart, mainJobs, upgrade, removal } = matrixOf(way, {
      from: { title: 'an image', version: manifest.version },
      to: { title: 'one of another version on the same volumes', version: manifest.version },
    })
    firstStart()

    test(
      'the first start listens under TLS, is healthy, and tells no secret',
      async () => {
        expect(Object.keys(image.config.ExposedPorts)).toEqual([`${settings.port.schema.parse(undefined)}/tcp`])
        first = await readCredentials(volume)
        expect(server.output()).toContain('/var/lib/opensag/ca.pem')
        expect(server.output()).not.toContain(first.accessKeySecret)
        const status = await server.status()
        expect(status).toMatch(/^Uid:\s+10001\s+10001\s+10001\s+10001$/m)
        expect(status).toMatch(/^CapBnd:\s+0+$/m)
        expect(status).toMatch(/^NoNewPrivs:\s+1$/m)
        const page = await runToEnd('curl', ['-sS', '--cacert', join(volume, 'ca.pem'), `${first.endpoint}/healthz`])
        expect(page).toMatchObject({ code: 0, output: '{"status":"ok"}' })
        // Time zones and certificate authorities are in Node.
        const asked = 'console.log(String(new Date(0)), require("tls").rootCertificates.length > 100)'
        const inside = await server.exec(['node', '-e', `process.env.TZ = "Asia/Shanghai"; ${asked}`])
        expect(inside.output).toMatch(/ 08:00:00 GMT\+0800 .* true\n$/)
      },
      limit(60_000),
    )

    mainJobs()

    let authority: Buffer
    test('the authority is in the volume', () => {
      authority = readFileSync(join(volume, 'ca.pem'))
      expect(authority.toString()).toContain('BEGIN CERTIFICATE')
    })
    upgrade()
    test('the image of another version has the key pair and the authority of the first', async () => {
      expect(server.output()).not.toContain('First start')
      expect(await readCredentials(volume)).toEqual(first)
      expect(readFileSync(join(volume, 'ca.pem'))).toEqual(authority)
    })

    removal()
    test('what is removed leaves the volume alone, and nothing else', async () => {
      const { output } = await runToEnd('find', [image.files, '-newer', join(volume, 'node.id'), '-type', 'f'])
      expect(output).toBe('')
    })
  })
})
