/** Whether the content of a key file is wrapped. A bare key has 32 bytes, which no wrapped one has. */
export function isWrapped(content: Buffer): boolean {
  return content.length > 32 && content[0] === 0x7b
}

/** What a start without the passphrase is told. */
export function passphraseMissing(file: string): string {
  return `${file} is wrapped. Name its passphrase: --master-key-passphrase-file FILE or --master-key-passphrase-command COMMAND.`
}
