/** Whether the content of a key file is wrapped. A bare key has 32 bytes, which no wrapped one has. */
export function isWrapped(content: Buffer): boolean {
  return content.length > 32 && content[0] === 0x7b
}

/** What a start without the passphrase is told. */
export function passphraseMissing(file: string): string {
  return `${file} is wrapped. Name its passphrase: --master-key-passphrase-file FILE or --master-key-passphrase-command COMMAND.`
}

/** What a start is told that finds a database without the key of its secrets. */
export function keyMissing(file: string): string {
  return `${file} is missing, and the secrets in the database beside it open with nothing else. Restore it.`
}
