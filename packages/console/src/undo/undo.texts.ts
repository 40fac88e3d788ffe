import { texts } from '../app/texts.ts'

export const undoTexts = texts(
  {
    done: 'Undone. It is as it was before.',
    changedSince: 'Not undone: it has been changed again since.',
    failed: (why: string) => `Not undone. ${why}`,
    failedInPart: (why: string) => `Perhaps undone in part: look at it. ${why}`,
  },
  {
    done: '已撤销，恢复为之前的状态。',
    changedSince: '未撤销：之后又有新的修改。',
    failed: (why) => `未撤销。${why}`,
    failedInPart: (why) => `可能仅部分撤销，请核对。${why}`,
  },
)
