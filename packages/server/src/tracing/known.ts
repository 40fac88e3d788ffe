declare const known: unique symbol

/**
 * A text that the program itself made: no parameter of a call, no secret, no message of an error. A span takes no other text, so
 * neither can come to be in one by mistake.
 */
export type Known = string & { readonly [known]: true }

/** A word that stands in the sources. A `string` of which nothing more is known does not compile. */
export function word<const T extends string>(text: string extends T ? never : T): Known {
  return text as unknown as Known
}

/** For those who take a text from where only the program puts one; a test has the list of them. */
export function ownText(text: string): Known {
  return text as Known
}
