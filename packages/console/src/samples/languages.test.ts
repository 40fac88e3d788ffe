import type { OperationEntry } from '@opensag/rules'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type FormValues, sampleCall } from '../explorer/form.ts'
import type { SampleCall } from './call.ts'
import { quoteCSharp } from './csharp.ts'
import { quoteGo } from './go.ts'
import { quoteJava } from './java.ts'
import type { SampleLanguage } from './language.ts'
import { generateSample, sampleLanguages } from './languages.ts'
import { quotePhp } from './php.ts'
import { quotePython } from './python.ts'
import { quoteShell } from './shell.ts'
import { quoteHcl, terraform } from './terraform.ts'
import { quoteTypeScript } from './typescript.ts'

const quotes: Readonly<Record<string, (text: string) => string>> = {
  typescript: quoteTypeScript,
  'pop-core': quoteTypeScript,
  python: quotePython,
  go: quoteGo,
  java: quoteJava,
  csharp: quoteCSharp,
  php: quotePhp,
  'aliyun-cli': quoteShell,
  curl: quoteShell,
  terraform: quoteHcl,
}

const operation: OperationEntry = {
  name: 'CreateSmartAccessGatewayClientUser',
  about: { en: '', zh: '' },
  source: '',
  action: 'smartag:CreateSmartAccessGatewayClientUser',
  level: 'Write',
  accessLevel: 'update',
  sample: { request: '', json: '{}', xml: '' },
  history: [],
  resources: ['*'],
  params: [
    { name: 'RegionId', type: 'string' },
    { name: 'SmartAGId', type: 'string' },
    { name: 'UserName', type: 'string' },
    { name: 'UserMail', type: 'string' },
    { name: 'Password', type: 'string', secret: true },
    { name: 'Bandwidth', type: 'integer' },
    { name: 'Ids', type: 'array<string>' },
    {
      name: 'Tag',
      type: 'array<object>',
      members: [
        { name: 'Key', type: 'string' },
        { name: 'Value', type: 'string' },
      ],
    },
  ],
  result: [],
  errors: [],
}

const smartag = { product: 'Smartag', version: '2018-03-13' }
const place = { endpoint: 'http://127.0.0.1:7240', regionId: 'cn-shanghai' }
const call = (values: FormValues): SampleCall => sampleCall(smartag, operation, values, place)

/** The whole of a program, in every file of it. */
function programOf(language: SampleLanguage, values: FormValues): string {
  const sample = generateSample(language, call(values))
  return (sample?.files ?? []).map(({ text }) => text).join('\n')
}

// What ends texts, begins commands and templates, hides or turns around.
const awkward = fc.constantFrom(
  ...`"'\`\\\n\r\t$@#%{}()[]<>;&|*!~^=+-,./?`,
  ...['${', '%{', '#{', '$(', '\\u0022', '\\x22', '"""', "'''", '*/', '//', '-- ', '\\N{DASH}', '${jndi:', '\\u{22}'],
  ...[
    '\0',
    '\u0085',
    '\u00a0',
    '\u200b',
    '\u202e',
    '\u2028',
    '\ufeff',
    '\ud800',
    '\u{e0041}',
    '杭',
    '🚪',
    'é',
    'END',
    'EOF',
  ],
)
const text = fc.array(fc.oneof(awkward, fc.string({ unit: 'binary', maxLength: 4 })), { minLength: 1, maxLength: 12 })
const awkwardText = text.map((parts) => parts.join('')).filter((joined) => joined.replaceAll('\0', '') !== '')

const seed = Date.now() & 0x7fff_ffff
const runs = { seed, numRuns: 300 }
const normal = (value: string): string => value.replaceAll('\0', '').replace(/\p{Cs}/gu, '\ufffd')

describe.each(sampleLanguages.map((language) => [language.label, language] as const))('%s', (_label, language) => {
  const quote = quotes[language.id] as (value: string) => string
  const [first, second] = ['placeholderOne', 'placeholderTwo']

  test(`a value is in the program as a quoted text and nowhere else (seed ${seed})`, () => {
    const values = (one: string, two: string): FormValues => ({
      RegionId: 'cn-shanghai',
      SmartAGId: one,
      UserName: two,
      // No resource of Terraform takes a list.
      ...(language === terraform ? {} : { Ids: [one, two], Tag: [{ Key: one, Value: two }] }),
    })
    const template = programOf(language, values(first, second))
    expect(template.split(quote(first)).length).toBeGreaterThan(1)
    fc.assert(
      fc.property(awkwardText, awkwardText, (one, two) => {
        const expected = template
          .split(quote(first))
          .map((part) => part.split(quote(second)).join(quote(normal(two))))
          .join(quote(normal(one)))
        expect(programOf(language, values(one, two))).toBe(expected)
      }),
      runs,
    )
  })

  test(`a quoted text is one line without anything that hides or turns around (seed ${seed})`, () => {
    fc.assert(
      fc.property(awkwardText, (value) => {
        expect(quote(normal(value))).not.toMatch(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u)
      }),
      runs,
    )
  })

  test('a secret is read when the program runs, and is not in it', () => {
    const program = programOf(language, { SmartAGId: 'sag-1', Password: 'Never_in_a_text1' })
    expect(program).not.toContain('Never_in_a_text1')
    expect(program).toMatch(/PARAM_PASSWORD|param_password/)
    expect(program).toContain('ALIBABA_CLOUD_ACCESS_KEY_ID')
  })

  test('a name that is no identifier is refused', () => {
    const strange = {
      ...call({}),
      params: [{ name: 'A"; x', type: 'string', value: { kind: 'text', text: '' } }],
    } as const
    expect(() => generateSample(language, strange)).toThrow(RangeError)
    expect(() => generateSample(language, { ...call({}), action: 'X Y' })).toThrow(RangeError)
    expect(() => generateSample(language, { ...call({}), version: '2018-03-13\n' })).toThrow(RangeError)
  })
})

test('TypeScript reads what was quoted', () => {
  fc.assert(
    fc.property(awkwardText.map(normal), (value) => {
      expect(new Function(`'use strict'; return ${quoteTypeScript(value)}`)()).toBe(value)
    }),
    runs,
  )
})

/** Reads a quoted text of C# or PHP by the rules of that language, for where it is not installed. */
function unquoted(quotedText: string, forms: RegExp): string {
  const inner = quotedText.slice(1, -1)
  expect(inner.replace(forms, '')).not.toMatch(/["\\]/)
  return inner.replace(forms, (sequence) => {
    const code = /^\\[uU]\{?([0-9a-f]+)\}?$/.exec(sequence)?.[1]
    if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16))
    return { '\\n': '\n', '\\r': '\r', '\\t': '\t' }[sequence] ?? sequence.slice(1)
  })
}

test.each([
  ['C#', quoteCSharp, /\\u[0-9a-f]{4}|\\U[0-9a-f]{8}|\\[\\"nrt]/g],
  ['PHP', quotePhp, /\\u\{[0-9a-f]+\}|\\[\\"$nrt]/g],
] as const)('%s, by its rules, reads what was quoted, and sees no variable', (language, quote, forms) => {
  fc.assert(
    fc.property(awkwardText.map(normal), (value) => {
      expect(unquoted(quote(value), forms)).toBe(value)
      if (language === 'PHP') expect(quote(value)).not.toMatch(/(?<!\\)(\\\\)*\$/)
    }),
    runs,
  )
})

test('Terraform has a program only where it has a resource', () => {
  expect(generateSample(terraform, { ...call({}), action: 'ModifySAGAdminPassword', params: [] })).toBeUndefined()
})
