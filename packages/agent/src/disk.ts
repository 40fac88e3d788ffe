/**
 * The few small files a gateway keeps. A write is atomic and durable: when it resolves, a power cut brings back the new
 * content, before that the old one or the new one, never a mixture. When it rejects, the old or the new content is there.
 * What can be read when it is opened is durable, however the program before ended.
 */
export interface Disk {
  /** Undefined only when the file does not exist; an unreadable one is an error. */
  read(name: string): Promise<string | undefined>
  write(name: string, content: string): Promise<void>
  /**
   * What can be read of it is durable once this resolves. It always is, but after a write that failed: then it is written
   * again rather than synced again, as after a failed sync a second one may succeed for nothing.
   */
  settle(name: string): Promise<void>
}

const nameRule = /^[a-z0-9]+([.-][a-z0-9]+)*$/

/** Names are ours, not anybody's input: one that could leave the folder or look like a leftover is a defect. */
export function checkName(name: string): void {
  if (!nameRule.test(name) || name.length > 64) throw new TypeError('A file of a gateway has a short plain name.')
}

/** For simulated gateways: nothing survives the process. */
export function createMemoryDisk(): Disk {
  const files = new Map<string, string>()
  return {
    async read(name) {
      checkName(name)
      return files.get(name)
    },
    async write(name, content) {
      checkName(name)
      files.set(name, content)
    },
    async settle(name) {
      checkName(name)
    },
  }
}
