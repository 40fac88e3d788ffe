import { Secret } from '@opensag/protocol'
import { UsageError } from './exit.ts'
import { namedFile } from './named-file.ts'
import { say } from './say.ts'

/**
 * A secret never stands on a command line, where every user of the machine can read it: it comes from a file, from
 * standard input, or is typed without echo. One trailing line break is not part of it.
 */
export async function readSecret(prompt: string): Promise<Secret> {
  const text = process.stdin.isTTY ? await typed(prompt) : await piped()
  if (text === '') throw new UsageError(say('{prompt}: no value was given.', { prompt }))
  return Secret.of(text)
}

export async function secretFromFile(path: string, flag?: string): Promise<Secret> {
  const text = withoutLineBreak(await namedFile(path, flag))
  if (text === '') throw new UsageError(say('{path} is empty.', { path }))
  return Secret.of(text)
}

export function withoutLineBreak(text: string): string {
  return text.replace(/\r?\n$/, '')
}

async function piped(): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  return withoutLineBreak(Buffer.concat(chunks).toString('utf8'))
}

function typed(prompt: string): Promise<string> {
  const { stdin, stderr } = process
  stderr.write(say('{prompt}: ', { prompt }))
  stdin.setRawMode(true)
  stdin.setEncoding('utf8')
  stdin.resume()
  return new Promise((resolve, reject) => {
    let text = ''
    const finish = (settle: () => void): void => {
      stdin.off('data', onData)
      stdin.setRawMode(false)
      stdin.pause()
      stderr.write('\n')
      settle()
    }
    const onData = (chunk: string): void => {
      for (const key of chunk) {
        if (key === '\r' || key === '\n') {
          finish(() => resolve(text))
          return
        }
        if (key === '\u0003') {
          finish(() => reject(new UsageError(say('Interrupted.'))))
          return
        }
        if (key === '\u007f' || key === '\b') text = [...text].slice(0, -1).join('')
        else text += key
      }
    }
    stdin.on('data', onData)
  })
}
