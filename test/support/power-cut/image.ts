/** The bytes of a file while they are put together. Copying the whole file at each of many writes would be too slow. */
export interface Image {
  write(offset: number, data: Buffer): void
  resize(length: number): void
  /** Good until the next change. */
  bytes(): Buffer
}

export function createImage(start: Buffer): Image {
  let room = Buffer.from(start)
  let size = start.length

  function resize(length: number): void {
    if (length > room.length) {
      const larger = Buffer.alloc(Math.max(length, 2 * room.length))
      room.copy(larger, 0, 0, size)
      room = larger
    } else if (length < size) room.fill(0, length, size)
    size = length
  }

  return {
    resize,
    write(offset, data) {
      if (offset + data.length > size) resize(offset + data.length)
      data.copy(room, offset)
    },
    bytes: () => room.subarray(0, size),
  }
}
