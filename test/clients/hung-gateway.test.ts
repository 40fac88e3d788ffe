import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { goGet } from '../../packages/console/src/samples/go.ts'
import { cached, must, withOurModules } from '../samples/tool-chain.ts'
import { goChain, javaChain, pythonChain, pythonWith } from '../samples/tool-chains.ts'
import { limit } from '../support/time.ts'
import { type HungWorld, openHungWorld } from './hung-world.ts'
import { goTea, goV1, javaTea, javaV1, nodeTea, pom, popCore, pythonTea, pythonV1 } from './programs.ts'

// What each client makes of a gateway that hangs, with every time limit at its own default: the code of the answer, which
// says that the gateway has the old password, and not a time-out, which says nothing.

const offline = 'SmartAccessGatewayOffline'

let world: HungWorld
let base: string
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'opensag-hung-'))
  world = await openHungWorld()
})
afterAll(async () => {
  await world?.close()
  await rm(base, { recursive: true, force: true })
})

/** What a program prints about its call for the password of the next hung gateway. */
async function heard(folder: string, line: string, of = world, more = {}): Promise<string> {
  const gateway = await of.hang()
  return (await must(folder, line, { ...gateway, ...more })).trim()
}

function lacking({ lack }: { readonly lack: string | undefined }): string {
  return lack === undefined ? '' : ` (enable with: ${lack})`
}

describe('Node.js', () => {
  const clients = [
    ['@alicloud/pop-core', 'pop'],
    ['@alicloud/openapi-core', 'core'],
    ['@alicloud/openapi-client', 'client'],
  ] as const
  let quick: HungWorld
  afterAll(() => quick?.close())
  beforeAll(async () => {
    quick = await openHungWorld(2500)
    await withOurModules(join(base, 'node'))
    const programs = {
      pop: popCore,
      core: nodeTea('@alicloud/openapi-core', 'core.$OpenApiUtil'),
      client: nodeTea('@alicloud/openapi-client', 'core'),
    }
    for (const [name, text] of Object.entries(programs)) await writeFile(join(base, 'node', `${name}.cjs`), text)
  })

  // They wait 3 s by default: less than a gateway may take.
  test.concurrent.each(clients)(
    '%s hears that the gateway is offline when it is told to wait for more than 8 s',
    async (_, name) => {
      expect(await heard(join(base, 'node'), `node ${name}.cjs`, world, { TIMEOUT: '60000' })).toBe(offline)
    },
  )

  test.concurrent.each(clients)(
    '%s hears it at its own default of a server that answers within 2.5 s',
    async (_, name) => {
      expect(await heard(join(base, 'node'), `node ${name}.cjs`, quick)).toBe(offline)
    },
  )
})

describe.skipIf(pythonChain.lack !== undefined)(`Python${lacking(pythonChain)}`, () => {
  let venv: string
  beforeAll(async () => {
    venv = await pythonWith(['alibabacloud-tea-openapi==0.4.6', 'aliyun-python-sdk-core==2.16.1'])
    await writeFile(join(base, 'v1.py'), pythonV1)
    await writeFile(join(base, 'tea.py'), pythonTea)
  }, limit(600_000))

  test.concurrent.each([
    ['aliyun-python-sdk-core', 'v1.py'],
    ['alibabacloud-tea-openapi', 'tea.py'],
  ])('%s hears that the gateway is offline', async (_, file) => {
    expect(await heard(base, `${venv}/bin/python ${file}`)).toBe(offline)
  })

  test.concurrent('two calls for one gateway at once: both hear a code, the one that waits for its turn too', async () => {
    const gateway = await world.hang()
    const run = (): Promise<string> => must(base, `${venv}/bin/python v1.py`, gateway)
    const codes = (await Promise.all([run(), run()])).map((code) => code.trim())
    expect(codes.sort()).toEqual(['ResourceInOperating', offline])
  })
})

describe.skipIf(goChain.lack !== undefined)(`Go${lacking(goChain)}`, () => {
  beforeAll(async () => {
    const folder = join(base, 'go')
    for (const [name, text] of Object.entries({ v1: goV1, tea: goTea })) {
      await mkdir(join(folder, name), { recursive: true })
      await writeFile(join(folder, name, 'main.go'), text)
    }
    await must(folder, `go mod init clients && ${goGet}`)
    await must(folder, 'go get github.com/alibabacloud-go/darabonba-openapi/v2@v2.1.13 && go mod tidy')
    await must(folder, 'mkdir bin && go build -o bin/ ./v1 ./tea')
  }, limit(600_000))

  test.concurrent.each([
    ['alibaba-cloud-sdk-go', 'v1'],
    ['darabonba-openapi', 'tea'],
  ])('%s hears that the gateway is offline', async (_, name) => {
    expect(await heard(join(base, 'go'), `bin/${name}`)).toBe(offline)
  })
})

describe.skipIf(javaChain.lack !== undefined)(`Java${lacking(javaChain)}`, () => {
  let lib: string
  beforeAll(async () => {
    lib = join(
      await cached('java-clients-4.7.10-0.3.15', async (folder) => {
        await writeFile(join(folder, 'pom.xml'), pom)
        await must(folder, 'mvn --quiet dependency:copy-dependencies -DoutputDirectory=lib')
      }),
      'lib',
    )
    const folder = join(base, 'java')
    await mkdir(folder)
    await writeFile(join(folder, 'JavaV1.java'), javaV1)
    await writeFile(join(folder, 'JavaTea.java'), javaTea)
    await must(folder, `javac -cp '${lib}/*' JavaV1.java JavaTea.java`)
  }, limit(600_000))

  test.concurrent.each([
    ['aliyun-java-sdk-core', 'JavaV1'],
    ['tea-openapi', 'JavaTea'],
  ])('%s hears that the gateway is offline', async (_, name) => {
    const run = `java -XX:TieredStopAtLevel=1 -cp '${lib}/*:.' ${name}`
    expect(await heard(join(base, 'java'), run)).toBe(offline)
  })
})
