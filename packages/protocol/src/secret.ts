import { inspect } from 'node:util'

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * Room for bytes that are overwritten later: shared with nothing, and outside of the heap, since the garbage collector
 * leaves copies of what it moves. Small typed arrays that are made without a buffer are inside.
 */
export function wipeable(size: number): Uint8Array {
  return new Uint8Array(new ArrayBuffer(size))
}

/**
 * A value that must not be seen: a password, a key. It has no text and no JSON form, so it cannot reach a log line,
 * an error, a metric or a row by accident; `reveal()` and `revealBytes()` are the only ways to its value, and every call
 * of them can be found by searching for that word.
 *
 * It holds {@link wipeable} bytes, which {@link Secret.wipe} overwrites: a text cannot be overwritten.
 */
export class Secret {
  /** UTF-8; undefined once it is wiped. */
  #bytes: Uint8Array | undefined

  private constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** Of a text, which itself stays in memory until the runtime reuses its place. */
  static of(text: string): Secret {
    return new Secret(encoder.encode(text))
  }

  /** Takes over {@link wipeable} bytes of UTF-8 that nobody else uses from now on. */
  static holding(bytes: Uint8Array): Secret {
    return new Secret(bytes)
  }

  /** Makes a text, which stays in memory until the runtime reuses its place. */
  reveal(): string {
    return decoder.decode(this.revealBytes())
  }

  /** Lent until it is wiped: nobody keeps or changes them. */
  revealBytes(): Uint8Array {
    if (this.#bytes === undefined) throw new TypeError('A wiped secret has no value.')
    return this.#bytes
  }

  /** Overwrites the value; who asks for it afterwards fails. Does nothing a second time. */
  wipe(): void {
    this.#bytes?.fill(0)
    this.#bytes = undefined
  }

  /** Leaves the member out of JSON. */
  toJSON(): undefined {
    return undefined
  }

  /** Putting a secret into a text is a mistake of the program, never of its user. */
  toString(): never {
    throw new TypeError('A secret has no text form.')
  }

  [Symbol.toPrimitive](): never {
    throw new TypeError('A secret has no primitive form.')
  }

  [inspect.custom](): string {
    return '[secret]'
  }
}
