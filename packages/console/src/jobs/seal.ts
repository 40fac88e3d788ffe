/** Encrypts a text for those who may read it. */
export type Seal = (text: string) => Promise<string>

/**
 * For the holders of these age recipients (`age1…`), one or more; the file can be read with `age --decrypt`.
 *
 * @throws Error when one of them is no recipient
 */
export async function sealFor(recipients: string): Promise<Seal> {
  // Loaded where a list is made, and nowhere else.
  const { armor, Encrypter } = await import('age-encryption')
  const encrypter = new Encrypter()
  for (const recipient of recipientsIn(recipients)) encrypter.addRecipient(recipient)
  return async (text) => armor.encode(await encrypter.encrypt(text))
}

export function recipientsIn(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter(Boolean)
}
