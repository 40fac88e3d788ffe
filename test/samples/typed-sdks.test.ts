import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { go, goGet, goModule } from '../../packages/console/src/samples/go.ts'
import type { Sample, SampleLanguage } from '../../packages/console/src/samples/language.ts'
import { generateSample } from '../../packages/console/src/samples/languages.ts'
import { methodOf, pythonPackages, snake } from '../../packages/console/src/samples/python.ts'
import { goSdks, pythonSdks, type TypedSdk, typeScriptSdks } from '../../packages/console/src/samples/typed-sdks.ts'
import { lowerFirst, typeScript } from '../../packages/console/src/samples/typescript.ts'
import { root } from '../support/process.ts'
import { limit } from '../support/time.ts'
import { declared, fullCall } from './calls.ts'
import { must, withOurModules, write } from './tool-chain.ts'
import { compileTypeScript, goChain, pythonChain, pythonWith } from './tool-chains.ts'

/** Milliseconds for fetching packages, or for compiling a program of every operation. */
const patience = limit(600_000)

/** The parameters that a package knows of an operation; undefined when it does not know the operation. */
type Knows = (action: string) => ReadonlySet<string> | undefined

/** What a package does not know of the operations declared here, as its table should list it. */
function unknownTo(
  product: string,
  knows: Knows,
  spelled: (param: string) => string = (param) => param,
): readonly string[] {
  return declared
    .filter(({ api }) => api.product === product)
    .flatMap(({ operation: { name, params } }) => {
      const known = knows(name)
      if (known === undefined) return [name]
      const strange = params.filter((param) => !known.has(spelled(param.name)) && param.ignored !== true)
      return strange.map((param) => `${name}.${param.name}`)
    })
    .sort()
}

/** The part of the table that is about operations which are declared; the rest is for those that may come. */
function listed(product: string, { unknown }: TypedSdk): readonly string[] {
  const own = declared.filter(({ api }) => api.product === product)
  const names = new Set(own.map(({ operation }) => operation.name))
  return [...unknown].filter((entry) => names.has(entry.split('.')[0] ?? '')).sort()
}

let base: string

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'opensag-typed-'))
})

afterAll(() => rm(base, { recursive: true, force: true }))

/** A program for each operation with every parameter there is, in a folder of its own. */
async function everyProgram(language: SampleLanguage, folder: string): Promise<void> {
  for (const one of declared) {
    const sample = generateSample(language, fullCall(one)) as Sample
    await write(join(folder, one.operation.name.toLowerCase()), sample)
  }
}

describe('TypeScript', () => {
  test.each(Object.entries(typeScriptSdks))('%s: the table lists exactly what the package lacks', (product, sdk) => {
    const models = join(root, 'node_modules', sdk.package, 'dist/models')
    const files = readdirSync(models).filter((name) => name.endsWith('Request.d.ts'))
    const source = files.map((name) => readFileSync(join(models, name), 'utf8')).join('')
    const knows: Knows = (action) => {
      const [, body] = new RegExp(`^export declare class ${action}Request [^{]*\\{$([^]*?)^\\}`, 'm').exec(source) ?? []
      const members = (body ?? '').matchAll(/^ {4}(\w+)\??: /gm)
      return body === undefined ? undefined : new Set([...members].map(([, member]) => member ?? ''))
    }
    expect(listed(product, sdk)).toEqual(unknownTo(product, knows, lowerFirst))
  })

  test(
    'the compiler accepts a program for every operation',
    async () => {
      const folder = join(base, 'typescript')
      await withOurModules(folder)
      await everyProgram(typeScript, folder)
      await compileTypeScript(folder, { noEmit: true })
    },
    patience,
  )
})

const askPython = `
import importlib, inspect, json, sys
answer = {}
for name in sys.argv[1:]:
    models = importlib.import_module(name + ".models")
    client = importlib.import_module(name + ".client").Client
    answer[name] = {
        member[:-len("Request")]: [*inspect.signature(getattr(models, member).__init__).parameters]
        for member in dir(models)
        if member.endswith("Request") and not member.startswith("_")
    }
    answer[name]["methods"] = dir(client)
print(json.dumps(answer))
`

describe.skipIf(pythonChain.lack !== undefined)(
  `Python${pythonChain.lack ? ` (enable with: ${pythonChain.lack})` : ''}`,
  () => {
    let answer: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>

    beforeAll(async () => {
      const venv = await pythonWith(pythonPackages)
      await writeFile(join(base, 'ask.py'), askPython)
      const names = Object.values(pythonSdks).map((sdk) => sdk.package)
      answer = JSON.parse(await must(base, `${venv}/bin/python ask.py ${names.join(' ')}`))
    }, patience)

    test.each(Object.entries(pythonSdks))('%s: the table lists exactly what the package lacks', (product, sdk) => {
      const own = answer[sdk.package] ?? {}
      const knows: Knows = (action) => {
        const params = own[action]
        return params && own['methods']?.includes(methodOf(action)) ? new Set(params) : undefined
      }
      expect(listed(product, sdk)).toEqual(unknownTo(product, knows, snake))
    })
  },
)

describe.skipIf(goChain.lack !== undefined)(`Go${goChain.lack ? ` (enable with: ${goChain.lack})` : ''}`, () => {
  let module: string

  beforeAll(async () => {
    const folder = join(base, 'go')
    await everyProgram(go, folder)
    await must(folder, 'go mod init sample')
    await must(folder, goGet)
    module = (await must(folder, `go list -m -f '{{.Dir}}' ${goModule}`)).trim()
  }, patience)

  test.each(Object.entries(goSdks))('%s: the table lists exactly what the package lacks', async (product, sdk) => {
    const source = await must(module, `cat services/${sdk.package}/*.go`)
    const knows: Knows = (action) => {
      const [, fields] = new RegExp(`^type ${action}Request struct \\{$([^}]*)^\\}`, 'm').exec(source) ?? []
      const names = [...(fields ?? '').matchAll(/ name:"(\w+)"/g)].map(([, name]) => name ?? '')
      return fields === undefined ? undefined : new Set(['RegionId', ...names])
    }
    expect(listed(product, sdk)).toEqual(unknownTo(product, knows))
  })

  test(
    'the compiler accepts a program for every operation',
    async () => {
      await must(join(base, 'go'), 'go mod tidy && go vet ./...')
    },
    patience,
  )
})
