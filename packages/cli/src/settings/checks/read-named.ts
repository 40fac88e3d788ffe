import { readFile } from 'node:fs/promises'
import { troubleWith } from '@opensag/server/trouble'
import { type Finding, refused } from './finding.ts'

/** The file that a flag names, or what keeps it from being read. */
export async function readNamed(
  flag: string,
  path: string,
): Promise<{ readonly content: Buffer } | { readonly finding: Finding }> {
  try {
    return { content: await readFile(path) }
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException
    return { finding: refused(`${flag}: ${troubleWith(path, code) ?? message}`) }
  }
}
