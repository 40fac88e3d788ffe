import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { must } from '../samples/tool-chain.ts'
import { pythonChain, pythonWith } from '../samples/tool-chains.ts'
import { makeCertificate } from '../support/certificate.ts'
import { type Running, root, runOpensag } from '../support/process.ts'
import { readCredentials } from '../support/sandbox.ts'
import { limit } from '../support/time.ts'

const folder = join(root, 'docs/clients')
const pages = readdirSync(folder).filter((name) => !name.startsWith('README'))
const wordsOf = (page: string) =>
  page.endsWith('.zh-CN.md')
    ? { index: 'README.zh-CN.md', none: '没有测试运行这个客户端', yes: '是', no: '否' }
    : { index: 'README.md', none: 'No test runs this client', yes: 'yes', no: 'no' }
const textOf = (page: string): string => readFileSync(join(folder, page), 'utf8')
const programsOf = (page: string, language: string): readonly string[] =>
  [...textOf(page).matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, text = '']) => text)

test.each(pages)('%s names the tests that run it, or says that none does, and the index says the same', (page) => {
  const text = textOf(page)
  const named = [...text.matchAll(/`(test\/[\w/.-]+\.test\.ts)`/g)].map(([, path = '']) => path)
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([])
  const isRun = named.length > 0
  const words = wordsOf(page)
  expect(text.includes(words.none)).toBe(!isRun)
  const row = textOf(words.index)
    .split('\n')
    .find((line) => line.includes(`](${page})`))
  expect(row?.endsWith(`| ${isRun ? words.yes : words.no} |`)).toBe(true)
})

/** A server over http, one over https with a certificate of its own, and a place to run programs for each. */
describe('the programs of the pages', () => {
  const running: Running[] = []
  let base: string
  let ca: string
  const places = { http: '', https: '' }

  beforeAll(async () => {
    base = await mkdtemp(join(tmpdir(), 'opensag-client-pages-'))
    const { cert, key } = makeCertificate(base, '127.0.0.1')
    ca = cert
    const flags = { http: [], https: ['--tls-cert', cert, '--tls-key', key] }
    for (const scheme of ['http', 'https'] as const) {
      places[scheme] = join(base, scheme)
      const data = join(places[scheme], '.opensag')
      await mkdir(places[scheme])
      await symlink(join(root, 'node_modules'), join(places[scheme], 'node_modules'))
      const credentials = ['--write-credentials', join(data, 'credentials.json')]
      const server = runOpensag(['server', '--data', data, '--port', '0', ...credentials, ...flags[scheme]])
      running.push(server)
      await server.printed(/listens on/)
      expect((await readCredentials(data)).endpoint).toMatch(new RegExp(`^${scheme}:`))
    }
  })

  afterAll(async () => {
    for (const server of running) await server.stop()
    await rm(base, { recursive: true, force: true })
  })

  const javaScript = programsOf('javascript.md', 'js')
  test('there are three in JavaScript and two in Python', () => {
    expect([javaScript.length, programsOf('python.md', 'python').length]).toEqual([3, 2])
  })

  test.each([0, 1, 2])(
    'JavaScript %i calls the server over http, and over https when it is told of the CA',
    async (index) => {
      for (const [scheme, place] of Object.entries(places)) {
        await writeFile(join(place, `${index}.mjs`), javaScript[index] ?? '')
        const environment = scheme === 'https' ? { NODE_EXTRA_CA_CERTS: ca } : {}
        expect(await must(place, `node ${index}.mjs`, environment)).toBe('0\n')
      }
      await expect(must(places.https, `node ${index}.mjs`)).rejects.toThrow(/self-signed certificate/)
    },
  )

  describe.skipIf(pythonChain.lack !== undefined)(`Python (${pythonChain.lack ?? 'at hand'})`, () => {
    const python = () => pythonWith(['alibabacloud-smartag20180313==2.1.2', 'aliyun-python-sdk-core==2.16.1'])

    test.each([0, 1])(
      '%i calls the server over http, and over https when it is told of the CA',
      async (index) => {
        const venv = await python()
        for (const [scheme, place] of Object.entries(places)) {
          await writeFile(join(place, `${index}.py`), programsOf('python.md', 'python')[index] ?? '')
          const environment = scheme === 'https' ? { CA_FILE: ca } : {}
          expect(await must(place, `${venv}/bin/python ${index}.py`, environment)).toBe('0\n')
        }
        await expect(must(places.https, `${venv}/bin/python ${index}.py`)).rejects.toThrow(/certificate/i)
      },
      limit(600_000),
    )
  })
})
