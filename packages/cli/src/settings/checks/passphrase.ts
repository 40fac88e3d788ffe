import type { Settings } from '../schema.ts'
import { type Finding, refused } from './finding.ts'
import { readNamed } from './read-named.ts'

/** Where the passphrase of a wrapped master.key comes from. A command is not run: it may ask somebody, or be counted. */
export async function passphraseFindings({
  masterKeyPassphraseFile: file,
  masterKeyPassphraseCommand: command,
}: Settings): Promise<readonly Finding[]> {
  if (file === undefined) return []
  if (command !== undefined) {
    return [refused('Give --master-key-passphrase-file or --master-key-passphrase-command, not both.')]
  }
  const read = await readNamed('--master-key-passphrase-file', file)
  if ('finding' in read) return [read.finding]
  return /^\r?\n?$/.test(read.content.toString('utf8'))
    ? [refused(`--master-key-passphrase-file: ${file} is empty.`)]
    : []
}
