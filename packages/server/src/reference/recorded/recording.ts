import type { Operation } from '../../declare/index.ts'

/** A call that was made and what it was answered, without its request id. Secrets of both are {@link hidden}. */
export interface Recording {
  readonly params: Readonly<Record<string, string>>
  readonly answer: Readonly<Record<string, unknown>>
}

/** Stands for a secret, as on the published pages. */
export const hidden = '********'

/** The request id of every sample. */
export const requestIdOfSamples = '0ED8D006-F706-4D23-88ED-E11ED28DCAC0'

/** Members of answers that are secrets, wherever they stand; `QRCodePNG` shows the seed. */
export const secretMembers = ['AccessKeySecret', 'SecurityToken', 'Base32StringSeed', 'QRCodePNG'] as const

/** What is printed of the parameters of a call. */
export function printedParams({ params: declared }: Operation, sent: Recording['params']): Recording['params'] {
  return Object.fromEntries(
    Object.entries(sent).map(([name, value]) => [name, isHidden(name, declared) ? hidden : value]),
  )
}

/** An encoded message is sealed by chance under the key of one server. */
function isHidden(name: string, declared: Operation['params']): boolean {
  return declared[name]?.state.isSecret === true || name === 'EncodedDiagnosticMessage'
}

/** What is printed of an answer, in either format. The ids of requests are made by chance. */
export function printedAnswer(payload: string): string {
  const names = secretMembers.join('|')
  return payload
    .replace(new RegExp(`"(${names})":"[^"]*"`, 'g'), `"$1":"${hidden}"`)
    .replace(new RegExp(`<(${names})>[^<]*<`, 'g'), `<$1>${hidden}<`)
    .replace(/\b[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\b/g, requestIdOfSamples)
}
