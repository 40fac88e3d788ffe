/** Of operations for which no table is published. */
export const noTable = {
  en: 'No table is published for this operation; its siblings have this code.',
  zh: '该操作没有公开的错误码表，采用同类操作的错误码。',
}
