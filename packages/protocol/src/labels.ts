/** What is signed or authenticated, behind a label of its use: made for one purpose it is worth nothing for another. */
export function labelled(label: string, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from(label), Buffer.from([0]), content])
}
