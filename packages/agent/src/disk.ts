/**
 * The few small files a gateway keeps. A write is atomic and durable: when it resolves, a power cut brings back the new
 * content, before that the old one, never a mixture.
 */
export interface Disk {
  /** Undefined only when the file does not exist; an unreadable one is an error. */
  read(name: string): Promise<string | undefined>
  write(name: string, content: string): Promise<void>
}
