import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { curl } from '../../packages/console/src/samples/curl.ts'
import { go } from '../../packages/console/src/samples/go.ts'
import { java } from '../../packages/console/src/samples/java.ts'
import type { Sample } from '../../packages/console/src/samples/language.ts'
import { popCore } from '../../packages/console/src/samples/pop-core.ts'
import { python, pythonPackages } from '../../packages/console/src/samples/python.ts'
import { typeScript } from '../../packages/console/src/samples/typescript.ts'
import { root } from '../support/process.ts'
import { cached, must, onPath, shell, type ToolChain, withOurModules } from './tool-chain.ts'

/** The compiler looks at the types of the official packages too; what it writes is what newer Node runs by itself. */
export const typeScriptChain: ToolChain = {
  language: typeScript,
  lack: undefined,
  async prepare(base) {
    await withOurModules(base)
    await compileTypeScript(base, { rootDir: '.' })
  },
  run: (folder, _sample, environment) => shell(folder, 'node sample.mjs', environment),
}

/** Compiles the program of every folder in one go. */
export async function compileTypeScript(base: string, more: Readonly<Record<string, unknown>>): Promise<void> {
  const options = { target: 'es2022', module: 'nodenext', strict: true, types: ['node'], skipLibCheck: true, ...more }
  const config = { compilerOptions: options, include: ['*/sample.mts'] }
  await writeFile(join(base, 'tsconfig.json'), JSON.stringify(config))
  await must(base, `node ${root}/node_modules/typescript/bin/tsc -p .`)
}

export const popCoreChain: ToolChain = {
  language: popCore,
  lack: undefined,
  prepare: (base) => withOurModules(base),
  run: (folder, { run }, environment) => shell(folder, run, environment),
}

export const curlChain: ToolChain = {
  language: curl,
  lack: onPath('curl') && onPath('openssl') ? undefined : 'apt-get install -y curl openssl',
  prepare: async () => {},
  run: (folder, { run }, environment) => shell(folder, run, environment),
}

/** One environment with the packages that any of the samples installs. */
export const pythonChain: ToolChain = {
  language: python,
  lack:
    spawnSync('python3', ['-c', 'import ensurepip, venv']).status === 0 ? undefined : 'apt-get install -y python3-venv',
  async prepare(_base, folders) {
    const venv = await pythonWith(pythonPackages)
    for (const folder of folders) await must(folder, `ln -s ${venv} .venv`)
  },
  run: (folder, { run }, environment) => shell(folder, run, environment),
}

export function pythonWith(packages: readonly string[]): Promise<string> {
  const name = `python-${packages.join('_').replace(/[^A-Za-z0-9]+/g, '_')}`
  return cached(name, async (folder) => {
    await must(folder, `python3 -m venv . && bin/pip install --quiet ${packages.join(' ')}`)
  })
}

export const goChain: ToolChain = {
  language: go,
  lack: onPath('go') ? undefined : 'apt-get install -y golang-go',
  async prepare(base, folders, samples) {
    const [sample] = samples
    for (const line of sample?.install ?? []) await must(base, line)
    await must(base, 'go mod tidy')
    await mkdir(join(base, 'bin'))
    // One build for all of them; "go run" does the same for one.
    await must(base, `go build -o bin/ ${folders.map((folder) => folder.replace(base, '.')).join(' ')}`)
  },
  run: (folder, _sample, environment) => shell(folder, `../bin/$(basename "$PWD")`, environment),
}

export const javaChain: ToolChain = {
  language: java,
  lack: onPath('javac') && onPath('mvn') ? undefined : 'apt-get install -y default-jdk-headless maven',
  async prepare(base, folders, samples) {
    const lib = await javaLibraries(samples)
    for (const folder of folders) await must(folder, `ln -s ${lib} lib`)
    // One compiler for all of them; "java Sample.java" does the same for one, in memory.
    await writeFile(join(base, 'Compile.java'), compileEach)
    await must(base, `java -cp '${lib}/*' Compile.java ${folders.join(' ')}`)
  },
  run: (folder, _sample, environment) =>
    shell(folder, "java -XX:TieredStopAtLevel=1 -cp 'lib/*:.' Sample", environment),
}

/** What the project file of the samples names, which is the same for all of them. */
async function javaLibraries([sample]: readonly Sample[]): Promise<string> {
  const pom = sample?.files.find(({ name }) => name === 'pom.xml')?.text ?? ''
  const version = createHash('sha256').update(pom).digest('hex').slice(0, 12)
  const folder = await cached(`java-${version}`, async (coming) => {
    await writeFile(join(coming, 'pom.xml'), pom)
    for (const line of sample?.install ?? []) await must(coming, line)
  })
  return join(folder, 'lib')
}

const compileEach = `import javax.tools.ToolProvider;

public class Compile {
    public static void main(String[] folders) {
        for (String folder : folders) {
            String path = System.getProperty("java.class.path");
            int failed = ToolProvider.getSystemJavaCompiler().run(null, null, null, "-cp", path, "-d", folder, folder + "/Sample.java");
            if (failed != 0) System.exit(failed);
        }
    }
}
`
