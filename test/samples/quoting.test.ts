import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { wellFormed } from '../../packages/console/src/samples/call.ts'
import { quoteGo } from '../../packages/console/src/samples/go.ts'
import { quoteJava } from '../../packages/console/src/samples/java.ts'
import { quotePython } from '../../packages/console/src/samples/python.ts'
import { quoteShell } from '../../packages/console/src/samples/shell.ts'
import { quoteHcl } from '../../packages/console/src/samples/terraform.ts'
import { must, onPath } from './tool-chain.ts'

const seed = Date.now() & 0x7fff_ffff

// biome-ignore lint/suspicious/noTemplateCurlyInString: it is what some languages would fill in
const templates = ['${x}', '$${x}']

/** Texts of every kind of trouble, and those that are hard in one language each. */
const texts: readonly string[] = [
  ...templates,
  ...[`"'\`\\`, '\\u0022', '\\\\u0022', '\\"', "'\\''", '%{y}', '$(id)', '`id`', '!!', '\r\n', '\t', ' '],
  ...[
    '\u0001\u001f',
    '\u007f\u0085\u00ad',
    '\u200b\u202e',
    '\u2028',
    '\ufeff',
    '\u{e0041}',
    '\uffff',
    '杭州 🚪',
    '\\N{DASH}',
  ],
  ...fc.sample(fc.string({ unit: 'binary', maxLength: 12 }), { seed, numRuns: 200 }).map(wellFormed),
  ...fc.sample(fc.string({ unit: fc.constantFrom(...`"'\\$\`{}%u0\n\r `), maxLength: 10 }), { seed, numRuns: 200 }),
].filter((text) => text !== '')

const hexOf = (text: string): string => Buffer.from(text).toString('hex')

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opensag-quoting-'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

/** The texts as the language itself has read them, in hexadecimal, a line each. */
async function readBack(file: string, program: string, run: string): Promise<readonly string[]> {
  await writeFile(join(folder, file), program)
  return (await must(folder, run)).trim().split('\n')
}

const lines = (quote: (text: string) => string): string => texts.map((text) => `${quote(text)},\n`).join('')

interface Reader {
  readonly language: string
  readonly program: string
  readonly enable: string
  /** Terraform keeps texts in Unicode's composed form. */
  readonly composes?: true
  readonly read: () => Promise<readonly string[]>
}

const readers: readonly Reader[] = [
  {
    language: 'bash',
    program: 'bash',
    enable: 'apt-get install -y bash',
    read: () =>
      readBack(
        'texts.sh',
        `for text in ${texts.map(quoteShell).join(' ')}; do printf %s "$text" | od -An -v -tx1 | tr -d ' \\n'; echo; done\n`,
        'LC_ALL=C bash texts.sh',
      ),
  },
  {
    language: 'Python',
    program: 'python3',
    enable: 'apt-get install -y python3',
    read: () =>
      readBack(
        'texts.py',
        `for text in [\n${lines(quotePython)}]:\n    print(text.encode().hex())\n`,
        'python3 texts.py',
      ),
  },
  {
    language: 'Go',
    program: 'go',
    enable: 'apt-get install -y golang-go',
    read: () =>
      readBack(
        'texts.go',
        `package main\n\nimport "fmt"\n\nfunc main() {\n\tfor _, text := range []string{\n${lines(quoteGo)}} {\n\t\tfmt.Printf("%x\\n", text)\n\t}\n}\n`,
        'go run texts.go',
      ),
  },
  {
    language: 'Java',
    program: 'javac',
    enable: 'apt-get install -y default-jdk-headless',
    read: () =>
      readBack(
        'Texts.java',
        `public class Texts {
    public static void main(String[] args) {
        for (String text : new String[] {
${lines(quoteJava)}        }) {
            StringBuilder line = new StringBuilder();
            for (byte one : text.getBytes(java.nio.charset.StandardCharsets.UTF_8)) line.append(String.format("%02x", one));
            System.out.println(line);
        }
    }
}
`,
        'java Texts.java',
      ),
  },
  {
    language: 'Terraform',
    program: 'terraform',
    enable: 'install Terraform from its own site',
    composes: true,
    read: async () => {
      await writeFile(join(folder, 'main.tf'), `locals {\n  texts = [\n${lines(quoteHcl)}]\n}\n`)
      const asked = `echo 'jsonencode([for text in local.texts : base64encode(text)])' | terraform console`
      const found = JSON.parse(JSON.parse(await must(folder, asked)) as string) as readonly string[]
      return found.map((line) => Buffer.from(line, 'base64').toString('hex'))
    },
  },
]

for (const { language, program, enable, read, composes } of readers) {
  const lacks = !onPath(program)
  test.skipIf(lacks)(
    `${language} reads what was quoted (${lacks ? `enable with: ${enable}` : `${texts.length} texts, seed ${seed}`})`,
    async () => {
      expect(await read()).toEqual(texts.map((text) => hexOf(composes ? text.normalize('NFC') : text)))
    },
  )
}
