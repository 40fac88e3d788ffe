/** A copy could not be made, or is not equal to its source. The message is for a person. */
export class CopyRefused extends Error {
  override readonly name = 'CopyRefused'
}
