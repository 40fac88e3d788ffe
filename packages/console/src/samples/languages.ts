import { aliyunCli } from './aliyun-cli.ts'
import { assertNames, type SampleCall, type SampleParam, wellFormed } from './call.ts'
import { csharp } from './csharp.ts'
import { curl } from './curl.ts'
import { go } from './go.ts'
import { java } from './java.ts'
import type { Sample, SampleLanguage } from './language.ts'
import { php } from './php.ts'
import { popCore } from './pop-core.ts'
import { python } from './python.ts'
import { terraform } from './terraform.ts'
import { typeScript } from './typescript.ts'

/** In the order in which they are offered. */
export const sampleLanguages: readonly SampleLanguage[] = [
  typeScript,
  popCore,
  python,
  go,
  java,
  csharp,
  php,
  aliyunCli,
  curl,
  terraform,
]

/**
 * A complete program that makes the call, or undefined where the language has no word for it.
 *
 * @throws RangeError when a name is no identifier; names come from declarations, so that is a defect
 */
export function generateSample(language: SampleLanguage, call: SampleCall): Sample | undefined {
  assertNames(call)
  return language.generate({ ...call, regionId: wellFormed(call.regionId), params: call.params.map(cleaned) })
}

function cleaned(param: SampleParam): SampleParam {
  const { value } = param
  switch (value.kind) {
    case 'secret':
      return param
    case 'text':
      return { ...param, value: { kind: 'text', text: wellFormed(value.text) } }
    case 'list':
      return { ...param, value: { kind: 'list', items: value.items.map(wellFormed) } }
    case 'objects':
      return { ...param, value: { kind: 'objects', items: value.items.map((members) => members.map(cleaned)) } }
  }
}
