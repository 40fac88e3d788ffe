import { readFile } from 'node:fs/promises'
import { troubleWith } from '@opensag/server/trouble'
import { UsageError } from './exit.ts'

/**
 * The text of a file that a flag or argument names.
 * @throws UsageError that says why it cannot be read, after the name of the flag when there is one
 */
export async function namedFile(path: string, flag?: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw unreadable(error, path, flag)
  }
}

/** The system does not always tell with which path it failed: reading a folder as a file is one such case. */
export function unreadable(error: unknown, path: string, flag?: string): UsageError {
  const { code = '', message } = error as NodeJS.ErrnoException
  const sentence = troubleWith(path, code) ?? `${path} cannot be read: ${message}.`
  return new UsageError(flag === undefined ? sentence : `${flag}: ${sentence}`)
}
