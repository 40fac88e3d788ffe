import { readFile, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defaultClientConditions, defineConfig, type Plugin } from 'vite'
import { land } from './build/land.ts'
import { firstPart, laterPart } from './build/later-parts.ts'

/** What fits into two packets with its headers comes hardly sooner for being smaller, bytes. */
const smallestPacked = 2700

/** Writes each file compressed beside it, so that the server has nothing to compress while it serves. */
function compressed(): Plugin {
  return {
    name: 'opensag-compressed',
    apply: 'build',
    // From the disk: other plugins still change what is in the bundle until it is written.
    async writeBundle({ dir = '' }, bundle) {
      const files = Object.keys(bundle).filter((name) => /\.(js|css|svg|html)$/.test(name))
      for (const file of files.map((name) => join(dir, name))) {
        const source = await readFile(file)
        if (source.length < smallestPacked) continue
        const br = brotliCompressSync(source, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })
        await writeFile(`${file}.br`, br)
        await writeFile(`${file}.gz`, gzipSync(source, { level: 9 }))
      }
    },
  }
}

/** Writes down which modules it is made of: what is published with it names the packages of others and their licences. */
function listed(): Plugin {
  return {
    name: 'opensag-listed',
    apply: 'build',
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []))
      const root = join(import.meta.dirname, '../..')
      const paths = [...new Set(modules)].map((module) => relative(root, module)).sort()
      this.emitFile({ type: 'asset', fileName: '.modules.json', source: JSON.stringify(paths) })
    },
  }
}

// A run of tests, which builds what is stale, says `test`: of packages that have two forms it would get the one for development.
process.env['NODE_ENV'] = 'production'

export default defineConfig({
  root: import.meta.dirname,
  base: '/console/',
  plugins: [svelte(), land(), compressed(), listed()],
  // Our own packages from their sources: nothing has to be built before.
  resolve: { conditions: ['opensag-source', ...defaultClientConditions] },
  build: {
    target: 'es2022',
    // The content security policy allows files of this origin and nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    manifest: true,
    rolldownOptions: {
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            {
              name: firstPart('base'),
              debugName: 'base',
              test: /\/src\/(app|api)\/[^/]+\.ts$|\/smartag-client\/|\/node_modules\/|preload-helper/,
              priority: 2,
            },
            {
              name: laterPart('jobs'),
              debugName: 'jobs',
              // With what of the Explorer is looked at now and then, and would be files of its own.
              test: /\/src\/((screens\/)?jobs|explorer\/calls)\//,
              priority: 1,
            },
            {
              name: laterPart('search'),
              debugName: 'search',
              test: /\/src\/(palette|security-key|screens\/logon)\//,
              priority: 1,
            },
            // With what draws series, which no page that comes before them waits for.
            {
              name: laterPart('people'),
              debugName: 'people',
              test: /\/src\/(screens\/(outbox|remote)|series)\/|\/node_modules\/uplot\//,
              priority: 1,
            },
            { name: laterPart('shared'), debugName: 'shared', minShareCount: 2 },
          ],
        },
      },
    },
  },
})
