import { inspect } from 'node:util'

/**
 * A value that must not be seen: a password, a key. It has no text and no JSON form, so it cannot reach a log line,
 * an error, a metric or a row by accident; `reveal()` is the only way to its value, and every call of it can be found
 * by searching for that word.
 */
export class Secret {
  readonly #value: string

  private constructor(value: string) {
    this.#value = value
  }

  static of(value: string): Secret {
    return new Secret(value)
  }

  reveal(): string {
    return this.#value
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
