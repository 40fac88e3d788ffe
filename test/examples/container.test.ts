// The examples that start OpenSAG by Testcontainers, with the image that is built here and Podman in the place of Docker.
import { spawnSync } from 'node:child_process'
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { nodeOf } from '../../scripts/support/nodes.js'
import { cached, must } from '../samples/tool-chain.ts'
import { pythonChain, pythonWith } from '../samples/tool-chains.ts'
import { root } from '../support/process.ts'
import { programsOfFile } from '../support/programs.ts'
import { limit } from '../support/time.ts'
import { type DockerApi, podmanWith, whatPodmanNeeds } from './podman.ts'

const examples = join(root, 'examples/testing')
const { newFolder } = programsOfFile()
const node24 = nodeOf('24')
const lack = whatPodmanNeeds() ?? (node24.isThere ? undefined : `to enable: ${node24.installCommand}`)
const [, goMinor = 0] = (/go1\.(\d+)/.exec(String(spawnSync('go', ['version']).stdout)) ?? []).map(Number)

describe.skipIf(lack !== undefined)(`the examples with Testcontainers${lack ? ` (${lack})` : ''}`, () => {
  let docker: DockerApi
  let folder: string

  beforeAll(async () => {
    folder = await newFolder('containers')
    await must(root, `node scripts/image.js --only opensag --to ${folder}/image`)
    const archive = await must(folder, 'ls image/*.oci.tar')
    docker = await podmanWith(join(folder, archive.trim()), join(folder, 'podman'))
  }, limit(240_000))

  test(
    'Node: a test changes a password in a container, and switches its gateway off',
    async () => {
      const modules = await cached('node-testcontainers-11.9.0', (coming) =>
        must(coming, 'npm install --silent --no-audit --no-fund --prefix . testcontainers@11.9.0').then(() => {}),
      )
      const place = join(folder, 'node')
      await mkdir(place)
      await must(place, `cp -rs ${modules}/node_modules node_modules && mkdir -p node_modules/@opensag`)
      // As it is published, beside the package that it asks for.
      await must(place, 'mkdir -p node_modules/@opensag/testing')
      for (const file of ['package.json', 'container.js', 'container.d.ts']) {
        await cp(join(root, 'packages/testing', file), join(place, 'node_modules/@opensag/testing', file))
      }
      await symlink(join(root, 'packages/smartag-client'), join(place, 'node_modules/@opensag/smartag-client'))
      await cp(join(examples, 'node'), place, { recursive: true })
      // Its declarations fit those of Testcontainers.
      const tsc = join(root, 'node_modules/typescript/bin/tsc')
      await writeFile(
        join(place, 'types.mts'),
        `import { OpenSagContainer } from '@opensag/testing/container'
        const sag = await new OpenSagContainer('opensag:0.2.0').withRegion('cn-hangzhou').withReuse().start()
        export const facts: readonly string[] = [sag.endpoint, sag.getId(), ...sag.gateway('demo-vcpe').serials]`,
      )
      const flags = '--noEmit --strict --target es2022 --module nodenext --lib es2023,dom --skipLibCheck --ignoreConfig'
      await must(
        place,
        `node ${tsc} ${flags} --types '' --customConditions opensag-source --allowImportingTsExtensions types.mts`,
      )
      const { code, output, errors } = await docker.run(place, 'node --test --test-reporter=tap')
      expect({ code, errors }, output).toMatchObject({ code: 0 })
      expect(output).toContain('# pass 2')
    },
    limit(180_000),
  )

  test.skipIf(pythonChain.lack !== undefined)(
    `Python: a test changes a password in a container${pythonChain.lack ? ` (${pythonChain.lack})` : ''}`,
    async () => {
      const requirements = (await readFile(join(examples, 'python/requirements.txt'), 'utf8')).trim().split('\n')
      const venv = await pythonWith(requirements)
      const line = `PYTHONDONTWRITEBYTECODE=1 ${venv}/bin/python -m unittest test_container`
      const { code, errors } = await docker.run(join(examples, 'python'), line)
      expect({ code, errors }).toEqual({ code: 0, errors: expect.stringMatching(/Ran 1 test[\s\S]*OK/) })
    },
    limit(300_000),
  )

  test.skipIf(goMinor < 26)(
    `Go: a test changes a password in a container${goMinor < 26 ? ' (needs Go 1.26)' : ''}`,
    async () => {
      const program = join(folder, 'go-test')
      await must(join(examples, 'go/container'), `go test -c -o ${program} .`)
      const { code, output, errors } = await docker.run(folder, `${program} -test.v`)
      expect({ code, errors }, output).toMatchObject({ code: 0 })
      expect(output).toContain('--- PASS')
    },
    limit(300_000),
  )
})
