import { frameLimit } from './frames.ts'
import { ProtocolError } from './wire.ts'

/** Longest message that may come in parts, in bytes. */
export const longestMessage = 4 * 1024 * 1024

/** What a frame has beside its text: the tag of its cipher, and the mark of a part. */
const partBytes = frameLimit - 17

/** No JSON text of an object begins with one of these, so whole messages need no mark. */
const marks = { more: '+', last: '=' } as const

/**
 * The texts of the frames that carry a message: itself, if it fits, or its parts.
 * @throws RangeError when it is longer than {@link longestMessage}
 */
export function partsOf(text: string): readonly string[] {
  // A part may end within a character that UTF-8 writes in several bytes.
  const ascii = text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  if (ascii.length <= partBytes) return [text]
  if (ascii.length > longestMessage) throw new RangeError('A message is longer than the protocol allows.')
  const parts: string[] = []
  for (let from = 0; from < ascii.length; from += partBytes) {
    const mark = from + partBytes < ascii.length ? marks.more : marks.last
    parts.push(mark + ascii.slice(from, from + partBytes))
  }
  return parts
}

/** Puts together what comes in parts. Holds no more than one message of {@link longestMessage}. */
export class PartsInWaiting {
  private parts: string[] = []
  private length = 0

  /**
   * The message that is whole with this text; undefined: more is to come.
   * @throws ProtocolError when it becomes too long, or another message comes in between
   */
  take(text: string): string | undefined {
    const mark = text[0]
    if (mark !== marks.more && mark !== marks.last) {
      if (this.parts.length > 0) throw new ProtocolError('A message came between the parts of another.')
      return text
    }
    this.length += text.length - 1
    if (this.length > longestMessage) throw new ProtocolError('A message is longer than the protocol allows.')
    this.parts.push(text.slice(1))
    if (mark === marks.more) return undefined
    const whole = this.parts.join('')
    this.parts = []
    this.length = 0
    return whole
  }
}
